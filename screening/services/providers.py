"""Asking providers: each check is a row that is tried until it is answered; a provider that is down lets nobody pass."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import F

from audit.services import record
from core.actor import Actor, system_actor
from core.clock import now
from core.exceptions import Fault, InvalidInput
from core.outbound import FetchFailed, post_json
from core.words import said
from customers.models import Party
from customers.selectors import parties_of_customer
from screening import actions
from screening.enums import CheckState, ListKind, ListState, ProviderKind, ScreeningTrigger
from screening.fingerprints import content_of, identity_of
from screening.lists.base import ListedParty
from screening.matching.evidence import Evidence
from screening.matching.matcher import RAISED, ListMatcher, Match
from screening.models import ListEntry, ListVersion, Provider, ProviderCheck, Screening, Watchlist
from screening.providers import CLIENTS, Asked, Found, ProviderAnswerInvalid
from screening.selectors import PROVIDER
from screening.services.hits import keep_hit
from screening.services.screen import POLICY, config_hash, party_identity, query_for, told_query

_log = structlog.get_logger(__name__)
_BACK_OFF = (5, 30, 120, 600, 1800, 3600)
_CLAIM = timedelta(seconds=90)
_BREAKS_AFTER, _OPEN_FOR = 5, timedelta(minutes=2)
_BY = system_actor("provider")


@transaction.atomic
def set_provider(
    *, name: str, kind: ProviderKind, url: str, by: Actor, key_variable: str = "", mapping: Mapping[str, Any] | None = None,
    timeout_seconds: int = 10, is_enabled: bool = True,
) -> Provider:  # fmt: skip
    """Says how a provider is asked. Side effects: the provider, the list of what it answers, an audit entry.

    Raises InvalidInput for a REST provider without a mapping of its fields.
    """
    mapping = dict(mapping or {})
    if kind == ProviderKind.REST and not {"source_id", "name", "score"} <= set(mapping.get("fields", {})):
        raise InvalidInput(
            "The mapping is not complete.", [Fault("/mapping/fields", "needs source_id, name and score")]
        )
    watchlist, _ = Watchlist.objects.get_or_create(
        name=f"Provider: {name}"[:120], defaults={"kind": ListKind.SANCTION, "format": PROVIDER}
    )
    told = {"kind": kind, "url": url, "key_variable": key_variable, "mapping": mapping, "timeout_seconds": timeout_seconds,
            "is_enabled": is_enabled, "watchlist": watchlist, "failures": 0, "open_until": None}  # fmt: skip
    provider, _ = Provider.objects.update_or_create(name=name, defaults=told)
    record(actions.PROVIDER_SET, by=by, object_type="provider", object_id=provider.pk, stream="list-import",
           after={"name": name, "url": url, "is_enabled": is_enabled})  # fmt: skip
    return provider


@dataclass(frozen=True)
class _Answered:
    party: Party
    query: Any
    found: list[Found]


def run_check(check_id: UUID) -> None:
    """Asks a provider for one customer, if no other worker does.

    Side effects: hits for what it found (like those of a list), the check; of a failure its next try and the provider's
    count, which opens the circuit at five in a row.
    """
    moment = now()
    taken = ProviderCheck.objects.filter(pk=check_id, state=CheckState.PENDING, next_at__lte=moment).update(
        attempt=F("attempt") + 1, next_at=moment + _CLAIM
    )
    if not taken:
        return
    check = ProviderCheck.objects.select_related("provider__watchlist", "customer").get(pk=check_id)
    try:
        answers = [_ask(check.provider, party) for party in parties_of_customer(check.customer)]
    except (FetchFailed, ProviderAnswerInvalid) as error:
        _failed(check, str(error))
        return
    _keep(check, answers)


def _ask(provider: Provider, party: Party) -> _Answered:
    query = query_for(party)
    headers = {"Authorization": f"ApiKey {os.environ.get(provider.key_variable, '')}"} if provider.key_variable else {}

    def post(path: str, body: dict[str, Any]) -> Any:
        return post_json(
            f"{provider.url.rstrip('/')}/{path}".rstrip("/"), body, headers=headers, seconds=provider.timeout_seconds
        )

    return _Answered(party, query, CLIENTS[provider.kind](Asked(query, provider.mapping), post))


@transaction.atomic
def _failed(check: ProviderCheck, told: str) -> None:
    wait = timedelta(seconds=_BACK_OFF[min(check.attempt, len(_BACK_OFF)) - 1])
    ProviderCheck.objects.filter(pk=check.pk).update(next_at=now() + wait, error=told[:200])
    failures = check.provider.failures + 1
    opened = now() + _OPEN_FOR if failures >= _BREAKS_AFTER else None
    Provider.objects.filter(pk=check.provider_id).update(failures=failures, open_until=opened)
    _log.warning("provider_failed", provider=check.provider.name, failures=failures)


@transaction.atomic
def _keep(check: ProviderCheck, answers: list[_Answered]) -> None:
    version = _version(check.provider)
    found = [(answer, item) for answer in answers for item in answer.found]
    screening = Screening.objects.create(
        customer=check.customer, engine_version=f"provider {check.provider.kind}"[:20], config_sha256=config_hash(),
        parties=len(answers), raised=len(found), trigger=ScreeningTrigger.PROVIDER,
        queries=[{"party": str(answer.party.pk)} | told_query(answer.query) for answer in answers],
        found=[{"party": str(answer.party.pk), "source_id": item.party.source_id, "score": item.score} for answer, item in found],
    )  # fmt: skip
    screening.list_versions.add(version)
    for answer, item in found:
        keep_hit(screening, _pair(version, answer, item), _BY)
    ProviderCheck.objects.filter(pk=check.pk).update(
        state=CheckState.DONE, checked_at=now(), found=len(found), error=""
    )
    Provider.objects.filter(pk=check.provider_id).update(failures=0, open_until=None)


@dataclass(frozen=True)
class _Pair:
    party_id: UUID
    version_id: UUID
    fingerprint: str
    match: Match


def _pair(version: ListVersion, answer: _Answered, item: Found) -> _Pair:
    """The pair as a hit takes it: explained by the own engine, by the provider's word where that finds nothing."""
    position = _entry(version, item.party)
    own = ListMatcher([item.party]).search(answer.query, POLICY)
    feature = Evidence("provider", "agrees", 0.0, said("the provider's score is {score}", score=f"{item.score:.2f}"))
    if own:
        match = Match(
            **(vars(own[0]) | {"entry": position, "outcome": RAISED, "features": (*own[0].features, feature)})
        )
    else:
        match = Match(position, answer.query.names[0], item.party.name, min(1.0, item.score), 0.0, RAISED,
                      ("found by the provider alone",), (feature,))  # fmt: skip
    return _Pair(answer.party.pk, version.pk, party_identity(answer.party) + identity_of(item.party), match)


def _version(provider: Provider) -> ListVersion:
    told = {
        "number": 1,
        "sha256": "",
        "entry_count": 0,
        "name_count": 0,
        "state": ListState.ACTIVE,
        "imported_by": provider.name,
    }
    version, _ = ListVersion.objects.get_or_create(watchlist=provider.watchlist, defaults=told)
    return ListVersion.objects.select_for_update().get(pk=version.pk)


def _entry(version: ListVersion, party: ListedParty) -> int:
    """The number of the entry, new where the provider told it for the first time or otherwise than before."""
    sha = content_of(party)
    known = version.entries.filter(source_id=party.source_id, content_sha=sha).first()
    if known is not None:
        return known.position
    values = {name: list(value) if isinstance(value, tuple) else value for name, value in vars(party).items()}
    number = version.entry_count
    ListEntry.objects.create(
        version=version, position=number, content_sha=sha, identity_sha=identity_of(party), **values
    )
    version.entry_count = number + 1
    version.save(update_fields=["entry_count"])
    return number
