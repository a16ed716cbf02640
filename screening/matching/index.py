"""The index over distinct listed names: character trigrams of words and consonant skeletons, as compact arrays."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from screening.matching.normalise import is_particle, skeleton, tokens_of

_CANDIDATES = 60
_FLOOR = 0.30
_SKELETON_WEIGHT = 3.0


def features_of(tokens: Sequence[str]) -> set[str]:
    """What a name is found by: trigrams of each word (with its ends), its words' skeletons, and all words glued."""
    found: set[str] = set()
    for token in tokens:
        padded = f"^{token}$"
        found.update(padded[start : start + 3] for start in range(len(padded) - 2))
        if not is_particle(token):
            found.add(f"={skeleton(token)}")
    glued = "".join(sorted(tokens)) if len(tokens) < 2 else "".join(tokens)  # noqa: PLR2004 - a single word is glued already
    found.update(glued[start : start + 3] for start in range(len(glued) - 2))
    return found


@dataclass(frozen=True)
class NameIndex:
    """Distinct names (tokens joined by a blank), the rows of entries that bear them, and postings by feature.

    `postings[offsets[f]:offsets[f+1]]` are the names with feature f. All arrays are saved as .npy and memory-mapped,
    so that processes share one copy.
    """

    names: tuple[tuple[str, ...], ...]
    entries: tuple[tuple[int, ...], ...]
    vocabulary: dict[str, int]
    offsets: NDArray[np.int64]
    postings: NDArray[np.int32]
    weights: NDArray[np.float32]
    norms: NDArray[np.float32]
    token_idf: dict[str, float]

    def candidates(self, tokens: Sequence[str]) -> list[int]:
        """Names that share enough with `tokens`, the likeliest first: cosine over idf-weighted features."""
        known = [self.vocabulary[feature] for feature in features_of(tokens) if feature in self.vocabulary]
        if not known:
            return []
        sums = np.zeros(len(self.names), dtype=np.float32)
        for feature in known:
            sums[self.postings[self.offsets[feature] : self.offsets[feature + 1]]] += self.weights[feature] ** 2
        norm = float(np.sqrt(sum(float(self.weights[feature]) ** 2 for feature in known)))
        scores = sums / (self.norms * norm)
        count = min(_CANDIDATES, len(scores))
        top = np.argpartition(scores, -count)[-count:]
        kept = top[scores[top] >= _FLOOR]
        return [int(position) for position in kept[np.argsort(-scores[kept])]]

    def idf(self, token: str) -> float:
        """How rare a word is on the lists, 0.2 (everywhere) to 1 (nowhere else)."""
        return self.token_idf.get(token, 1.0)


def build_index(names_of_entries: Iterable[tuple[int, Iterable[str]]]) -> NameIndex:
    """The index over (entry number, its names)."""
    rows: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, spellings in names_of_entries:
        for spelling in spellings:
            tokens = tokens_of(spelling)
            if tokens and number not in rows[tokens]:
                rows[tokens].append(number)
    names: tuple[tuple[str, ...], ...] = tuple(rows)
    found = [features_of(name) for name in names]
    counts = Counter(feature for features in found for feature in features)
    vocabulary = {feature: position for position, feature in enumerate(sorted(counts))}
    total = max(2, len(names))
    weights = np.array([_weight(feature, counts[feature], total) for feature in vocabulary], dtype=np.float32)
    offsets, postings = _postings(found, vocabulary)
    norms = np.array(
        [np.sqrt(sum(float(weights[vocabulary[f]]) ** 2 for f in features)) for features in found], dtype=np.float32
    )
    words = Counter(token for name in names for token in set(name))
    idf = {token: max(0.2, 1 - log(count) / log(total)) for token, count in words.items()}
    return NameIndex(names, tuple(map(tuple, rows.values())), vocabulary, offsets, postings, weights, norms, idf)


def _weight(feature: str, count: int, total: int) -> float:
    rarity = log(1 + total / count)
    return rarity * (_SKELETON_WEIGHT**0.5 if feature.startswith("=") else 1.0)


def _postings(found: list[set[str]], vocabulary: dict[str, int]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    by_feature: list[list[int]] = [[] for _ in vocabulary]
    for position, features in enumerate(found):
        for feature in features:
            by_feature[vocabulary[feature]].append(position)
    offsets = np.zeros(len(vocabulary) + 1, dtype=np.int64)
    offsets[1:] = np.cumsum([len(names) for names in by_feature])
    flat = [position for names in by_feature for position in names]
    return offsets, np.array(flat, dtype=np.int32)


_ARRAYS = ("offsets", "postings", "weights", "norms")


def save_index(index: NameIndex, folder: Path) -> None:
    """Writes the arrays and the words into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in _ARRAYS:
        np.save(folder / f"{name}.npy", getattr(index, name))
    lines = (
        f"{' '.join(name)}\t{','.join(map(str, rows))}" for name, rows in zip(index.names, index.entries, strict=True)
    )
    (folder / "names.tsv").write_text("\n".join(lines), encoding="utf-8")
    (folder / "vocabulary.txt").write_text("\n".join(index.vocabulary), encoding="utf-8")
    idf = (f"{token}\t{value:.6f}" for token, value in index.token_idf.items())
    (folder / "idf.tsv").write_text("\n".join(idf), encoding="utf-8")


def load_index(folder: Path) -> NameIndex:
    """The index saved in `folder`, its arrays memory-mapped. Raises FileNotFoundError."""
    arrays = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in _ARRAYS}
    rows = [line.split("\t") for line in (folder / "names.tsv").read_text(encoding="utf-8").split("\n") if line]
    vocabulary = {
        feature: position for position, feature in enumerate((folder / "vocabulary.txt").read_text().split("\n"))
    }
    idf = dict(line.split("\t") for line in (folder / "idf.tsv").read_text().split("\n") if line)
    return NameIndex(
        names=tuple(tuple(name.split(" ")) for name, _ in rows),
        entries=tuple(tuple(map(int, numbers.split(","))) for _, numbers in rows),
        vocabulary=vocabulary,
        token_idf={token: float(value) for token, value in idf.items()},
        **arrays,
    )
