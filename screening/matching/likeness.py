"""How alike two words are: typing errors within a budget by length, sound, shape, short forms, initials."""

from functools import lru_cache

from rapidfuzz.distance import OSA

from screening.matching.phonetics import consonants, has_vowel, shape, skeleton, sounded
from screening.matching.policy import NameWeights
from screening.matching.words import PARTICLES, stand_for_one_name

SAME, TYPED, SOUND, VOWELS, SHAPE, NICKNAME, INITIAL, CUT = (
    "same", "typed", "sound", "vowels", "shape", "nickname", "initial", "cut",
)  # fmt: skip
_SHORTEST_KEY, _SHORT, _TINY, _PARTICLE = 3, 4, 3, 2
_ONE_SOUND = frozenset(["ck", "kc", "kq", "qk", "vw", "wv", "fp", "pf", "iy", "yi"])


def budget(length: int) -> int:
    """Errors that a word of so many letters may hold: none up to two letters, three from ten on."""
    return 0 if length <= 2 else 1 if length <= 5 else 2 if length <= 9 else 3  # noqa: PLR2004 - the rule itself


@lru_cache(maxsize=131072)
def word_likeness(one: str, other: str, weights: NameWeights) -> tuple[float, str]:
    """0-1 and the kind of likeness; 0 where the words have nothing to do with one another."""
    if one == other:
        return 1.0, SAME
    if len(one) == 1 or len(other) == 1:
        return (weights.initial, INITIAL) if one[0] == other[0] else (0.0, "")
    if len(one) == len(other) == _PARTICLE and one[1] == other[1] and (one in PARTICLES) != (other in PARTICLES):
        return weights.near_particle, TYPED
    return max(typed_likeness(one, other, weights), _keyed(one, other, weights))


def typed_likeness(one: str, other: str, weights: NameWeights) -> tuple[float, str]:
    """By typing errors alone."""
    if one == other:
        return 1.0, SAME
    longest = max(len(one), len(other))
    allowed = budget(longest)
    errors = OSA.distance(one, other, score_cutoff=allowed) if allowed else 1
    if errors > allowed:
        return 0.0, ""
    likeness = 1 - errors / longest * (weights.error[errors] if longest > _TINY else weights.tiny_error)
    start = one[0] == other[0] or one[:2] == other[1::-1]
    return (likeness if start else likeness - weights.other_start), TYPED


def _keyed(one: str, other: str, weights: NameWeights) -> tuple[float, str]:
    """By what both share: the given name, sound, look, or consonants (where vowels alone differ or one side has none)."""
    if stand_for_one_name(one, other):
        return weights.same_name, NICKNAME
    shortest, longest = min(len(one), len(other)), max(len(one), len(other))
    if sounded(one) == sounded(other) and (longest > _SHORT or one[0] == other[0] or one[0] + other[0] in _ONE_SOUND):
        further = max(0, OSA.distance(one, other) - 1)
        return weights.same_sound - weights.sound_error * further, SOUND
    if shortest >= _SHORTEST_KEY and shape(one) == shape(other):
        return (weights.same_shape if shortest > _TINY else weights.tiny_shape), SHAPE
    bare = consonants(one)
    if len(bare) >= _SHORTEST_KEY and bare == consonants(other) and not (has_vowel(one[1:]) and has_vowel(other[1:])):
        return weights.no_vowels, VOWELS
    key = skeleton(one)
    if len(key) < _SHORTEST_KEY or key != skeleton(other) or not _same_start(one, other):
        return 0.0, ""
    errors = OSA.distance(one, other)
    return (weights.same_bones - weights.bones_error * errors / longest, SOUND) if 2 * errors <= longest else (0.0, "")


def _same_start(one: str, other: str) -> bool:
    """Words that sound alike start alike: both with a vowel, or with the same sound."""
    vowels = "aeiouy"
    return (one[0] in vowels and other[0] in vowels) or sounded(one)[:1] == sounded(other)[:1]
