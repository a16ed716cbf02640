"""News articles as they arrive: RSS and Atom, JSON, or a folder of files. What looks like markup is dropped."""

import hashlib
import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import feedparser

_TAGS = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.IGNORECASE | re.DOTALL)
_LONGEST = 200_000


@dataclass(frozen=True)
class NewsItem:
    """An article: plain text, where it was published, and when (ISO, as far as known)."""

    title: str
    text: str
    url: str = ""
    published: str = ""
    source: str = ""

    @property
    def sha256(self) -> str:
        """Equal for the same text wherever it was published: blanks, case and punctuation do not count."""
        words = re.findall(r"\w+", f"{self.title} {self.text}".casefold())
        return hashlib.sha256(" ".join(words).encode()).hexdigest()


def items_of(path: Path) -> Iterator[NewsItem]:
    """The articles of a file (RSS, Atom, JSON, JSON lines, text) or of every file of a folder. Raises ValueError."""
    if path.is_dir():
        for file in sorted(path.iterdir()):
            if file.is_file() and not file.name.startswith("."):
                yield from items_of(file)
        return
    content = path.read_bytes()
    start = content.lstrip()[:1]
    if path.suffix in {".json", ".jsonl"} or start in {b"{", b"["}:
        yield from _of_json(content.decode("utf-8-sig"), path.name)
    elif start == b"<" and path.suffix not in {".html", ".htm"}:
        yield from _of_feed(content, path.name)
    else:
        title, _, text = content.decode("utf-8", errors="replace").partition("\n")
        yield NewsItem(plain(title)[:500], plain(text or title), source=path.name)


def _of_feed(content: bytes, name: str) -> Iterator[NewsItem]:
    feed = feedparser.parse(content)
    if not feed.entries and feed.bozo:
        raise ValueError(f"{name} is no feed: {type(feed.bozo_exception).__name__}")
    for entry in feed.entries:
        whole = " ".join(part.get("value", "") for part in entry.get("content", [])) or entry.get("summary", "")
        published = entry.get("published_parsed") or entry.get("updated_parsed")
        day = "{:04d}-{:02d}-{:02d}".format(*published[:3]) if published else ""
        yield NewsItem(plain(entry.get("title", ""))[:500], plain(whole), entry.get("link", "")[:500], day,
                       plain(feed.feed.get("title", name))[:200])  # fmt: skip


def _of_json(text: str, name: str) -> Iterator[NewsItem]:
    try:
        told = json.loads(text)
    except ValueError:
        told = [json.loads(line) for line in text.splitlines() if line.strip()]
    rows = told.get("articles", [told]) if isinstance(told, dict) else told
    for row in rows:
        yield _of_record(row, name)


def _of_record(row: dict[str, Any], name: str) -> NewsItem:
    source = row.get("source")
    source = source.get("name", "") if isinstance(source, dict) else source
    text = str(row.get("text") or row.get("content") or row.get("article") or row.get("description") or "")
    day = str(row.get("published") or row.get("publishedAt") or row.get("date") or "")[:10]
    return NewsItem(plain(str(row.get("title") or ""))[:500], plain(text), str(row.get("url") or "")[:500], day,
                    str(source or name)[:200])  # fmt: skip


def plain(text: str) -> str:
    """The text without markup, with single blanks."""
    return " ".join(html.unescape(_TAGS.sub(" ", text[:_LONGEST])).split())
