"""One fictional document from a seed: the file, and what is true of it."""

import random
from dataclasses import dataclass
from typing import Any

from documents.synthesis.cards import draw_card
from documents.synthesis.contents import COMPOSERS
from documents.synthesis.papers import LAYOUTS
from documents.synthesis.vocabulary import LANGUAGES, Writer
from documents.synthesis.wear import WEARS, worn

CARDS = ("passport", "national_id", "residence_permit", "visa", "travel_document", "driving_licence")
KINDS = (*CARDS, *COMPOSERS)


@dataclass(frozen=True)
class Specimen:
    """`text` is what stands on it, `truth` as in a truth file, `traits` how it was made."""

    name: str
    content: bytes
    truth: dict[str, Any]
    text: str
    traits: dict[str, str]


def make_specimen(
    kind: str,
    seed: int,
    *,
    wear: str = "",
    language: str = "",
    layout: str = "",
    shape: str = "",
    turned: int | None = None,
) -> Specimen:
    """A document of `kind`; the same arguments make the same bytes. What is not said is chosen by the seed.

    `wear` is one of `wear.WEARS`, or `pdf` for a PDF with a text layer; `turned` counts quarters to the left.
    """
    chance = random.Random(f"{kind} {seed}")  # noqa: S311 - chance that can be repeated, not a secret
    language = language or chance.choice(LANGUAGES)
    layout = layout or chance.choice(LAYOUTS)
    wear = wear or chance.choice((*WEARS, "pdf") if kind in COMPOSERS else WEARS)
    turned = turned if turned is not None else chance.choice((0, 0, 0, 0, 0, 0, 1, 2, 3))
    writer = Writer(language, chance)
    traits = {"language": language, "layout": layout, "wear": wear, "turned": str(turned)}
    if kind in CARDS:
        card = draw_card(kind, writer, shape)
        content = worn(card.image, wear, chance, turned=turned)
        return Specimen(_name(kind, seed, wear), content, card.truth, card.text, traits)
    paper = COMPOSERS[kind](writer, layout)
    truth = {"document_type": kind, "fields": paper.fields}
    content = paper.sheet.pdf() if wear == "pdf" else worn(paper.sheet.image(), wear, chance, turned=turned)
    return Specimen(_name(kind, seed, wear), content, truth, paper.sheet.plain, traits)


def _name(kind: str, seed: int, wear: str) -> str:
    return f"{kind}_{seed:04}_{wear}.{ {'pdf': 'pdf', 'clean': 'png'}.get(wear, 'jpg') }"
