"""Trains the model of document types on drawn documents and writes its weights as JSON; reports layouts held out."""

import json
import random
from functools import cache
from pathlib import Path
from typing import Any

from anyascii import anyascii
from django.core.management.base import BaseCommand, CommandParser

from documents.extraction import type_model
from documents.synthesis.contents import COMPOSERS
from documents.synthesis.specimens import CARDS, make_specimen
from documents.synthesis.vocabulary import LANGUAGES, words_in

_HELD_OUT = ("banner", "stacked", "compact")
_LEAST_SEEN = 5
_LEAST_WEIGHT = 0.08
_LOST = 0.25  # share of words left out of a training text, as a poor scan does


class Command(BaseCommand):
    help = (
        "Trains the classifier of document types on documents drawn by code (needs scikit-learn, a development tool)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--each", type=int, default=240, help="documents of each kind (240)")

    def handle(self, *args: Any, **options: Any) -> None:
        from sklearn.feature_extraction import DictVectorizer
        from sklearn.linear_model import LogisticRegression
        from sklearn.preprocessing import normalize

        kinds = (*COMPOSERS, "driving_licence")
        texts = [(kind, *_text(kind, seed)) for kind in kinds for seed in range(options["each"])]
        train = [item for item in texts if item[2] not in _HELD_OUT or item[0] in CARDS]
        held = [item for item in texts if item[2] in _HELD_OUT and item[0] not in CARDS]
        vectorizer = DictVectorizer()
        rows = vectorizer.fit_transform([dict.fromkeys(_common(tokens), 1.0) for _, tokens, _ in train])
        seen = rows.getnnz(axis=0) >= _LEAST_SEEN
        rows = normalize(rows[:, seen])
        model = LogisticRegression(C=4.0, max_iter=400, random_state=7).fit(rows, [kind for kind, _, _ in train])
        known = vectorizer.get_feature_names_out()[seen]
        weights = {
            token: [round(float(value), 2) for value in model.coef_[:, column]]
            for column, token in enumerate(known)
            if abs(model.coef_[:, column]).max() >= _LEAST_WEIGHT
        }
        made = {
            "types": list(model.classes_),
            "biases": [round(float(bias), 3) for bias in model.intercept_],
            "weights": weights,
        }
        Path(type_model.__file__).with_name("type_model.json").write_text(_written(made))
        type_model._model.cache_clear()
        right = sum(_best(tokens) == kind for kind, tokens, _ in held)
        print(f"{len(weights)} words; of {len(held)} documents in layouts never seen, {right} are of their type")


def _text(kind: str, seed: int) -> tuple[set[str], str]:
    """The words of a drawn document with some of them lost, and its layout; seeds apart from those of benchmarks."""
    specimen = make_specimen(kind, 50_000 + seed, wear="pdf" if kind in COMPOSERS else "clean", turned=0)
    chance = random.Random(seed)  # noqa: S311 - repeatable chance
    words = [
        word for word in anyascii(specimen.text).lower().split() if word not in _names() and chance.random() > _LOST
    ]
    return type_model.tokens_of(" ".join(words)), specimen.traits["layout"]


def _common(tokens: set[str]) -> list[str]:
    return sorted(tokens)


@cache
def _names() -> frozenset[str]:
    """Words of people, companies, streets and towns: nothing is to be learnt from who stands on a document."""
    lists = (
        "countries",
        "given",
        "surnames",
        "companies",
        "streets",
        "cities",
        "banks",
        "utilities",
        "items",
        "movements",
    )
    said = " ".join(" ".join(words_in(language)[name]) for language in LANGUAGES for name in lists)
    return frozenset(anyascii(said).lower().replace("-", " ").split())


def _best(tokens: set[str]) -> str:
    shares = type_model.shares_of_types("\n".join(token for token in tokens if " " not in token))
    return max(shares, key=lambda kind: shares[kind], default="")


def _written(model: dict[str, Any]) -> str:
    """A word a line, so that a change of the model can be read."""
    rows = ",\n".join(f"{json.dumps(token)}: {json.dumps(row)}" for token, row in sorted(model["weights"].items()))
    head = f'{{"types": {json.dumps(model["types"])},\n"biases": {json.dumps(model["biases"])},\n'
    return f'{head}"weights": {{\n{rows}\n}}}}\n'
