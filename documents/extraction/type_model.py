"""The trained half of classification: a linear model over words, made by `manage.py train_types` from drawn documents."""

import json
import math
import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

_MODEL = Path(__file__).with_name("type_model.json")
_TOKEN = re.compile(r"[a-z][a-z'-]{2,}")
_LEAST_KNOWN = 4  # known words on a document without which the model says nothing


def tokens_of(text: str) -> set[str]:
    """The words of plain text in small letters, and neighbouring ones as pairs."""
    words = _TOKEN.findall(text)
    return set(words) | {f"{one} {other}" for one, other in pairwise(words)}


def shares_of_types(text: str) -> dict[str, float]:
    """Probability of every type the model knows; empty where it knows too few of the words."""
    model = _model()
    known = [model["weights"][token] for token in tokens_of(text) if token in model["weights"]]
    if len(known) < _LEAST_KNOWN:
        return {}
    length = math.sqrt(len(known))
    sums = [bias + sum(row[place] for row in known) / length for place, bias in enumerate(model["biases"])]
    top = max(sums)
    powers = [math.exp(value - top) for value in sums]
    return {kind: power / sum(powers) for kind, power in zip(model["types"], powers, strict=True)}


@cache
def _model() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(_MODEL.read_text(encoding="utf-8"))
    return loaded
