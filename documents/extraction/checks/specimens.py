"""Numbers and words of published specimens. People do submit them: they are the first pictures a search finds."""

import re

from documents.extraction.checks.shapes import DocumentFacts, Evidence

SPECIMEN_NUMBERS = frozenset({
    "L898902C3", "L8988901C", "D23145890",  # ICAO 9303 parts 4, 5, 6 and 7
    "C01X00T47", "C01X0006H", "T22000129", "L01X00T47",  # Germany: passports, identity cards of 2010 and 2021
    "SPECI2014", "SPECI2021",  # Netherlands
})  # fmt: skip
_WORDS = re.compile(r"\W*(SPECIMEN|MUSTER|ESPECIMEN|ESPÉCIMEN|SPÉCIMEN|FACSIMILE|FAC-SIMILE)\W*")


def specimen_words(document: DocumentFacts) -> tuple[Evidence, ...]:
    """Where one of the words stands, in capitals as such prints have it."""
    return tuple(Evidence(page, word.box) for page, word in document.words() if _WORDS.fullmatch(word.text))
