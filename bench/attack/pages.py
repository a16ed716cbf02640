"""What a page offers: links and forms, those of HTMX among them."""

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

from lxml import html

_KEYS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)\d+(?=/|$)|(?<=/)[\w-]{40,}(?=/|$)")


@dataclass(frozen=True)
class Form:
    """Where a form goes and what it sends when nothing is changed."""

    url: str
    method: str
    values: tuple[tuple[str, str], ...] = ()
    files: tuple[str, ...] = ()  # names of the fields that take a file

    @property
    def pattern(self) -> str:
        """The same for forms that differ by ids alone."""
        return f"{self.method} {pattern_of(self.url)} {sorted({name for name, _ in self.values} | set(self.files))}"


@dataclass
class Offer:
    """Addresses to ask for, forms to send."""

    links: set[str] = field(default_factory=set)
    forms: list[Form] = field(default_factory=list)


def pattern_of(url: str) -> str:
    """The address without ids, and the names in its query."""
    parts = urlsplit(url)
    names = sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)})
    return f"{_KEYS.sub('*', parts.path)}?{'&'.join(names)}"


def offer_of(text: str, url: str) -> Offer:
    """What the page at `url` offers on its own site."""
    offer = Offer()
    if not text.strip():
        return offer
    tree = html.fromstring(f"<div>{text}</div>")
    for element in tree.iter(html.etree.Element):
        for name in ("href", "hx-get", "data-hx-get", "data-url"):
            if element.tag != "link" and (value := element.attrib.get(name)):
                offer.links.add(urljoin(url, value.split("#")[0]))
        target = element.attrib.get("hx-post")
        if element.tag == "form" or target:
            form = element if element.tag == "form" else next(element.iterancestors("form"), None)
            place = urljoin(url, target or element.attrib.get("action") or url)
            method = "POST" if target else element.attrib.get("method", "get").upper()
            values, files = (tuple(_values(form)), tuple(_files(form))) if form is not None else ((), ())
            offer.forms.append(Form(place, method, values, files))
    home = urlsplit(url).netloc
    offer.links = {link for link in offer.links if urlsplit(link).netloc == home}
    offer.forms = [form for form in offer.forms if urlsplit(form.url).netloc == home]
    return offer


def _values(form: Any) -> list[tuple[str, str]]:
    found: dict[str, str] = {}
    for element in form.iter("input", "select", "textarea", "button"):
        name, kind = element.attrib.get("name"), element.attrib.get("type", "")
        if not name or name == "csrfmiddlewaretoken" or kind == "file":
            continue
        if kind in {"checkbox", "radio"} and name in found and "checked" not in element.attrib:
            continue
        found[name] = _value(element)
    return list(found.items())


def _files(form: Any) -> list[str]:
    return [name for name in form.xpath(".//input[@type='file']/@name") if name]


def _value(element: Any) -> str:
    if element.tag == "select":
        options = element.xpath(".//option[@selected]") or element.xpath(".//option[@value!='']") or [None]
        return str(options[0].attrib.get("value", "")) if options[0] is not None else ""
    if element.tag == "textarea":
        return (element.text or "").strip() or "The evidence was examined in full."
    return str(element.attrib.get("value", "")) or ("1" if element.attrib.get("type") == "number" else "something")
