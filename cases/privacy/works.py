"""Erasing as long work."""

from uuid import UUID

from django.urls import reverse

from cases.privacy.exceptions import ErasureBarred
from cases.privacy.services import ERASING_WORK, carry_out_erasure, put_back
from workflows.engine.long_work import Progress, WorkContext, WorkKind, WorkResult, register_work


def _erase(context: WorkContext, progress: Progress) -> WorkResult:
    request_id = UUID(str(context.inputs["request_id"]))
    progress.report(0, 1, "erasing")
    try:
        counts = carry_out_erasure(request_id=request_id, by=context.by)
    except ErasureBarred:
        put_back(request_id=request_id, by=context.by)
        raise
    progress.report(1, 1, "erasing")
    return WorkResult(dict(counts), reverse("cases:privacy_request", args=[request_id]))


register_work(WorkKind(ERASING_WORK, _erase, "Nothing is erased: it is all or nothing."))
