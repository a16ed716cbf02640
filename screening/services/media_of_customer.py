"""Adverse media of one customer: the articles that are kept already, as when somebody is onboarded or reviewed."""

from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Q

from core.actor import Actor
from customers.models import Customer
from customers.selectors import with_facts
from screening.media.articles import NewsItem
from screening.media.classify import ADVERSE_FROM
from screening.models import Article
from screening.selectors import parties_of
from screening.services.media import Named, keep_media_hit, named_parties

_SHORTEST_WORD = 4
_MOST_ARTICLES = 500


def articles_naming(customer: Customer) -> list[tuple[Article, Named]]:
    """Adverse articles that seem to name the customer or an owner and have not raised a hit of it, the newest first.

    Of the articles that hold the longest word of a name at most the newest 500 are read.
    """
    fresh = with_facts(Customer.objects.filter(pk=customer.pk).select_related("party")).get()
    words = {max(party.name.split(), key=len, default="") for party in parties_of(fresh)}
    asked = [Q(text__icontains=word) for word in words if len(word) >= _SHORTEST_WORD]
    if not asked:
        return []
    rows = Article.objects.filter(reduce(or_, asked), probability__gte=ADVERSE_FROM).exclude(hits__customer=customer)
    found: list[tuple[Article, Named]] = []
    for article in rows.order_by("-created_at")[:_MOST_ARTICLES]:
        item = NewsItem(title=article.title, text=article.text)
        found += [(article, named) for named in named_parties(item, [fresh])]
    return found


@transaction.atomic
def screen_media(*, customer: Customer, named: list[tuple[Article, Named]], by: Actor, stream: str = "") -> int:
    """Keeps what `articles_naming` found; how many hits that made. Side effects: hits, audit entries, `media_found`."""
    known = set(customer.media_hits.values_list("article_id", "party_id"))
    fresh = [(article, one) for article, one in named if (article.pk, one[1]) not in known]
    for article, one in fresh:
        keep_media_hit(article, one, by=by, stream=stream)
    return len(fresh)
