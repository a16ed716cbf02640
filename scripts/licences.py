"""The licences of everything that is installed with Probity: `make licences`. Ends with 1 where one is not allowed.

Shipped is what requirements.lock and package-lock.json name; what requirements-dev.txt names besides serves checks and
tests alone. A package whose licence is not among those below needs a line in _EXCEPTIONS that says why it may stay.
"""

import json
import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
# Parts of names, in small letters: metadata spell the same licence in a dozen ways.
_ALLOWED = (
    "mit",
    "bsd",
    "apache",
    "isc",
    "mpl",
    "mozilla public",
    "psf",
    "python software",
    "zlib",
    "cc0",
    "unlicense",
)
_REFUSED = ("gpl", "general public", "sspl", "busl", "commons clause", "proprietary")
_EXCEPTIONS = {
    "psycopg2-binary": "LGPL with exceptions: imported as a library, unchanged and replaceable",
    "pycountry": "LGPL-2.1: imported as a library, unchanged and replaceable",
    "pyphen": "offered under GPL, LGPL or MPL 1.1: taken under MPL",
    "@tabler/icons-webfont": "MIT: its metadata name none, the icons it is made of (@tabler/icons) do",
    "qrcode": "BSD; the further classifier names the trade mark of QR Code, no licence",
}
_TEST_EXCEPTIONS = {
    "pymerkle": "GPL: another implementation that tests compare with; never shipped, never imported by the product",
    "djlint": "GPL: a program that checks templates; never shipped, never imported",
}


def name_of(line: str) -> str:
    """The package of a requirement's line, spelled as PyPI compares names (PEP 503)."""
    return re.sub(r"[-_.]+", "-", re.split(r"[=\[; ]", line, maxsplit=1)[0]).lower()


def pinned(path: Path) -> list[str]:
    """The packages that a file of requirements names."""
    return [name_of(line) for line in path.read_text().splitlines() if "==" in line and line[0].isalnum()]


def licence_of(package: str) -> str:
    """What the package's metadata say of its licence; empty where it is not installed or says nothing."""
    try:
        found = metadata.metadata(package)
    except metadata.PackageNotFoundError:
        return ""
    classifiers = [line.split(" :: ")[-1] for line in found.get_all("Classifier") or [] if line.startswith("License")]
    written = found.get("License-Expression") or "; ".join(item for item in classifiers if item != "OSI Approved")
    return written or (found.get("License") or "").strip().split("\n")[0] or _file_of(package)


def _file_of(package: str) -> str:
    """The first line of the licence that comes with the package."""
    files = [file for file in metadata.files(package) or [] if re.match(r"(?i)licen[cs]e|copying", file.name)]
    lines = files[0].read_text().strip().split("\n") if files else [""]
    return lines[0].strip()


def is_allowed(licence: str) -> bool:
    """Whether a licence may be taken without a word."""
    small = licence.lower()
    return any(word in small for word in _ALLOWED) and not any(word in small for word in _REFUSED)


def front_end() -> Iterator[tuple[str, str]]:
    """(package, licence) of everything the pages are made of."""
    packages = json.loads((HOME / "package-lock.json").read_text())["packages"]
    return ((path.removeprefix("node_modules/"), item.get("license", "")) for path, item in packages.items() if path)


def main() -> int:
    """Prints every package with its licence, then what is not allowed; the number of those as 0 or 1."""
    shipped = pinned(HOME / "requirements.lock")
    checking = [name for name in pinned(HOME / "requirements-dev.txt") if name not in shipped]
    rows = [("shipped", name, licence_of(name), _EXCEPTIONS.get(name, "")) for name in shipped]
    rows += [("pages", name, licence, _EXCEPTIONS.get(name, "")) for name, licence in front_end()]
    rows += [("tests", name, licence_of(name), _TEST_EXCEPTIONS.get(name, "")) for name in checking]
    wrong = []
    for where, name, licence, reason in rows:
        may_stay = reason or ("not installed on this machine" if where != "pages" and _is_absent(name) else "")
        print(f"{where:8} {name:28} {licence or '-'}{f'  ({may_stay})' if may_stay else ''}")
        if not may_stay and not is_allowed(licence):
            wrong.append(f"{name}: {licence or 'no licence named'}")
    print(f"{len(rows)} packages, {len(wrong)} not allowed", *wrong, sep="\n")
    return int(bool(wrong))


def _is_absent(package: str) -> bool:
    try:
        metadata.distribution(package)
    except metadata.PackageNotFoundError:
        return True
    return False


if __name__ == "__main__":
    sys.exit(main())
