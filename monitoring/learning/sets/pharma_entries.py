"""How an entry of a batch record lies among the others: order of entering, the same twice, people and equipment in two
places at once, verifiers who cannot have looked, values too like one another (PIC/S PI 041-1, 9)."""

from typing import Any

from monitoring.learning.catalogue import Feature

_ALL = "400d"


def _within(what: str, among: str, window: str) -> Any:
    return {"distinct": {"of": what, "among": among, "window": window}}


def _last(field: str, among: str) -> Any:
    return {"previous": {"of": field, "among": among}}


def _order() -> list[Feature]:
    return [
        Feature("entered_after", "hours entered after the entry before", "Entry order",
                {"hours_between": [{"previous": {"of": "recorded_ts"}}, "recorded_ts"]}, 2,
                "it was entered {value} hours after the entry before it"),
        Feature("begun_after", "hours begun after the entry before", "Entry order",
                {"hours_between": [{"previous": {"of": "start_ts"}}, "start_ts"]}, 2,
                "it began {value} hours after the entry before it"),
        Feature("entered_by_operator_after", "hours since the operator's entry before", "Entry order",
                {"hours_between": [_last("recorded_ts", "operator_id"), "recorded_ts"]}, 2,
                "it was entered {value} hours after the operator's entry before"),
        Feature("at_once", "entries of the record within a minute", "Repetition", {"count": {"window": "1m"}}, 0,
                "the record has {value} entries within a minute"),
        Feature("step_no_entries", "entries of the record with this step number", "Repetition",
                {"count": {"by": "step_no", "window": _ALL}}, 0, "the record has {value} entries with this step number"),
        Feature("parameter_entries", "entries of the record with this parameter", "Repetition",
                {"count": {"by": "parameter", "window": _ALL}}, 0, "the record has {value} entries of this parameter"),
        Feature("same_comment", "entries with the same comment within a day", "Repetition",
                {"count": {"among": "comment", "window": "1d"}}, 0, "{value} entries within a day have this very comment"),
    ]  # fmt: skip


def _places() -> list[Feature]:
    return [
        Feature("operator_overlap", "hours since the operator's entry before ended", "Two places at once",
                {"hours_between": [_last("end_ts", "operator_id"), "start_ts"]}, 2,
                "it began {value} hours after the operator's entry before ended (negative: before)"),
        Feature("equipment_overlap", "hours since the equipment's entry before ended", "Two places at once",
                {"hours_between": [_last("end_ts", "equipment_id"), "start_ts"]}, 2,
                "it began {value} hours after the equipment's entry before ended (negative: before)"),
        Feature("equipment_records", "records of the equipment within two hours", "Two places at once",
                _within("process_id", "equipment_id", "2h"), 0, "the equipment served {value} records within two hours"),
        Feature("equipment_operators", "operators of the equipment within two hours", "Two places at once",
                _within("operator_id", "equipment_id", "2h"), 0, "{value} operators used the equipment within two hours"),
        Feature("equipment_steps", "steps of the equipment so far", "Two places at once",
                _within("step", "equipment_id", _ALL), 0, "the equipment was used for {value} steps so far"),
        Feature("equipment_sites", "sites of the equipment so far", "Two places at once",
                _within("site", "equipment_id", _ALL), 0, "the equipment was at {value} sites so far"),
    ]  # fmt: skip


def _verifiers() -> list[Feature]:
    return [
        Feature("verifier_hour", "entries verified by the verifier within an hour", "Verification",
                {"count": {"among": "verifier_id", "window": "1h"}}, 0, "the verifier verified {value} entries within an hour"),
        Feature("verifier_records", "records of the verifier within two hours", "Verification",
                _within("process_id", "verifier_id", "2h"), 0, "the verifier verified in {value} records within two hours"),
        Feature("verifier_sites", "sites of the verifier within a day", "Verification",
                _within("site", "verifier_id", "1d"), 0, "the verifier was at {value} sites within a day"),
        Feature("verifier_operators", "operators the verifier has verified", "Verification",
                _within("operator_id", "verifier_id", _ALL), 0, "the verifier has verified {value} operators so far"),
        Feature("operator_verifiers", "verifiers of the operator so far", "Verification",
                _within("verifier_id", "operator_id", _ALL), 0, "{value} verifiers have verified the operator so far"),
        Feature("operator_kinds", "different steps of the operator so far", "Qualification",
                _within("step", "operator_id", _ALL), 0, "the operator has done {value} different steps so far"),
    ]  # fmt: skip


def _values() -> list[Feature]:
    of_parameter: Any = {"of": "value", "among": "parameter", "window": _ALL}
    return [
        Feature("value", "value", "Limits", "value", 3, "its value is {value}"),
        Feature("value_by_mean", "value by the parameter's mean", "Limits", {"/": ["value", {"mean": of_parameter}]}, 3,
                "its value is {value} times the parameter's mean"),
        Feature("value_rest", "what its value is above a whole number", "Limits", {"%": ["value", 1]}, 3,
                "its value is {value} above a whole number"),
        Feature("own_spread", "spread of the operator's values by the parameter's", "Limits",
                {"/": [{"std": {"of": "value", "among": "operator_id", "window": "7d"}}, {"std": of_parameter}]}, 3,
                "the operator's values of seven days differ {value} times as much as the parameter's"),
        Feature("as_before", "value by the value before anywhere", "Repetition",
                {"-": ["value", _last("value", "parameter")]}, 4, "its value is {value} above the parameter's value before"),
    ]  # fmt: skip


AMONG_ENTRIES = (*_order(), *_places(), *_verifiers(), *_values())
