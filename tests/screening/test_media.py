"""Adverse media: articles read once, customers found in them, quotes that point into the text, decisions."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from cases.cards import cards_of
from cases.models import CaseReason
from core.exceptions import InvalidInput
from customers.models import Customer
from screening.enums import HitState
from screening.media.articles import items_of
from screening.media.classify import classify, load_model, save_model, train
from screening.media.mentions import mentions_in, quote_around
from screening.models import Article, MediaHit
from screening.services import import_articles
from tests.factories.accounts import make_person
from tests.factories.cases import make_case

ADVERSE = "The harbour opened in May. Prosecutors charged Otto Fiktion with fraud and money laundering; he was accused of a Ponzi scam. He denies it."
FEED = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>Fictional Times</title>
<item><title>Fraud in Kiel</title><link>https://example.org/1</link><pubDate>Mon, 05 Jan 2026 10:00:00 GMT</pubDate>
<description>&lt;p&gt;{ADVERSE}&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;</description></item></channel></rss>"""


@pytest.fixture
def customer() -> Customer:
    return make_case(name="Otto Fiktion").customer


def _import(folder: Path, name: str, content: str) -> tuple[int, int]:
    (folder / name).write_text(content)
    return import_articles(path=folder / name, source="Fictional Times")


@pytest.mark.django_db
def test_an_adverse_article_in_a_feed_gives_a_hit_with_its_quote(customer: Customer, tmp_path: Path) -> None:
    assert _import(tmp_path, "feed.xml", FEED) == (1, 1)
    hit = MediaHit.objects.get()
    assert (hit.customer, hit.mention, hit.article.published_on.isoformat()) == (customer, "Otto Fiktion", "2026-01-05")
    assert hit.quote.startswith("Prosecutors charged Otto Fiktion with fraud")
    assert hit.article.text[hit.mention_start : hit.mention_end] == "Otto Fiktion"
    assert hit.article.category == "fraud"
    assert CaseReason.objects.filter(code="adverse_media").count() == 1


@pytest.mark.django_db
def test_an_article_is_a_card_among_the_evidence_of_the_case(customer: Customer, tmp_path: Path) -> None:
    _import(tmp_path, "feed.xml", FEED)
    cards, total = cards_of(customer)
    assert [(card.kind, card.title, card.is_open) for card in cards] == [("media", "Fraud in Kiel", True)]
    assert total == 1


@pytest.mark.django_db
def test_the_same_article_elsewhere_is_kept_once(customer: Customer, tmp_path: Path) -> None:
    _import(tmp_path, "feed.xml", FEED)
    again = json.dumps(
        {"articles": [{"title": "FRAUD in Kiel!", "content": ADVERSE.upper(), "url": "https://example.net/2"}]}
    )
    assert _import(tmp_path, "again.json", again) == (0, 0)
    assert Article.objects.count() == 1


@pytest.mark.django_db
def test_an_article_that_is_not_adverse_or_names_somebody_else_gives_no_hit(customer: Customer, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("Opening\nOtto Fiktion opened the harbour festival in Kiel. Everybody sang.")
    (tmp_path / "two.txt").write_text("Court\n" + ADVERSE.replace("Otto Fiktion", "Jane Citizen"))
    assert import_articles(path=tmp_path, source="folder") == (2, 0)


@pytest.mark.django_db
def test_a_broken_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput):
        _import(tmp_path, "broken.json", "{broken")


@pytest.mark.django_db
def test_the_pages_show_the_quote_and_keep_the_decision(client: Client, customer: Customer, tmp_path: Path) -> None:
    _import(tmp_path, "feed.xml", FEED)
    hit, person = MediaHit.objects.get(), make_person()
    client.force_login(person)
    for url in (
        f"/screening/media/{hit.pk}/",
        f"/screening/media/{hit.pk}/card/",
        f"/screening/media/of/{customer.pk}/",
    ):
        assert "Prosecutors charged Otto Fiktion" in client.get(url).content.decode()
    client.post(f"/screening/media/{hit.pk}/", {"disposition": "false_positive", "rationale": "another person"})
    hit.refresh_from_db()
    assert (hit.state, hit.decided_by) == (HitState.DISPOSED, person)


@pytest.mark.django_db
def test_the_command_imports_a_folder(customer: Customer, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "feed.xml").write_text(FEED)
    call_command("import_articles", str(tmp_path))
    assert "1 new articles, 1 hits" in capsys.readouterr().out


def test_a_trained_model_says_what_is_adverse(tmp_path: Path) -> None:
    bad, good = "police charged the banker with fraud and bribery", "the choir sang in the park and children danced"
    model = train([f"{text} {number}" for text in (bad, good) for number in range(6)], [1] * 6 + [0] * 6)
    save_model(model, tmp_path / "model.joblib")
    kept = load_model(tmp_path / "model.joblib")
    assert classify("", bad, kept).is_adverse
    assert not classify("", good, kept).is_adverse


def test_mentions_and_quotes_point_into_the_text() -> None:
    text = "Nobody spoke. Then Dr. Anna van Fiktiva of Kiel smiled! The end."
    mention = next(item for item in mentions_in(text) if item.text == "Anna van Fiktiva")
    assert text[mention.start : mention.end] == "Anna van Fiktiva"
    start, end = quote_around(text, mention)
    assert "Fiktiva of Kiel smiled!" in text[start:end]


def test_markup_is_dropped_from_articles(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(FEED)
    assert "alert" not in next(items_of(tmp_path / "feed.xml")).text
