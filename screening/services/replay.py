"""Doing a stored screening again, against the same versions with the same queries, to see that it says the same."""

from dataclasses import dataclass

from screening.enums import ScreeningTrigger
from screening.matchers import search_versions
from screening.matching import ENGINE_VERSION
from screening.matching.matcher import RAISED
from screening.models import Screening
from screening.services.screen import POLICY, config_hash, query_of_told


@dataclass(frozen=True)
class Replay:
    """`same` where every pair came out as stored; what is `missing` now, or `new`; and whether the engine is another one."""

    same: bool
    missing: tuple[str, ...]
    new: tuple[str, ...]
    same_engine: bool
    same_config: bool


_Pair = tuple[str, str, int]


def replay_screening(screening: Screening) -> Replay:
    """Screens again what was screened; stores nothing.

    The lists are those of then: their indexes are built again where they are no longer kept. What a provider answered
    cannot be asked again; such a screening replays as the same.
    """
    stored = {_key(told): _value(told) for told in [*screening.found, *screening.discounted] if "version" in told}
    again: dict[_Pair, str] = {}
    versions = list(screening.list_versions.select_related("watchlist").order_by("watchlist__name"))
    for told in screening.queries if screening.trigger != ScreeningTrigger.PROVIDER else []:
        for version, match in search_versions(versions, query_of_told(told), POLICY):
            value = (
                f"{match.similarity:.4f} {match.evidence:.2f} {'raised' if match.outcome == RAISED else 'discounted'}"
            )
            again[str(told["party"]), str(version.pk), match.entry] = value
    raised = {_key(told) for told in screening.found if "version" in told}
    stored = {key: f"{value} {'raised' if key in raised else 'discounted'}" for key, value in stored.items()}
    missing = tuple(f"{key[2]}: {value}" for key, value in stored.items() if again.get(key) != value)
    new = tuple(f"{key[2]}: {value}" for key, value in again.items() if stored.get(key) != value)
    return Replay(
        same=not missing and not new, missing=missing, new=new, same_engine=screening.engine_version == ENGINE_VERSION,
        same_config=screening.config_sha256 == config_hash(),
    )  # fmt: skip


def _key(told: dict[str, object]) -> _Pair:
    return str(told["party"]), str(told["version"]), int(str(told["position"]))


def _value(told: dict[str, object]) -> str:
    return f"{told['similarity']} {told['evidence']}"
