"""Ways in which a name is written otherwise than it is listed. Each gives None where it does not apply."""

import random
import re
from collections.abc import Callable

from screening.matching.normalise import is_form
from screening.matching.words import GENERIC

Spoil = Callable[[str, random.Random], str | None]
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_OCR = [
    ("o", "0"), ("l", "1"), ("i", "1"), ("i", "l"), ("rn", "m"), ("m", "rn"), ("s", "5"), ("b", "8"), ("e", "c"), ("u", "v"),
    ("cl", "d"), ("d", "cl"), ("h", "b"), ("w", "vv"), ("g", "9"), ("z", "2"), ("n", "ri"), ("a", "o"), ("t", "f"), ("g", "q"),
]  # fmt: skip
_SOUNDS = [
    ("ph", "f"), ("f", "ph"), ("ou", "u"), ("u", "ou"), ("c", "k"), ("k", "c"), ("y", "i"), ("i", "y"), ("ck", "k"), ("ee", "i"),
    ("v", "w"), ("w", "v"), ("kh", "h"), ("h", "kh"), ("dzh", "j"), ("x", "ks"), ("ks", "x"), ("ov", "off"), ("ei", "ey"),
    ("th", "t"), ("q", "k"), ("z", "s"), ("s", "z"), ("oo", "u"), ("u", "oo"), ("j", "dj"), ("e", "i"), ("o", "u"), ("ll", "l"),
    ("mm", "m"), ("ss", "s"), ("l", "ll"), ("sh", "sch"), ("ch", "tch"), ("ya", "ia"), ("ye", "e"),
]  # fmt: skip
_TITLES = ["Mr", "Mrs", "Dr", "Prof.", "Sheikh", "Hajji", "General", "H.E.", "Eng.", "Sir"]
_CYRILLIC = [
    ("shch", "щ"), ("zh", "ж"), ("kh", "х"), ("ts", "ц"), ("ch", "ч"), ("sh", "ш"), ("yu", "ю"), ("ya", "я"), ("yo", "ё"),
    ("x", "кс"), ("ce", "се"), ("ci", "си"),
    *zip("abvgdezijklmnoprstufhcqwy", "абвгдезийклмнопрстуфхкквй", strict=True),
]  # fmt: skip


def typo(name: str, chance: random.Random) -> str | None:
    """A letter added, lost or replaced; in a long name in two words."""
    changed = _in_word(name, chance, _one_error)
    again = changed and len(name) > 20 and chance.random() < 0.4
    return _in_word(changed, chance, _one_error) if again and changed else changed


def transpose(name: str, chance: random.Random) -> str | None:
    """Two neighbouring letters swapped."""
    return _in_word(name, chance, _swapped)


def ocr(name: str, chance: random.Random) -> str | None:
    """One or two letters as a scanner misreads them."""
    return _replaced(name, chance, _OCR)


def phonetic(name: str, chance: random.Random) -> str | None:
    """One or two sounds written in another way."""
    return _replaced(name, chance, _SOUNDS)


def order(name: str, chance: random.Random) -> str | None:
    """The words in another order."""
    words = name.replace(",", "").split()
    if len(words) < 2:
        return None
    turned = [words[-1], *words[:-1]]
    if chance.random() < 0.4:
        chance.shuffle(turned)
    return f"{turned[0]}, {' '.join(turned[1:])}" if chance.random() < 0.3 else " ".join(turned)


def initials(name: str, chance: random.Random) -> str | None:
    """The first word, or all but the last, as initials: given names, so a name with words of companies is not asked."""
    words = name.split()
    if any(word in GENERIC or is_form(word) or is_form(word.strip(",.")) for word in name.lower().split()):
        return None
    if not 2 <= len(words) <= 5 or not all(re.fullmatch(r"[A-Za-z'’-]{2,}", word) for word in words):
        return None
    dot = chance.choice(["", "."])
    count = len(words) - 1 if chance.random() < 0.5 else 1
    return " ".join([*(word[0] + dot for word in words[:count]), *words[count:]])


