"""Every page of the running demonstration and who looks at it: for pictures and for the accessibility test.

The ids in the addresses are found by following the product's own links.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

Read = Callable[[str, str], str]  # (who, path) → the page's HTML
_ID = "[0-9a-f]{8}-[0-9a-f-]{27}"
ANALYST, REVIEWER, MLRO, AUDITOR, ADMIN = "ana.analyst", "rui.reviewer", "mila.mlro", "audra.auditor", "adam.admin"


@dataclass(frozen=True)
class Shown:
    """A page: the name of its picture, its path, who looks (empty: nobody signed in)."""

    name: str
    path: str
    who: str = ""


_FIXED = (
    Shown("login", "/accounts/login/"),
    Shown("queue", "/cases/", ANALYST),
    Shown("customers", "/customers/", ANALYST),
    Shown("search-empty", "/search/", ANALYST),
    Shown("notifications", "/notifications/", REVIEWER),
    Shown("account", "/accounts/me/", ANALYST),
    Shown("security", "/accounts/me/security/", ANALYST),
    Shown("authenticator", "/accounts/me/security/app/", ANALYST),
    Shown("forgotten", "/accounts/password/reset/"),
    Shown("sign-in-policy", "/accounts/sign-in/", ADMIN),
    Shown("reports", "/reporting/", MLRO),
    Shown("exports", "/reporting/exports/", MLRO),
    Shown("evidence-of-a-period", "/reporting/evidence/period/", MLRO),
    Shown("filings", "/filings/", MLRO),
    Shown("filing-receivers", "/filings/profiles/", ADMIN),
    Shown("record", "/audit/", AUDITOR),
    Shown("integrity", "/audit/integrity/", AUDITOR),
    Shown("administration", "/administration/", ADMIN),
    Shown("status", "/administration/status/", ADMIN),
    Shown("lists", "/screening/lists/", ADMIN),
    Shown("list-import", "/screening/lists/import/", ADMIN),
    Shown("scenarios", "/monitoring/scenarios/", ADMIN),
    Shown("coverage", "/monitoring/coverage/", ADMIN),
    Shown("scenario-new", "/monitoring/scenarios/new/", ADMIN),
    Shown("rule-lists", "/monitoring/lists/", ADMIN),
    Shown("rule-list-new", "/monitoring/lists/new/", ADMIN),
    Shown("rule-list", "/monitoring/lists/high_risk_countries/", ADMIN),
    Shown("models", "/monitoring/models/", ADMIN),
    Shown("model-alerts", "/monitoring/models/alerts/finance/", ADMIN),
    Shown("below-the-line", "/monitoring/sampling/", ADMIN),
    Shown("sampling-policy", "/monitoring/sampling/policy/", ADMIN),
    Shown("labels", "/monitoring/labels/", ANALYST),
    Shown("label-quality", "/monitoring/quality/", MLRO),
    Shown("differences", "/monitoring/blind/differences/", MLRO),
    Shown("blind-queue", "/monitoring/blind/", ANALYST),
    Shown("rates", "/monitoring/rates/", ADMIN),
    Shown("imports", "/monitoring/imports/", ANALYST),
    Shown("rating-policy", "/customers/rating-policy/", ADMIN),
    Shown("blueprints", "/cases/blueprints/", ADMIN),
    Shown("blueprint-priority", "/cases/blueprints/priority/", ADMIN),
    Shown("blueprint-four-eyes", "/cases/blueprints/four-eyes/", ADMIN),
    Shown("document-rules", "/documents/rules/", ADMIN),
    Shown("request-policy", "/cases/information/policy/", ADMIN),
    Shown("data-protection", "/cases/privacy/", MLRO),
    Shown("archive", "/monitoring/archive/", ADMIN),
    Shown("retention", "/cases/privacy/policy/", ADMIN),
    Shown("workflows", "/workflows/", ADMIN),
    Shown("runs", "/workflows/runs/", ADMIN),
    Shown("runs-again", "/workflows/runs/again/", ADMIN),
    Shown("calendar", "/workflows/calendar/", ADMIN),
    Shown("workflow-new", "/workflows/new/", ADMIN),
    Shown("long-work", "/workflows/work/", ADMIN),
    Shown("people", "/accounts/people/", ADMIN),
    Shown("roles", "/accounts/roles/", ADMIN),
    Shown("role-new", "/accounts/roles/new/", ADMIN),
    Shown("api-clients", "/accounts/clients/", ADMIN),
    Shown("notification-preferences", "/notifications/preferences/", REVIEWER),
    Shown("channels", "/notifications/channels/", ADMIN),
    Shown("channel-new", "/notifications/channels/new/webhook/", ADMIN),
    Shown("notification-rules", "/notifications/rules/", ADMIN),
    Shown("notification-texts", "/notifications/texts/", ADMIN),
    Shown("notification-text", "/notifications/texts/case.assigned/en/", ADMIN),
    Shown("conditions", "/notifications/conditions/", ADMIN),
    Shown("deliveries", "/notifications/deliveries/", ADMIN),
)


class _Finder:
    """Follows the product's own links to pages of things that are there."""

    def __init__(self, read: Read) -> None:
        self.read = read
        self.found: list[Shown] = list(_FIXED)

    def add(self, name: str, who: str, pattern: str, *places: str) -> str:
        """Adds the first page whose address matches on one of the places; its path, empty where none does."""
        for place in places:
            if match := re.search(pattern, self.read(who, place)):
                self.found.append(Shown(name, match[0], who))
                return match[0]
        return ""

    def below(self, name: str, who: str, path: str, *parts: tuple[str, str]) -> None:
        """Adds pages below one that was found: (the rest of its name, the rest of its path)."""
        if path:
            self.found += [Shown(f"{name}-{rest}", f"{path}{tail}", who) for rest, tail in parts]


