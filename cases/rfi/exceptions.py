"""Facts that requests for information refuse with."""

from core.exceptions import Conflict, NotFound, ProbityError


class LinkNotValid(NotFound):
    """The link was never given, has been answered, withdrawn, or has expired."""

    code, title = "link_not_valid", "This link cannot be used"


class RequestOpenAlready(Conflict):
    """A case waits for one request at a time."""

    code = "request_open_already"


class TooManyTries(ProbityError):
    """More was sent through the link than anybody needs to."""

    status, code, title = 429, "too_many_tries", "Too many tries"
