"""The trained half of classification knows documents in layouts it has not seen."""

import pytest

from documents.extraction.classify import classify
from documents.extraction.type_model import shares_of_types
from documents.synthesis import make_specimen
from documents.synthesis.contents import COMPOSERS


@pytest.mark.parametrize("kind", COMPOSERS)
def test_drawn_paper_is_of_its_type(kind: str) -> None:
    texts = [make_specimen(kind, seed, wear="pdf", layout="banner").text for seed in range(8)]
    assert sum(classify(text, None)[0] == kind for text in texts) >= 7


def test_model_says_nothing_about_words_it_does_not_know() -> None:
    assert shares_of_types("qwertz asdfgh yxcvbn") == {}
