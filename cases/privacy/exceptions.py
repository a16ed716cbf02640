"""Facts that data protection refuses with."""

from core.exceptions import Conflict


class ErasureBarred(Conflict):
    """Something stands in the way of erasing; the faults name everything that does."""

    code = "erasure_barred"


class RecorderCannotApprove(Conflict):
    """Who recorded the wish to erase asks to approve it."""

    code = "recorder_cannot_approve"


class RequestSettled(Conflict):
    """The request has been answered already, or another of its kind is open."""

    code = "request_settled"
