"""Adverse media: articles kept once, classified, their names looked up among the customers by the engine."""

import tempfile
from collections import defaultdict
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from accounts.selectors import person_for_actor
from audit.services import record
from core.actor import Actor, system_actor
from core.clock import now
from core.exceptions import Fault, InvalidInput
from core.outbound import NOT_MODIFIED, FetchFailed, fetch
from core.words import said
from customers.enums import PartyKind
from customers.models import Customer
from customers.selectors import with_facts
from screening import actions
from screening.customers_index import candidates
from screening.enums import HitDisposition, HitState
from screening.exceptions import HitDecidedAlready
from screening.lists.base import ORGANISATION, PERSON, ListedParty
from screening.matching.evidence import PartyFacts
from screening.matching.matcher import ListMatcher, Match, Query
from screening.media.articles import NewsItem, items_of
from screening.media.classify import Verdict, classify, load_model
from screening.media.mentions import Mention, mentions_in, quote_around
from screening.models import Article, MediaHit, NewsSource
from screening.selectors import parties_of
from screening.services.screen import POLICY
from screening.signals import media_found

_BY = system_actor("adverse media")
_NEAR = 0.9  # a name in running text has nothing beside it that could speak for it
_SHORTEST = 5


def model_path() -> Path:
    """Where the trained model of this installation is."""
    return Path(settings.MODEL_ROOT) / "adverse_media.joblib"


@lru_cache(maxsize=1)
def _model(stamp: float) -> Any:
    return load_model(model_path())


def import_articles(*, path: Path, source: str) -> tuple[int, int]:
    """Imports the articles of a file or folder; how many were new, and how many hits they gave.

    Side effects: the source on first use, each article once, hits of customers with `media_found`. Raises InvalidInput.
    """
    news, _ = NewsSource.objects.get_or_create(name=source[:120])
    try:
        items = list(items_of(path))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InvalidInput(
            "These are no articles.", [Fault("/file", said("cannot be read: {name__}", name__=type(error).__name__))]
        ) from error
    kept = [_keep(news, item) for item in items if item.text]
    return sum(found is not None for found in kept), sum(found or 0 for found in kept)


def _keep(source: NewsSource, item: NewsItem) -> int | None:
    """The number of hits of a new article; None where it is known."""
    if Article.objects.filter(sha256=item.sha256).exists():
        return None
    path = model_path()
    verdict = classify(item.title, item.text, _model(path.stat().st_mtime) if path.is_file() else None)
    named = _named(item) if verdict.is_adverse else []
    return _store(source, item, verdict, named)


Named = tuple[Customer, UUID, Mention, Match]


def _named(item: NewsItem) -> list[Named]:
    """Parties of all customers that the article seems to name."""
    asked = [ListedParty(str(number), "", mention.text) for number, mention in enumerate(_mentions(item))]
    return named_parties(
        item, list(with_facts(Customer.objects.filter(pk__in=candidates(asked)).select_related("party")))
    )


def _mentions(item: NewsItem) -> list[Mention]:
    return list({mention.text: mention for mention in mentions_in(item.text)}.values())


def named_parties(item: NewsItem, customers: list[Customer]) -> list[Named]:
    """Parties of these customers that the article seems to name, each at its likest mention."""
    mentions = _mentions(item)
    parties = {str(party.pk): (customer, party) for customer in customers for party in parties_of(customer)}
    listed = [ListedParty(key, PERSON if party.kind == PartyKind.PERSON else ORGANISATION, party.name, tuple(party.aliases))
              for key, (_, party) in parties.items()]  # fmt: skip
    matcher = ListMatcher(listed)
    best: dict[str, list[tuple[float, Mention, Match]]] = defaultdict(list)
    for mention in mentions:
        for match in matcher.search(Query((mention.text,), PartyFacts("")), POLICY):
            if match.similarity >= _NEAR:
                best[matcher.entries[match.entry].source_id].append((match.similarity, mention, match))
    likest = {key: max(found, key=lambda one: one[0]) for key, found in best.items()}
    return [(parties[key][0], parties[key][1].pk, mention, match) for key, (_, mention, match) in likest.items()]


