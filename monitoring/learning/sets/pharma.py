"""What an entry of a batch record is judged by: its times, its place in the record, who made and verified it, its value
against its limits, and what it repeats. A record is reviewed whole (EU GMP Annex 16), so rows that follow may be seen."""

from typing import Any

from monitoring.learning.catalogue import Feature, FeatureSet
from monitoring.learning.sets.pharma_entries import AMONG_ENTRIES

_ALL = "400d"


def _count(by: str, *, among: bool = False, window: str = _ALL) -> Any:
    return {"count": {"among" if among else "by": by, "window": window}}


def _timing() -> list[Feature]:
    return [
        Feature("duration", "minutes it took", "Timing", "duration", 0, "it took {value} minutes"),
        Feature("duration_share", "duration by the step's mean", "Timing",
                {"/": ["duration", {"mean": {"of": "duration", "among": "step", "window": _ALL}}]}, 2,
                "it took {value} times what the step takes on average"),
        Feature("record_delay", "hours from end to entry", "Timing", {"hours_between": ["end_ts", "recorded_ts"]}, 1,
                "it was recorded {value} hours after its end"),
        Feature("record_after_start", "hours from begin to entry", "Timing", {"hours_between": ["start_ts", "recorded_ts"]}, 1,
                "it was recorded {value} hours after its beginning"),
        Feature("start_hour", "hour it began", "Timing", {"hour": ["start_ts"]}, 0, "it began at {value} o'clock"),
        Feature("end_hour", "hour it ended", "Timing", {"hour": ["end_ts"]}, 0, "it ended at {value} o'clock"),
        Feature("record_hour", "hour of the entry", "Timing", {"hour": ["recorded_ts"]}, 0, "it was entered at {value} o'clock"),
        Feature("record_weekday", "weekday of the entry", "Timing", {"weekday": ["recorded_ts"]}, 0,
                "it was entered on weekday {value}"),
        Feature("since_before", "days since the entry before", "Timing", {"time_since_previous": {}}, 2,
                "the entry before is {value} days older"),
    ]  # fmt: skip


def _sequence() -> list[Feature]:
    before: Any = {"previous": {"of": "step_no"}}
    return [
        Feature("step_no", "number of the step", "Sequence", "step_no", 0, "it is step {value}"),
        Feature("step_leap", "steps since the entry before", "Sequence", {"-": ["step_no", before]}, 0,
                "it is {value} steps after the entry before"),
        Feature("steps_seen", "different steps so far", "Sequence", {"distinct": {"of": "step", "window": _ALL}}, 0,
                "the record has {value} different steps so far"),
        Feature("steps_behind", "number of the step less steps so far", "Sequence",
                {"-": ["step_no", {"distinct": {"of": "step_no", "window": _ALL}}]}, 0,
                "{value} steps before it are missing"),
        Feature("highest_ahead", "lowest step that follows, less its own", "Sequence",
                {"-": [{"min": {"of": "step_no", "window": "30d", "ahead": True}}, "step_no"]}, 0,
                "the next lowest step that follows is {value} further"),
        Feature("overlap", "hours from the end of the entry before to its begin", "Sequence",
                {"hours_between": [{"previous": {"of": "end_ts"}}, "start_ts"]}, 1,
                "it began {value} hours after the entry before ended"),
        Feature("entry_no", "number of the entry", "Repetition", "entry_no", 0, "it is entry {value} of its step"),
        Feature("step_entries", "entries of the step so far", "Repetition", _count("step"), 0,
                "the step has {value} entries so far"),
        Feature("step_entries_after", "entries of the step that follow", "Repetition",
                {"count": {"by": "step", "window": "30d", "ahead": True}}, 0, "the step has {value} later entries"),
        Feature("since_step", "days since the step's entry before", "Repetition", {"time_since_previous": {"by": "step"}}, 2,
                "the step's entry before is {value} days older"),
        Feature("same_value", "entries with the same value in the record", "Repetition", _count("value"), 0,
                "{value} entries of the record have this very value"),
        Feature("same_value_site", "entries with the same value anywhere within a day", "Repetition",
                _count("value", among=True, window="1d"), 0, "{value} entries within a day have this very value"),
        Feature("after_first", "value less the step's value before", "Repetition",
                {"-": ["value", {"previous": {"of": "value", "by": "step"}}]}, 2,
                "its value is {value} above the step's value before"),
    ]  # fmt: skip


