"""Reading large XML lists element by element: nothing fetched, no entity resolved, broken files recovered and told."""

import codecs
import re
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from lxml import etree

from screening.lists.base import ListFault

_MOST_TOLD = 5
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r")  # no XML 1.0 document may hold them
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_MOST_IN_MEMORY = 64 * 1024 * 1024
_SAFE: dict[str, Any] = {
    "resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False, "remove_comments": True,
    "remove_pis": True,
}  # fmt: skip
_DECLARED = re.compile(rb"""encoding=["']([A-Za-z0-9-]+)""")


class XmlElements:
    """The elements of the given local names in a file, one at a time; each is emptied after it was used.

    After the iteration `doubts` says where the file was not well-formed, `root` is the local name of its root.
    """

    def __init__(self, path: Path, *names: str) -> None:
        self._path, self._tags = path, [f"{{*}}{name}" for name in names]
        self._is_broken = False
        self.doubts: list[ListFault] = []
        self.root = ""

    def __iter__(self) -> Iterator[etree._Element]:
        count = 0
        with self._path.open("rb") as stream:
            for node in self._read(_Cleaned(stream, self._doubt)):
                count += 1
                yield node
        if self._is_broken and self._path.stat().st_size <= _MOST_IN_MEMORY:
            yield from self._rest(count)

    def _read(self, stream: "_Cleaned") -> Iterator[etree._Element]:
        reader = etree.iterparse(stream, events=("end",), tag=self._tags, recover=True, **_SAFE)
        try:
            for _, node in reader:
                yield node
                _forget(node)
        except etree.XMLSyntaxError as error:
            self._broken(error.lineno, f"is no XML: {error.msg}")
        for entry in reader.error_log:
            if entry.level_name in {"ERROR", "FATAL"}:
                self._broken(entry.line, f"is not well-formed: {entry.message}")
        root = getattr(reader, "root", None)
        self.root = "" if root is None else etree.QName(root).localname
        if root is not None and root.getroottree().docinfo.doctype:
            self.doubts.append(
                ListFault(self._path.name, "declares a document type, which the published list does not")
            )

    def _rest(self, count: int) -> Iterator[etree._Element]:
        """What stands behind the place at which reading as a stream gave up: found by reading the file as a whole."""
        with self._path.open("rb") as stream:
            content = _Cleaned(stream, lambda *_: None).read(_MOST_IN_MEMORY)
        root = etree.fromstring(content, etree.XMLParser(recover=True, **_SAFE)) if content else None
        yield from islice(root.iter(*self._tags) if root is not None else (), count, None)

    def _broken(self, line: int | None, told: str) -> None:
        self._is_broken = True
        self._doubt(line, told)

    def _doubt(self, line: int | None, told: str) -> None:
        if len(self.doubts) < _MOST_TOLD:
            self.doubts.append(ListFault(f"{self._path.name} line {line}", told))


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are no UTF-8 in a file that says it is: Windows-1252, as such files were made."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error("probity_windows", _as_windows)


class _Cleaned:
    """A file without the bytes that would end its reading where they stand; the lines they stood in are told."""

    def __init__(self, stream: BinaryIO, tell: Callable[[int, str], None]) -> None:
        self._stream, self._tell, self._line = stream, tell, 1
        head = stream.read(200)
        told = _DECLARED.search(head)
        self._is_text = not head.startswith(_UTF16)
        self._is_utf8 = self._is_text and (told is None or told.group(1).lower() == b"utf-8")
        stream.seek(0)

    def read(self, size: int = 1 << 16) -> bytes:
        """The next lines of at least `size` bytes."""
        lines = self._stream.readlines(size) if self._is_text else [self._stream.read(size)]
        cleaned = b"".join(map(self._clean, lines)) if self._is_text else lines[0]
        return cleaned or (self.read(size) if any(lines) else b"")

    def _clean(self, line: bytes) -> bytes:
        cleaned = line.translate(None, _CONTROLS)
        if self._is_utf8 and not cleaned.isascii():
            cleaned = cleaned.decode("utf-8", errors="probity_windows").encode()
        if len(cleaned) != len(line):
            self._tell(
                self._line, "holds bytes that no XML in UTF-8 may hold; they were left out or taken as Windows-1252"
            )
        self._line += 1
        return cleaned


def _forget(node: etree._Element) -> None:
    """Frees the element and those before it, so that memory does not grow with the file."""
    node.clear()
    while node.getprevious() is not None:
        del node.getparent()[0]


def text_of(node: etree._Element, path: str) -> str:
    """The text at `path` (local names, `/` between) with single blanks; empty where there is none."""
    found = node.find("/".join(f"{{*}}{name}" for name in path.split("/")))
    return " ".join("".join(found.itertext()).split()) if found is not None else ""


def all_of(node: etree._Element, path: str) -> list[etree._Element]:
    """The elements at `path` (local names; `//` for any depth)."""
    if path.startswith("//"):
        return list(node.iter(f"{{*}}{path[2:]}"))
    found: list[etree._Element] = node.findall("/".join(f"{{*}}{name}" for name in path.split("/")))
    return found


def texts_of(node: etree._Element, path: str) -> list[str]:
    """The texts of the elements at `path` that say something."""
    found = (" ".join("".join(item.itertext()).split()) for item in all_of(node, path))
    return [text for text in found if text]
