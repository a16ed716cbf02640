"""Whether an article is adverse, and of which kind of crime: a trained model where there is one, crime terms in any case.

The model (words and pairs of words, logistic regression) is trained where it is used, by `train_adverse_media`, from
labelled articles that do not leave the machine; only its recipe is part of the product.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CATEGORIES: dict[str, tuple[str, ...]] = {
    "money_laundering": ("launder", "shell compan", "illicit fund", "hawala", "dirty money"),
    "corruption": ("brib", "corrupt", "kickback", "embezzl", "graft", "slush fund"),
    "fraud": (
        "fraud",
        "ponzi",
        "scam",
        "swindl",
        "forger",
        "counterfeit",
        "insider trading",
        "defraud",
        "misappropriat",
    ),
    "tax": ("tax evasion", "tax fraud", "evading tax", "evaded tax", "unpaid tax"),
    "terrorism": ("terror", "extremis", "jihad", "militan"),
    "sanctions": ("sanction", "embargo", "asset freeze", "proliferation"),
    "trafficking": ("drug traffick", "cocaine", "heroin", "human traffick", "smuggl", "narcotic", "modern slavery"),
    "organised_crime": ("mafia", "cartel", "organised crime", "organized crime", "racketeer", "gang "),
    "cyber": ("hack", "ransomware", "cyber attack", "cyberattack", "phishing"),
    "violence": ("murder", "assault", "kidnap", "war crime", "rape", "homicide"),
}
_PROCESS = ("arrest", "charg", "convict", "indict", "sentenc", "prosecut", "plead", "guilty", "investigat", "fined", "jail",
            "accus", "alleg", "probe", "raid")  # fmt: skip
ADVERSE_FROM = 0.5


@dataclass(frozen=True)
class Verdict:
    """`probability` that the article is adverse; its `category` (empty where it is none); who said so."""

    probability: float
    category: str
    by: str

    @property
    def is_adverse(self) -> bool:
        return self.probability >= ADVERSE_FROM


def classify(title: str, text: str, model: Any = None) -> Verdict:
    """The verdict on an article, by the model where one is given, else by its terms."""
    told = f"{title} {text}".casefold()
    counts = {
        name: sum(len(re.findall(rf"\b{re.escape(term)}", told)) for term in terms)
        for name, terms in CATEGORIES.items()
    }
    category = max(counts, key=lambda name: counts[name])
    if model is not None:
        probability, by = float(model.predict_proba([told])[0][1]), "model"
    else:
        process = sum(term in told for term in _PROCESS)
        probability, by = min(0.95, 0.15 * min(4, sum(counts.values())) + 0.12 * min(4, process)), "terms"
    return Verdict(round(probability, 4), category if counts[category] else "", by)


def train(texts: Sequence[str], labels: Sequence[int]) -> Any:
    """A model of adverse articles: the words and pairs of words of a text, weighted, in a logistic regression."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    words = TfidfVectorizer(ngram_range=(1, 2), min_df=3, max_df=0.6, sublinear_tf=True, max_features=60_000)
    model = make_pipeline(words, LogisticRegression(C=8, max_iter=1000, class_weight="balanced", random_state=0))
    return model.fit([text.casefold() for text in texts], list(labels))


def save_model(model: Any, path: Path) -> None:
    """Keeps the model on this machine."""
    import joblib

    path.parent.mkdir(parents=True, exist_ok=True)
    joblib.dump(model, path)


def load_model(path: Path) -> Any:
    """The model kept by `save_model`, or None where none was trained here."""
    import joblib

    return joblib.load(path) if path.is_file() else None
