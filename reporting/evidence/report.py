"""The case as a PDF that people read. Nothing is fetched: pictures come from the store, styles from the template."""

from typing import Any

import weasyprint
from django.template.loader import render_to_string

from cases.models import Case
from core.clock import now


def report_pdf(case: Case, content: dict[str, Any], entries: list[Any], checkpoint: str) -> bytes:
    """PDF of the case: facts, findings, decisions, the record; each page names the case and the checkpoint's size."""
    context = {"case": case, "content": content, "entries": entries, "made_at": now(), "checkpoint": checkpoint,
               "size": checkpoint.split("\n")[1]}  # fmt: skip
    html = render_to_string("reporting/evidence_report.html", context)
    document: bytes = weasyprint.HTML(string=html, url_fetcher=_refuse).write_pdf()
    return document


def _refuse(url: str, *args: object, **kwargs: object) -> dict[str, object]:
    raise ValueError(f"an evidence report fetches nothing, and {url[:40]} is not in it")