@transaction.atomic
def _store(source: NewsSource, item: NewsItem, verdict: Verdict, named: list[Named]) -> int:
    article = Article.objects.create(
        source=source, sha256=item.sha256, url=item.url, title=item.title, text=item.text, published_on=_day(item.published),
        probability=verdict.probability, category=verdict.category, classified_by=verdict.by,
    )  # fmt: skip
    for one in named:
        keep_media_hit(article, one, by=_BY)
    return len(named)


def keep_media_hit(article: Article, named: Named, *, by: Actor, stream: str = "") -> None:
    """Keeps one hit. Side effects: the hit, an audit entry, `media_found`."""
    customer, party_id, mention, match = named
    start, end = quote_around(article.text, mention)
    hit = MediaHit.objects.create(
        customer=customer, party_id=party_id, article=article, mention=mention.text[:300], mention_start=mention.start,
        mention_end=mention.end, quote_start=start, quote_end=end, similarity=f"{match.similarity:.4f}",
        alignment=list(match.alignment),
    )  # fmt: skip
    record(actions.MEDIA_FOUND, by=by, object_type="media_hit", object_id=hit.pk, stream=stream, subject_id=customer.pk,
           after={"category": article.category, "source": article.source.name})  # fmt: skip
    media_found.send(MediaHit, media_hit_id=hit.pk, customer_id=customer.pk)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def due_news(limit: int) -> list[UUID]:
    """Feeds that are due."""
    due = NewsSource.objects.filter(next_fetch_at__lte=now()).exclude(url="").order_by("next_fetch_at")
    return list(due.values_list("pk", flat=True)[:limit])


def fetch_news(source_id: UUID) -> None:
    """Fetches a feed, if no other worker does. Side effects: those of `import_articles`; an error stays on the source."""
    source = NewsSource.objects.get(pk=source_id)
    later = now() + timedelta(hours=source.every_hours)
    if not NewsSource.objects.filter(pk=source_id, next_fetch_at__lte=now()).update(next_fetch_at=later):
        return
    error, etag = "", source.etag
    with tempfile.TemporaryDirectory(prefix="probity-news-") as folder:
        try:
            path = Path(folder) / "feed.xml"
            answer = fetch(
                source.url, path, headers={"If-None-Match": etag} if etag else {}, most_bytes=50 * 1024 * 1024
            )
            if answer.status != NOT_MODIFIED:
                import_articles(path=path, source=source.name)
                etag = answer.headers.get("etag", "")
        except (FetchFailed, InvalidInput) as raised:
            error = raised.message
    NewsSource.objects.filter(pk=source_id).update(etag=etag[:200], error=error[:200])


@transaction.atomic
def dispose_media_hit(*, media_hit_id: UUID, disposition: HitDisposition, rationale: str, by: Actor) -> MediaHit:
    """Decides whether the article is of the customer. Side effects: the hit, an audit entry.

    Raises NotAPerson, HitDecidedAlready, InvalidInput for a rationale under five characters.
    """
    person = person_for_actor(by)
    if len(rationale.strip()) < _SHORTEST:
        raise InvalidInput(
            "A decision needs a rationale.", [Fault("/rationale", "is too short", "at least 5 characters")]
        )
    hit = MediaHit.objects.select_for_update(of=("self",)).get(pk=media_hit_id)
    if hit.state != HitState.OPEN:
        raise HitDecidedAlready("Somebody has decided this already.")
    hit.claim_version()
    hit.state, hit.disposition, hit.rationale = HitState.DISPOSED, disposition, rationale
    hit.decided_by, hit.decided_at = person, now()
    hit.save()
    record(actions.MEDIA_DISPOSED, by=by, object_type="media_hit", object_id=hit.pk, subject_id=hit.customer_id,
           after={"disposition": disposition}, personal={"rationale": rationale})  # fmt: skip
    return hit


@transaction.atomic
def record_media_view(*, media_hit: MediaHit, by: Actor) -> None:
    """Puts on the record that somebody looked at an article about a customer."""
    record(
        actions.MEDIA_VIEWED, by=by, object_type="media_hit", object_id=media_hit.pk, subject_id=media_hit.customer_id
    )