def _people() -> list[Feature]:
    own: Any = {"compare": ["verifier_id", "==", "operator_id"]}
    missing: Any = {"is_missing": "verifier_id"}
    return [
        Feature("self_verified", "operator is the verifier", "Verification", own, 0,
                "verified by the operator: {value} (1 yes)", is_condition=True),
        Feature("not_verified", "there is no verifier", "Verification", missing, 0,
                "no verifier: {value} (1 yes)", is_condition=True),
        Feature("is_qualified", "operator is qualified", "Qualification", "is_qualified", 0, "operator qualified: {value} (1 yes)"),
        Feature("operator_steps", "entries of the operator within a day", "Qualification",
                _count("operator_id", among=True, window="1d"), 0, "the operator has {value} entries within a day"),
        Feature("operator_hour", "entries of the operator within an hour", "Qualification",
                _count("operator_id", among=True, window="1h"), 0, "the operator has {value} entries within an hour"),
        Feature("operator_sites", "sites of the operator within a day", "Qualification",
                {"distinct": {"of": "site", "among": "operator_id", "window": "1d"}}, 0,
                "the operator was at {value} sites within a day"),
        Feature("operator_equipment", "equipment of the operator within two hours", "Qualification",
                {"distinct": {"of": "equipment_id", "among": "operator_id", "window": "2h"}}, 0,
                "the operator used {value} pieces of equipment within two hours"),
        Feature("operator_records", "records of the operator within two hours", "Qualification",
                {"distinct": {"of": "process_id", "among": "operator_id", "window": "2h"}}, 0,
                "the operator worked on {value} records within two hours"),
    ]  # fmt: skip


def _limits() -> list[Feature]:
    span: Any = {"-": ["upper", "lower"]}
    return [
        Feature("in_limits", "place between the limits", "Limits", {"/": [{"-": ["value", "lower"]}, span]}, 2,
                "its value lies at {value} of the way between the limits"),
        Feature("beyond", "beyond the nearer limit", "Limits",
                {"least": [{"-": ["value", "lower"]}, {"-": ["upper", "value"]}]}, 2,
                "its value is {value} inside the nearer limit (negative: outside)"),
        Feature("span_share", "width of the limits by the parameter's mean", "Limits",
                {"/": [span, {"-": [{"mean": {"of": "upper", "among": "parameter", "window": _ALL}},
                                    {"mean": {"of": "lower", "among": "parameter", "window": _ALL}}]}]}, 2,
                "the limits are {value} times as wide as usual"),
        Feature("lower_moved", "lower limit by the parameter's mean", "Limits",
                {"/": ["lower", {"mean": {"of": "lower", "among": "parameter", "window": _ALL}}]}, 2,
                "the lower limit is {value} times the usual"),
        Feature("upper_moved", "upper limit by the parameter's mean", "Limits",
                {"/": ["upper", {"mean": {"of": "upper", "among": "parameter", "window": _ALL}}]}, 2,
                "the upper limit is {value} times the usual"),
        Feature("deviation_flag", "deviation raised", "Limits", "deviation_flag", 0, "deviation raised: {value} (1 yes)"),
        Feature("comment_length", "length of the comment", "Limits", {"length": ["comment"]}, 0,
                "the comment has {value} characters"),
        Feature("step", "step", "Categories", "step", 0, "the step is {value}", is_category=True),
        Feature("product", "product", "Categories", "product", 0, "the product is {value}", is_category=True),
        Feature("site", "site", "Categories", "site", 0, "the site is {value}", is_category=True),
        Feature("parameter", "parameter", "Categories", "parameter", 0, "the parameter is {value}", is_category=True),
    ]  # fmt: skip


PHARMA_FEATURES = FeatureSet(domain="pharma", event=(*_timing(), *_sequence(), *_people(), *_limits(), *AMONG_ENTRIES))
