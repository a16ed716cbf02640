"""The texts of every language: collected out of templates and code, merged into `locale/`, compiled to what runs.

Babel does it, so no machine needs GNU gettext. A catalogue has neither dates nor line numbers and one order: it changes
with its texts alone.
"""

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

from compliance_site.catalogue.code import texts_in
from compliance_site.catalogue.countries import with_countries
from compliance_site.catalogue.shipped import of_shipped

_ELSEWHERE = {
    "tests", "bench", "scripts", "docs", "migrations", "node_modules", "var", "static", "locale", "deploy", "management", "demo",
    "synthesis",
}  # fmt: skip
_UNSTABLE = (
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Last-Translator",
    "Language-Team",
    "Report-Msgid-Bugs-To",
    "Generated-By",
)
_HEADER = "# Probity in another language: docs/guide/translating.md says how."


def languages() -> list[str]:
    """Codes of every language but the one that the sources are written in."""
    return [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def po_file(language: str) -> Path:
    """Where the texts of a language are written."""
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    """The catalogue of a language as it stands; empty where there is none yet."""
    path = po_file(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def collected() -> Catalog:
    """Every marked text of the sources, with the files it stands in."""
    found = Catalog()
    for path, line, message in [*_of_templates(), *_of_code(), *of_shipped()]:
        found.add(message, None, [(path, line)])
    return found


def merged(language: str) -> str:
    """The catalogue of a language with what the sources say now: new texts empty, texts that are gone left out."""
    catalogue = read(language)
    catalogue.update(collected(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.header_comment = _HEADER
    out = io.BytesIO()
    write_po(out, catalogue, width=120, sort_output=True, include_lineno=False)
    lines = out.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(tuple(f'"{name}' for name in _UNSTABLE)))


def compile_language(language: str) -> Path:
    """Writes what runs beside what people edit; a file that is newer than its source is left."""
    source = po_file(language)
    target = source.with_suffix(".mo")
    if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
        out = io.BytesIO()
        write_mo(out, with_countries(read(language), language))
        part = target.with_suffix(f".{id(out)}")  # processes that start at once do not read each other's halves
        part.write_bytes(out.getvalue())
        part.replace(target)
    return target


def _of_templates() -> Iterator[tuple[str, int, str | tuple[str, ...]]]:
    home = Path(settings.BASE_DIR)
    for path in sorted((home / "templates").rglob("*.*")):
        for line, message, _, _ in extract("python", io.BytesIO(_as_python(path.read_text())), DEFAULT_KEYWORDS):
            yield str(path.relative_to(home)), line, message


def _of_code() -> Iterator[tuple[str, int, str | tuple[str, str]]]:
    home = Path(settings.BASE_DIR)
    for path in sorted(home.glob("*/**/*.py")):
        inside = path.relative_to(home)
        if not _ELSEWHERE & set(inside.parts) and not inside.parts[0].startswith("."):
            for line, text in texts_in(path.read_text()):
                yield str(inside), line, text


def _as_python(template: str) -> bytes:
    """Django turns a template into calls of gettext among filler; without its indentation it is Python to a tokenizer."""
    return "\n".join(line.strip() for line in templatize(template).splitlines()).encode()
