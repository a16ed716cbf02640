"""What is put into fields and queries, and what in an answer tells that it did something."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import httpx
from lxml import html

NAME = "probeq7"
FOREIGN = "https://attacker.example/"
_PRODUCT = str(7919 * 7907)  # what a template makes of the sum below
SPEAKING = f"q7'\"></textarea></title><{NAME} y=1><b {NAME}=1>{{{{7919*7907}}}}${{7919*7907}}' OR 1=1 --"
LEADING = (FOREIGN, "//attacker.example/x", "javascript:probeq7()", "/\\attacker.example")
CLIMBING = "../" * 12 + "etc/passwd"
ODD = (
    "a\r\nX-Probe: 1\r\n\r\n<b>", "A" * 60_000, "\x00", "-1", "99999999999999999999", "1e999",
    "NaN", "0000-00-00", "[]", "{\"a\":1}", "\u202e\u0000\ufffe", "=1+1", "%00%2e%2e%2f", "'", "1' AND SLEEP(9)--",
)  # fmt: skip
_ERRORS = re.compile(
    r"Traceback \(most recent|OperationalError|ProgrammingError|DataError|IntegrityError|syntax error at or near|SQLITE_|"
    r"psycopg|django\.(db|core|template)\.|lxml\.etree|TemplateSyntaxError|You're seeing this error because"
)
_FILE = re.compile(r"root:[^:\n]*:0:0:")
_FIRST_OF_OURS = 500


def payloads(number: int) -> tuple[str, ...]:
    """Values for the field of this number: one that speaks every language, a way up, one that leads away, an odd one, in turn."""
    return SPEAKING, CLIMBING, LEADING[number % len(LEADING)], ODD[number % len(ODD)]


def found_in(answer: httpx.Response, home: str) -> Iterator[str]:
    """What is wrong with an answer, in words."""
    if answer.status_code >= _FIRST_OF_OURS:
        yield f"a server error: {answer.status_code}"
    away = urlsplit(urljoin(home, answer.headers.get("location", "")))
    if away.netloc != urlsplit(home).netloc or away.scheme not in {"http", "https"}:
        yield "a redirect to elsewhere"
    if "x-probe" in answer.headers:
        yield "a header of the attacker's"
    if answer.headers.get("x-content-type-options") != "nosniff":
        yield "an answer whose type a browser may guess"
    kind = answer.headers.get("content-type", "")
    text = answer.text if kind.startswith(("text/", "application/json", "application/problem")) else ""
    if _FILE.search(text):
        yield "a file of the server"
    if _ERRORS.search(text):
        yield "the text of an error"
    if _PRODUCT in text:
        yield "a template that ran"
    if kind.startswith("text/html") and NAME in text:
        yield from _marks(text)


def _marks(text: str) -> Iterator[str]:
    for element in html.fromstring(f"<div>{text}</div>").iter(html.etree.Element):
        if element.tag == NAME or NAME in element.attrib:
            yield "a mark that became an element"
            return
        if any(value.strip().lower().startswith(f"javascript:{NAME}") for value in element.attrib.values()) and (
            {"href", "action", "formaction", "src"} & {name for name, value in element.attrib.items() if NAME in value}
        ):
            yield "a link that runs"
            return