def truncated(name: str, chance: random.Random) -> str | None:
    """The end cut off: down to three quarters of the letters, or the last word to its first letters."""
    words = name.split()
    if len(words) < 2 or len(name) < 12:
        return None
    if chance.random() < 0.5 and len(words[-1]) >= 5:
        return " ".join([*words[:-1], words[-1][: chance.randint(3, len(words[-1]) - 1)]])
    return name[: max(9, int(len(name) * chance.uniform(0.7, 0.9)))].strip()


def vowels(name: str, chance: random.Random) -> str | None:
    """The vowels of one or all long words left out."""
    words = name.lower().split()
    long = [number for number, word in enumerate(words) if len(re.sub("[aeiou]", "", word)) >= 4]
    if not long:
        return None
    dropped = set(long) if chance.random() < 0.3 else {chance.choice(long)}
    return " ".join(_without_vowels(word) if number in dropped else word for number, word in enumerate(words))


def titles(name: str, chance: random.Random) -> str | None:
    """A title before the name."""
    return f"{chance.choice(_TITLES)} {name}"


def dropped(name: str, chance: random.Random) -> str | None:
    """A middle word left out, where there are three or more."""
    words = name.split()
    if len(words) < 3:
        return None
    place = chance.randrange(1, len(words) - 1)
    return " ".join([*words[:place], *words[place + 1 :]])


def glued(name: str, chance: random.Random) -> str | None:
    """Two neighbouring words written as one, or a long word as two."""
    words = name.split()
    long = [number for number, word in enumerate(words) if len(word) >= 8]
    if len(words) > 1 and (not long or chance.random() < 0.6):
        place = chance.randrange(len(words) - 1)
        return " ".join([*words[:place], words[place] + words[place + 1], *words[place + 2 :]])
    if not long:
        return None
    place = chance.choice(long)
    cut = len(words[place]) // 2
    return " ".join([*words[:place], words[place][:cut], words[place][cut:], *words[place + 1 :]])


def homoglyphs(name: str, chance: random.Random) -> str | None:
    """Latin letters as Cyrillic and Greek ones that look the same, and a zero-width space."""
    return name.translate(str.maketrans("aeopcAEKMO", "аеорсΑΕΚΜΟ"))[:4] + "\u200b" + name[4:]


def cross_script(name: str, chance: random.Random) -> str | None:
    """The name in Cyrillic letters."""
    text = name.lower()
    for latin, letter in _CYRILLIC:
        text = text.replace(latin, letter)
    return text.title()


SPOILS: tuple[Spoil, ...] = (
    typo, transpose, order, ocr, initials, truncated, phonetic, vowels, titles, dropped, glued, homoglyphs, cross_script,
)  # fmt: skip
FLOORS = {"typo": 0.99, "transpose": 0.99, "order": 0.99, "ocr": 0.97, "initials": 0.95, "truncated": 0.85}


def _in_word(name: str, chance: random.Random, change: Callable[[str, random.Random], str]) -> str | None:
    words = name.split()
    fit = [number for number, word in enumerate(words) if len(word) >= 4 and word.isalpha()]
    if not fit:
        return None
    place = chance.choice(fit)
    return " ".join([*words[:place], change(words[place], chance), *words[place + 1 :]])


def _one_error(word: str, chance: random.Random) -> str:
    place, letter = chance.randrange(len(word)), chance.choice(_LETTERS)
    return word[:place] + chance.choice([letter + word[place:], word[place + 1 :], letter + word[place + 1 :]])


def _swapped(word: str, chance: random.Random) -> str:
    place = chance.randrange(len(word) - 1)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _replaced(name: str, chance: random.Random, pairs: list[tuple[str, str]]) -> str | None:
    text = name.lower()
    for _ in range(2 if len(name) > 14 and chance.random() < 0.5 else 1):
        held = [pair for pair in pairs if pair[0] in text]
        if not held:
            return None
        old, new = chance.choice(held)
        place = chance.choice([found.start() for found in re.finditer(re.escape(old), text)])
        text = text[:place] + new + text[place + len(old) :]
    return text


def _without_vowels(word: str) -> str:
    return word[0] + re.sub("[aeiou]", "", word[1:])
