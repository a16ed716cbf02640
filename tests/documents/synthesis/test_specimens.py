"""Documents made by code: they repeat, open, and their truth holds."""

import io
import json
from pathlib import Path

import pypdfium2
import pytest
from django.core.management import call_command
from PIL import Image

from documents.extraction.mrz import read_zone
from documents.synthesis import KINDS, make_specimen
from documents.synthesis.contents import COMPOSERS
from documents.synthesis.papers import LAYOUTS
from documents.synthesis.vocabulary import LANGUAGES, words_in


def test_specimen_repeats_with_its_seed() -> None:
    assert make_specimen("invoice", 3, wear="scan").content == make_specimen("invoice", 3, wear="scan").content
    assert make_specimen("invoice", 3, wear="scan").content != make_specimen("invoice", 4, wear="scan").content


@pytest.mark.parametrize("kind", KINDS)
def test_specimen_of_each_kind_opens_as_an_image(kind: str) -> None:
    specimen = make_specimen(kind, 1, wear="photo")
    assert min(Image.open(io.BytesIO(specimen.content)).size) > 400
    assert specimen.truth["document_type"] == kind


@pytest.mark.parametrize("layout", LAYOUTS)
def test_paper_as_pdf_holds_its_words(layout: str) -> None:
    specimen = make_specimen("bank_statement", 5, wear="pdf", layout=layout, language="fr")
    text = pypdfium2.PdfDocument(specimen.content)[0].get_textpage().get_text_range()
    assert specimen.truth["fields"]["account_number"] in text


@pytest.mark.parametrize("shape", ["TD3", "TD1", "TD2", "MRV-A", "MRV-B"])
def test_card_has_a_zone_whose_digits_fit(shape: str) -> None:
    kind = {"TD3": "passport", "MRV-A": "visa", "MRV-B": "visa"}.get(shape, "national_id")
    zone = read_zone(make_specimen(kind, 2, wear="clean", shape=shape, turned=0).truth["mrz"])
    assert zone is not None
    assert (zone.format, all(zone.checks.values())) == (shape, True)


def test_vocabularies_say_the_same_things() -> None:
    shapes = [
        {name: sorted(part) for name, part in words_in(language).items() if isinstance(part, dict)}
        for language in LANGUAGES
    ]
    assert all(shape == shapes[0] for shape in shapes)


@pytest.mark.parametrize("kind", COMPOSERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_paper_bears_its_numbers_as_printed(kind: str, language: str) -> None:
    specimen = make_specimen(kind, 7, wear="pdf", language=language)
    for name in ("invoice_number", "name"):
        assert specimen.truth["fields"].get(name, "") in specimen.text


def test_command_draws_a_folder_with_its_truth(tmp_path: Path) -> None:
    call_command("draw_documents", tmp_path, each=1, kinds=["invoice", "passport"], wear="clean")
    truth = json.loads((tmp_path / "truth.json").read_text())
    assert sorted(truth) == sorted(path.name for path in tmp_path.glob("*.png"))