def pages(read: Read) -> list[Shown]:
    """Every page, with addresses of things that are there."""
    finder = _Finder(read)
    _of_cases(finder)
    _of_customers(finder)
    _of_administration(finder)
    return finder.found


def _of_cases(finder: _Finder) -> None:
    read, queue = finder.read, finder.read(ANALYST, "/cases/")
    cases = list(dict.fromkeys(re.findall(rf"/cases/{_ID}/(?=[\"'?#])", queue)))
    best = _case_of(read, cases, "screening/hits/") or cases[0]
    finder.found.append(Shown("case", best, ANALYST))
    tabs = ("transactions", "documents", "screening", "network", "runs", "history")
    finder.below("case", ANALYST, best, *((tab, f"?tab={tab}") for tab in tabs))
    for name, words in (("draft", "not made use of yet"), ("draft-kept", "of its words stayed")):
        link = rf"/cases/drafts/{_ID}/(?s:(?=\"(?:(?!/drafts/).)*?{words}))"
        finder.add(name, ANALYST, link, *(f"{path}summary/" for path in cases))
    if waiting := _case_of(read, cases, "Waiting for information"):
        finder.found.append(Shown("request-for-information", f"{waiting}information/", ANALYST))
        link = re.search(r"/information/[\w.-]+/(?=\")", read(ANALYST, f"{waiting}information/"))
        finder.found += [Shown("customer-answers", link[0])] if link else []
    filing = finder.add("filing", MLRO, rf"/filings/{_ID}/(?=\")", "/filings/")
    finder.below("filing", MLRO, filing, ("activity", "activity/"))


def _of_customers(finder: _Finder) -> None:
    keys = list(dict.fromkeys(re.findall(rf"/customers/({_ID})/", finder.read(ANALYST, "/customers/"))))
    finder.add("customer", ANALYST, rf"/customers/{_ID}/(?=\")", "/customers/")
    own = (f"/customers/{key}/" for key in keys)
    finder.add("customer-data-protection", MLRO, rf"/cases/privacy/of/{_ID}/(?=\")", *own)
    ledgers = (f"/monitoring/transactions/of/{key}/" for key in keys)
    finder.add("transaction-flag", ANALYST, rf"/monitoring/transactions/{_ID}/flag/(?=\")", *ledgers)
    finder.add("hit", ANALYST, rf"/screening/hits/{_ID}/(?=\")", *(f"/screening/of/{key}/" for key in keys))
    finder.add(
        "document", ANALYST, rf"/documents/{_ID}/(?=[\"?#])", *(f"/documents/of/{key}/" for key in reversed(keys))
    )
    alert = finder.add(
        "alert", ANALYST, rf"/monitoring/alerts/{_ID}/(?=\")", *(f"/monitoring/alerts/of/{key}/" for key in keys)
    )
    if scored := _alert_of(finder.read, keys, 'class="waterfall"'):
        finder.found.append(Shown("alert-ranked", scored, ANALYST))
    finder.add("entry-flag", ANALYST, rf"/monitoring/process-events/{_ID}/flag/(?=\")", *([alert] if alert else []))


def _of_administration(finder: _Finder) -> None:
    finder.add("list", ADMIN, rf"/screening/lists/{_ID}/(?=\")", "/screening/lists/")
    scenario = finder.add(
        "scenario", ADMIN, rf"/monitoring/scenarios/{_ID}/(?=\">Structuring<)", "/monitoring/scenarios/"
    )
    finder.add("scenario-edit", ADMIN, rf"{scenario}\d+/edit/(?=\")", scenario)
    model = finder.add("model", ADMIN, rf"/monitoring/models/{_ID}/(?=\">finance, version 2<)", "/monitoring/models/")
    finder.below("model", ADMIN, model, ("features", "features/"))
    workflow = finder.add("workflow", ADMIN, rf"/workflows/{_ID}/(?=\")", "/workflows/")
    parts = (("edit", "edit/"), ("timings", "timings/"), ("version", "versions/1/"), ("trial", "versions/1/trial/"))
    finder.below("workflow", ADMIN, workflow, *parts)
    onboarding = r"(?s:(?=\"(?:(?!/workflows/runs/).)*?KYC Onboarding))"
    finder.add("run", ADMIN, rf"/workflows/runs/{_ID}/{onboarding}", "/workflows/runs/")
    finder.add("work", ADMIN, rf"/workflows/work/{_ID}/(?=\")", "/workflows/work/")
    finder.add("person", ADMIN, rf"/accounts/people/{_ID}/(?=\">Inês Inbound<)", "/accounts/people/")
    role = finder.add("role", ADMIN, rf"/accounts/roles/{_ID}/(?=\")", "/accounts/roles/")
    finder.below("role", MLRO, role, ("waiting", ""))
    finder.add("api-client", ADMIN, rf"/accounts/clients/{_ID}/(?=\")", "/accounts/clients/")


def _case_of(read: Read, cases: list[str], words: str) -> str:
    """The first case whose page, or whose cards, hold these words; empty where none does."""
    return next(
        (path for path in cases if words in read(ANALYST, path) or words in read(ANALYST, f"{path}?tab=screening")), ""
    )


def _alert_of(read: Read, keys: list[str], words: str) -> str:
    """The first alert whose page holds these words; empty where none does."""
    panels = (read(ANALYST, f"/monitoring/alerts/of/{key}/") for key in keys)
    found = (path for panel in panels for path in dict.fromkeys(re.findall(rf"/monitoring/alerts/{_ID}/(?=\")", panel)))
    return next((path for path in found if words in read(ANALYST, path)), "")
