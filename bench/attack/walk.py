"""One person's walk over everything the product shows them, with every field and query tried."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

import httpx

from bench.attack.pages import Form, Offer, offer_of, pattern_of
from bench.attack.probes import found_in, payloads
from bench.attack.uploads import HARMLESS, Upload, uploads

# Left alone: they would end the session, take the attacker's own account away, or stop the installation for all.
_LEFT_ALONE = re.compile(
    r"/(logout|sessions|password|mfa|2fa|reauthenticate|i18n|erase|deactivate|end|language)\b|/static/"
)
_TOKEN = "0123456789abcdef" * 2
_SAMPLES, _PATIENCE, _NOT_ALLOWED = 2, 60, 403


@dataclass
class Walk:
    """`most` requests at the utmost, and a last look at every page; `findings` are told once for each address pattern."""

    home: str
    session: str
    most: int
    start: str = "/"
    requests: Counter[int] = field(default_factory=Counter)
    findings: set[str] = field(default_factory=set)
    forms: dict[str, Form] = field(default_factory=dict)
    visited: dict[str, list[str]] = field(default_factory=dict)
    fields: int = 0
    files: int = 0
    refused_without_token: int = 0

    def __post_init__(self) -> None:
        self._client = httpx.Client(
            cookies={"sessionid": self.session, "csrftoken": _TOKEN}, timeout=_PATIENCE, follow_redirects=False
        )
        self._waiting: deque[str] = deque([urljoin(self.home, self.start)])

    def done(self) -> "Walk":
        """Crawls, tries queries and forms, and looks at every page once more for what was kept."""
        self._crawl()
        for form in list(self.forms.values()):
            self._try_form(form)
        for url in [url for urls in self.visited.values() for url in urls[:1]]:
            self._try_query(url)
        self.most += len(self.visited)
        for urls in self.visited.values():
            self._get(urls[0])
        self._client.close()
        return self

    @property
    def asked(self) -> int:
        """How many requests so far."""
        return self.requests.total()

    def _crawl(self) -> None:
        while self._waiting and self.asked < self.most:
            url = self._waiting.popleft()
            if not self._is_within(url):
                continue
            known = self.visited.setdefault(pattern_of(url), [])
            if url in known or len(known) >= _SAMPLES:
                continue
            known.append(url)
            answer = self._get(url)
            if answer is not None:
                self._take(offer_of(answer.text, url) if _is_page(answer) else Offer(), answer, url)

    def _is_within(self, url: str) -> bool:
        return url.startswith(urljoin(self.home, self.start)) and not _LEFT_ALONE.search(url)

    def _take(self, offer: Offer, answer: httpx.Response, url: str) -> None:
        self._waiting.extend(sorted(offer.links))
        if "location" in answer.headers:
            self._waiting.append(urljoin(url, answer.headers["location"]))
        for form in offer.forms:
            if self._is_within(form.url):
                self.forms.setdefault(form.pattern, form)

    def _try_query(self, url: str) -> None:
        parts = urlsplit(url)
        given = parse_qsl(parts.query, keep_blank_values=True) or [("next", ""), ("q", "")]
        for changed in self._changed(tuple(given)):
            self._get(urlunsplit(parts._replace(query=urlencode(changed))))

    def _try_form(self, form: Form) -> None:
        if form.method == "GET":
            for changed in self._changed(form.values):
                self._get(urlunsplit(urlsplit(form.url)._replace(query=urlencode(changed))))
            return
        usual = dict.fromkeys(form.files, HARMLESS)
        bare = self._post(form.url, form.values, usual, token=False)
        self.refused_without_token += bare is not None and bare.status_code == _NOT_ALLOWED
        if bare is not None and bare.status_code != _NOT_ALLOWED:
            self._tell(f"POST {pattern_of(form.url)}", "a form that is taken without its token")
        for changed in self._changed(form.values or (("next", ""),)):
            self._post(form.url, changed, usual)
        for name in form.files:
            for upload in uploads():
                self.files += 1
                self._post(form.url, form.values, usual | {name: upload})

    def _changed(self, values: tuple[tuple[str, str], ...]) -> Iterator[tuple[tuple[str, str], ...]]:
        """The values with each payload in each place, one at a time."""
        for place, (name, _) in enumerate(values):
            self.fields += 1
            for payload in payloads(self.fields):
                yield (*values[:place], (name, payload), *values[place + 1 :])

    def _get(self, url: str) -> httpx.Response | None:
        return self._asked("GET", url)

    def _post(
        self, url: str, values: tuple[tuple[str, str], ...], files: dict[str, Upload], *, token: bool = True
    ) -> httpx.Response | None:
        headers = {"X-CSRFToken": _TOKEN} if token else {}
        if files:
            return self._asked("POST", url, data=dict(values), files=files, headers=headers)
        return self._asked("POST", url, content=urlencode(values), headers=headers | _FORM)

    def _asked(self, method: str, url: str, **more: object) -> httpx.Response | None:
        if self.asked >= self.most:
            return None
        try:
            answer = self._client.request(method, url, **more)  # type: ignore[arg-type]
        except (httpx.InvalidURL, httpx.TransportError) as error:
            self.requests[0] += 1
            self._tell(f"{method} {pattern_of(url)}", f"no answer: {type(error).__name__}")
            return None
        self.requests[answer.status_code] += 1
        for finding in found_in(answer, self.home):
            self._tell(f"{method} {pattern_of(url)}", finding)
        return answer

    def _tell(self, where: str, finding: str) -> None:
        self.findings.add(f"{finding}: {where[:160]}")


_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def _is_page(answer: httpx.Response) -> bool:
    return answer.headers.get("content-type", "").startswith("text/html")
