"""Errors a person or a client can act on. Each states a fact and carries its HTTP status, a code and where it is.

Raised by services and engines; turned into problem+json by `core.api.errors` and into a page by `core.middleware`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Fault:
    """One thing wrong with the input: a JSON pointer (RFC 6901), what is wrong, and what would be right."""

    pointer: str
    message: str
    suggestion: str = ""

    def as_dict(self) -> dict[str, str]:
        """The fault as it stands in a problem document."""
        entry = {"pointer": self.pointer, "detail": self.message}
        return entry | {"suggestion": self.suggestion} if self.suggestion else entry


@dataclass
class ProbityError(Exception):
    """Base of all errors with an answer for the caller. `message` never holds personal data."""

    message: str
    faults: Sequence[Fault] = ()
    extra: Mapping[str, object] = field(default_factory=dict)

    status = 400
    code = "error"
    title = "Something is wrong with this request"

    @property
    def retry_after(self) -> int:
        """Seconds after which the same request can work; 0 where waiting does not help or nobody knows."""
        return 0

    def __str__(self) -> str:
        return self.message


class InvalidInput(ProbityError):
    """The input breaks a rule; `faults` say where and what instead."""

    status, code, title = 422, "invalid_input", "The input is not valid"


class NotFound(ProbityError):
    """There is no such thing, or the caller may not know of it."""

    status, code, title = 404, "not_found", "Not found"


class PermissionRefused(ProbityError):
    """The caller may see the thing but may not do this to it."""

    status, code, title = 403, "permission_refused", "Not permitted"


class Conflict(ProbityError):
    """The thing is not in the state this needs, or somebody changed it first."""

    status, code, title = 409, "conflict", "The state has changed"


class Unavailable(ProbityError):
    """A part this needs does not answer now; trying later can work."""

    status, code, title = 503, "unavailable", "Temporarily unavailable"
