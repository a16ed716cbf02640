"""Finds what a person would read in a template and no translation would reach: text between tags and in attributes."""

import re
from html.parser import HTMLParser

_MARKED = re.compile(
    r"\{%\s*blocktranslate.*?\{%\s*endblocktranslate\s*%\}|\{%\s*comment.*?\{%\s*endcomment\s*%\}", re.DOTALL
)
_TAGS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
_ATTRIBUTES = {"aria-label", "title", "placeholder", "alt", "label", "aria-description", "aria-valuetext"}
_UNREAD = {"script", "style", "pre", "code", "kbd"}
# Names, formats and units that are the same in every language.
_NAMES = ("Probity", "REST", "JSON", "CSV", "XLSX", "PDF", "XML", "UTC", "SHA-256", "API", "IBAN", "BIC", "YAML", "ms", "goAML", "ROC",
          "KB", "MB", "XES", "Parquet", "ID", "STR", "SAR", "URL", "ISO", "PR", "AUC", "PSI", "SHAP", "LEI", "Excel", "KS", "F1", "CIDR",
          "px")  # fmt: skip
_WORD = re.compile(r"[A-Za-z]{2,}")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._unread: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in _ATTRIBUTES:
                self._note(value or "")
        if tag in _UNREAD:
            self._unread.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._unread and tag == self._unread[-1]:
            self._unread.pop()

    def handle_data(self, data: str) -> None:
        if not self._unread:
            for part in data.split("\ue000"):
                self._note(part)

    def _note(self, text: str) -> None:
        left = text
        for name in _NAMES:
            left = re.sub(rf"\b{re.escape(name)}\b", "", left)
        if _WORD.search(left):
            self.found.append(text.strip().replace("\ue000", "…"))


def unmarked(template: str) -> list[str]:
    """The texts of a template that are not marked, in their order."""
    reader = _Reader()
    reader.feed(_TAGS.sub("\ue000", _MARKED.sub("\ue000", template)))
    reader.close()
    return reader.found
