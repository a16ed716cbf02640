"""Every URL of the product with its methods, from the URL map itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import uuid4

from tests.test_url_map import VIEWS

PAGE_METHODS = ("GET", "POST")
_PLACE = re.compile(r"<(\w+):(\w+)>")


@dataclass(frozen=True)
class Operation:
    """A method of a pattern of the URL map, as `POST cases/<uuid:pk>/claim/`."""

    method: str
    pattern: str

    @property
    def is_rest(self) -> bool:
        return hasattr(VIEWS[self.pattern].callback, "cls")

    @property
    def has_key(self) -> bool:
        """True where the address holds an id or a token of something."""
        return any(_is_key(*place) for place in _PLACE.findall(self.pattern))

    def path(self, keys: dict[str, object]) -> str:
        """The address with these keys by the pattern before them; what is missing is somebody's that does not exist."""

        def value(match: re.Match[str]) -> str:
            before = self.pattern[: match.start()]
            if _is_key(match[1], match[2]):
                return str(keys.get(before, _NOTHING if match[1] == "int" else uuid4()))
            return next((known for start, known in _WORDS.items() if before == start), _USUAL[match[2]])

        return "/" + _PLACE.sub(value, self.pattern)


def _is_key(kind: str, name: str) -> bool:
    return kind == "uuid" or name in {"pk", "token", "leaf", "object_id"}


_NOTHING = 2**31 - 1  # no row of a test has it
_USUAL = {
    "number": "1", "position": "0", "page": "1", "place": "0", "move": "propose", "slug": "x", "dataset": "default",
    "event": "case.assigned", "language": "en", "kind": "csv", "domain": "finance", "what": "model", "code": "exports",
    "stream": "people", "object_type": "case", "subject_type": "case", "section": "activity", "name": "high_risk_countries",
}  # fmt: skip
_WORDS = {
    "cases/blueprints/": "onboarding", "notifications/channels/new/": "webhook", "reporting/replays/": "case",
    "filings/profiles/new/": "goaml", "reporting/exports/": "cases",
}  # fmt: skip


def operations() -> Iterator[Operation]:
    """All of them, in the order of the map's patterns."""
    for pattern in sorted(VIEWS):
        view = VIEWS[pattern].callback
        declared = getattr(getattr(view, "cls", None), "required_permissions", PAGE_METHODS)
        for method in sorted(declared):
            yield Operation(method, pattern)
