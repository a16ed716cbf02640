"""Every weight and threshold of the engine in one place, with a hash that results carry."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, eq=False)  # compared by identity: it is a key of hot caches
class NameWeights:
    """How alike two names are, 0 to 1. Figures are shares of a word's own weight unless said otherwise."""

    error: tuple[float, ...] = (0.0, 0.60, 0.95, 1.15)  # likeness lost = errors / letters times this
    tiny_error: float = 1.0  # the same for words of up to three letters
    other_start: float = 0.04  # people rarely mistype the first letter
    known_other: float = 0.12  # both spellings are names of their own on the lists: Maria and Mario
    short_other: float = 0.12  # and both are short: Wan and Won
    same_sound: float = 0.94
    sound_error: float = 0.04  # less for each letter but one that differs
    same_bones: float = 0.95  # consonants agree; less for each vowel that differs
    bones_error: float = 0.40
    no_vowels: float = 0.90
    same_shape: float = 0.93
    tiny_shape: float = 0.85  # the same for words of three letters
    near_particle: float = 0.50  # ol beside al
    same_name: float = 0.85  # Bob and Robert
    initial: float = 0.82
    initial_weight: float = 0.30  # an initial weighs this much of the word it stands for
    cut: float = 0.88  # the last word of the query is the beginning of a listed one
    known_cut: float = 0.74  # and is a name of its own as well
    crossed_initial: float = 0.40  # initials in another order than the words they stand for
    beside_initials: float = 0.90  # a word whose other words are initials must be this alike
    glued: float = 0.97
    reordered: float = 0.99
    particle: float = 0.12  # weight of al, bin, von
    generic: float = 0.35  # at most, of words that thousands of organisations bear
    form: float = 0.20  # at most, of legal forms that are words of names too
    left_out: float = 0.18  # a word that is only on the list
    added: float = 0.45  # a word that is only in the query
    contradicted: float = 1.0  # a word on each side that have nothing in common
    one_word: float = 0.60  # most that a single shared word gives
    short: float = 0.75  # most that a name of one word gives beside a longer one


@dataclass(frozen=True)
class EvidenceWeights:
    """What speaks for and against, added to the similarity of the names."""

    same_date: float = 0.12
    fitting_date: float = 0.06
    swapped_date: float = 0.05
    one_digit: float = 0.02
    near_year: float = -0.02
    other_year: float = -0.12
    far_year: float = -0.25
    same_country: float = 0.03
    other_country: float = -0.05
    same_id: float = 1.0
    same_gender: float = 0.005
    other_gender: float = -0.10
    same_place: float = 0.04
    rare: float = 0.015
    common: float = -0.08
    rare_from: float = 17.0  # nats of surprise in the words that agree; 11 is one name in 60,000
    rare_to: float = 14.0
    common_from: float = 10.5
    common_to: float = 6.0


@dataclass(frozen=True)
class MatchPolicy:
    """When a match is raised: similarity and evidence together reach `raise_from`, the name alone at least `near_from`.

    A name of `exact_from` or more that evidence talks down is recorded as discounted, never dropped. A weak alias needs
    `weak_from`. `names` and `evidence` hold the weights.
    """

    raise_from: float = 0.86
    near_from: float = 0.76
    exact_from: float = 0.90
    weak_from: float = 0.95
    candidates: int = 32
    names: NameWeights = NameWeights()
    evidence: EvidenceWeights = EvidenceWeights()

    @property
    def sha256(self) -> str:
        """Names this configuration: results carry it, so that they can be replayed."""
        return hashlib.sha256(repr(self).encode()).hexdigest()


DEFAULT_POLICY = MatchPolicy()
