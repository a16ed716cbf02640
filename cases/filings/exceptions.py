"""Facts that filings refuse with."""

from core.exceptions import Conflict, InvalidInput, PermissionRefused


class AuthorCannotSettle(PermissionRefused):
    """Who wrote any of it neither reviews nor approves it: four eyes."""

    code = "author_cannot_settle"


class FilingNotInState(Conflict):
    """The filing is in a state from which this cannot be done."""

    code = "filing_not_in_state"


class FilingIncomplete(InvalidInput):
    """The report says too little, or something that its receiver does not take."""

    code = "filing_incomplete"
