"""Every text a person reads is marked, translated into every language, and says the same values in each."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from compliance_site.catalogue import compile_language, languages, merged, po_file, read
from compliance_site.catalogue.code import texts_in
from tests.compliance_site.unmarked import unmarked

HOME = Path(__file__).resolve().parents[2]
TEMPLATES = HOME / "templates"
# Evidence packs are read by others than who made them: they stay English (ADR 0018).
EVIDENCE = TEMPLATES / "reporting" / "evidence"
_HOLE = re.compile(r"%\((\w+)\)s|(?<!\{)\{([\w\[\]]*)(?::[^{}]*)?\}")


@pytest.mark.parametrize("folder", sorted(path.name for path in TEMPLATES.iterdir()))
def test_text_of_templates_is_marked(folder: str) -> None:
    place = TEMPLATES / folder
    paths = [place] if place.is_file() else sorted(place.rglob("*.html"))
    found = {
        str(path.relative_to(TEMPLATES)): left
        for path in paths
        if EVIDENCE not in path.parents and (left := unmarked(path.read_text()))
    }
    assert not found, "wrap these into {% translate %} or {% blocktranslate %}"


def test_what_stands_between_tags_is_found() -> None:
    assert unmarked('<p title="A hint">Some {{ count }} words</p>') == ["A hint", "Some", "words"]
    assert (
        unmarked('<p title="{% translate "A hint" %}">{{ name }}: {% translate "Words" %}</p><code>not read</code>')
        == []
    )


@pytest.mark.parametrize("language", languages())
def test_catalogue_is_up_to_date(language: str) -> None:
    assert po_file(language).read_text() == merged(language), "make texts, then translate what is new"


@pytest.mark.parametrize("language", languages())
def test_every_text_is_translated(language: str) -> None:
    assert [message.id for message in _messages(language) if message.fuzzy or not all(_strings(message))] == []


@pytest.mark.parametrize("language", languages())
def test_translation_names_the_values_of_its_text(language: str) -> None:
    wrong = [
        (text, told)
        for message in _messages(language)
        for text, told in zip(_ids(message), _strings(message), strict=True)
        if _values(text) != _values(told)
    ]
    assert wrong == []


@pytest.mark.parametrize("language", languages())
def test_translation_keeps_the_tags_of_its_text(language: str) -> None:
    tags = re.compile(r"</?[a-z]+")
    wrong = [
        m.id for m in _messages(language) if sorted(tags.findall(_ids(m)[0])) != sorted(tags.findall(_strings(m)[0]))
    ]
    assert wrong == []


def test_catalogue_compiles() -> None:
    assert all(compile_language(language).stat().st_size for language in languages())


def test_texts_of_code_are_found_by_what_they_are_given_to() -> None:
    source = """
class Colour(TextChoices):
    RED = "red", "Red"
class PaintForm(forms.Form):
    second_coat = forms.BooleanField()
    tone = forms.CharField(label="Which tone", help_text="as on the tin")
raise NotFound("There is no such paint.")
told = said("{litres} litres are left", litres=3)
log.info("paint_mixed")
"""
    assert [text for _, text in texts_in(source)] == [
        "Red", "Second coat", "There is no such paint.", "{litres} litres are left", "Which tone", "as on the tin",
    ]  # fmt: skip


def _messages(language: str) -> Iterator[Message]:
    return (message for message in read(language) if message.id)


def _ids(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def _values(text: str) -> set[str]:
    return {first or second for first, second in _HOLE.findall(text)}
