"""A pack as a PDF that people read. Nothing is fetched: pictures of pages come from the store, styles from the template."""

import hashlib
import io
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import weasyprint
from django.db.models import Q
from django.template.loader import render_to_string
from PIL import Image
from weasyprint.urls import URLFetcher, URLFetcherResponse

from audit.selectors import TreeBetween, counts_by_action, entries_wanted, rows_from
from core.actor import Actor
from core.clock import now
from core.language import in_english
from documents.selectors import page_bytes
from reporting.evidence.content import Content
from reporting.evidence.scope import Scope

MOST_ENTRIES, MOST_CASES, MOST_PAGES = 1500, 500, 4
_WIDTH = 620
_PAGE = "page:"


@dataclass
class Report:
    """What the report tells. Of a case or a customer `content` is whole; of a period it is counted, customer by customer."""

    scope: Scope
    viewer: Any
    tree: TreeBetween
    hidden: Q | None
    by: Actor
    entries: int
    with_personal: bool
    content: Content = field(default_factory=dict)
    rows: list[Content] = field(default_factory=list)
    figures: dict[str, Counter[str]] = field(default_factory=dict)

    def count(self, content: Content) -> None:
        """Counts a customer's part of a period, and keeps the first some hundred cases for the list."""
        for case in content["cases"]:
            settled = next((one for one in case["decisions"] if one["state"] == "approved"), None)
            self._one("Cases by status", case["case"]["status"])
            self._one("Decisions", settled["kind"] if settled else "not decided")
            if len(self.rows) < MOST_CASES:
                told = {"customer": content["customer"]["external_id"], "erased": content["customer"]["erasure"]}
                self.rows.append(case["case"] | told | {"decision": settled})
        for hit in content["hits"]:
            self._one("Hits of these customers", hit["disposition"] or hit["state"])
        for alert in content["alerts"]:
            self._one("Alerts of these customers", alert["disposition"] or alert["state"])

    @property
    def tables(self) -> list[tuple[str, list[tuple[str, int]]]]:
        """What was counted, the most frequent first."""
        return [(title, counts.most_common()) for title, counts in self.figures.items()]

    def _one(self, of: str, name: str) -> None:
        self.figures.setdefault(of, Counter())[str(name).replace("_", " ")] += 1


def report_pdf(report: Report) -> bytes:
    """The report with a cover, contents and page numbers. Raises nothing for a picture that is gone: its place stays empty."""
    entries = entries_wanted(report.scope.entries, report.hidden)
    timeline = [] if report.scope.customer is None else entries[:MOST_ENTRIES]
    note = report.tree.newest
    context = {
        "report": report, "scope": report.scope, "content": report.content, "made_at": now(), "note": note,
        "root": note.split("\n")[2], "note_sha256": hashlib.sha256(note.encode()).hexdigest(), "most_pages": MOST_PAGES,
        "timeline": rows_from(timeline, with_personal=report.with_personal), "most_cases": MOST_CASES,
        "actions": counts_by_action(entries) if report.scope.customer is None else [],
    }  # fmt: skip
    with in_english():
        html = render_to_string("reporting/evidence/report.html", context)
    document: bytes = weasyprint.HTML(string=html, url_fetcher=_Pages()).write_pdf()
    return document


class _Pages(URLFetcher):
    """Gives a page's picture, small; anything else is refused."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if not url.startswith(_PAGE):
            raise ValueError(f"an evidence report fetches nothing, and {url[:40]} is not in it")
        return URLFetcherResponse(url, _small(page_bytes(url.removeprefix(_PAGE))), {"Content-Type": "image/jpeg"})


def _small(picture: bytes) -> bytes:
    """The picture at the size that it is printed in."""
    with Image.open(io.BytesIO(picture)) as image:
        image.thumbnail((_WIDTH, _WIDTH * 2))
        out = io.BytesIO()
        image.convert("RGB").save(out, "JPEG", quality=70)
    return out.getvalue()
