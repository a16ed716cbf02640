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
    Shown("reports", "/reporting/", MLRO),
    Shown("exports", "/reporting/exports/", MLRO),
    Shown("filings", "/filings/", MLRO),
    Shown("filing-receivers", "/filings/profiles/", ADMIN),
    Shown("record", "/audit/", AUDITOR),
    Shown("integrity", "/audit/integrity/", AUDITOR),
    Shown("administration", "/administration/", ADMIN),
    Shown("lists", "/screening/lists/", ADMIN),
    Shown("list-import", "/screening/lists/import/", ADMIN),
    Shown("scenarios", "/monitoring/scenarios/", ADMIN),
    Shown("coverage", "/monitoring/coverage/", ADMIN),
    Shown("scenario-new", "/monitoring/scenarios/new/", ADMIN),
    Shown("models", "/monitoring/models/", ADMIN),
    Shown("below-the-line", "/monitoring/sampling/", ADMIN),
    Shown("sampling-policy", "/monitoring/sampling/policy/", ADMIN),
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
    Shown("retention", "/cases/privacy/policy/", ADMIN),
    Shown("workflows", "/workflows/", ADMIN),
    Shown("runs", "/workflows/runs/", ADMIN),
    Shown("runs-again", "/workflows/runs/again/", ADMIN),
    Shown("calendar", "/workflows/calendar/", ADMIN),
    Shown("workflow-new", "/workflows/new/", ADMIN),
    Shown("long-work", "/workflows/work/", ADMIN),
    Shown("people", "/accounts/people/", ADMIN),
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


def pages(read: Read) -> list[Shown]:
    """Every page, with addresses of things that are there."""
    found = list(_FIXED)

    def add(name: str, who: str, pattern: str, *places: str) -> str:
        for place in places:
            match = re.search(pattern, read(who, place))
            if match:
                found.append(Shown(name, match[0], who))
                return match[0]
        return ""

    queue = read(ANALYST, "/cases/")
    cases = list(dict.fromkeys(re.findall(rf"/cases/{_ID}/(?=[\"'?#])", queue)))
    waiting = _case_of(read, cases, "Waiting for information")
    customers = [
        f"/customers/{key}/" for key in dict.fromkeys(re.findall(rf"/customers/({_ID})/", read(ANALYST, "/customers/")))
    ]
    keys = [path.split("/")[2] for path in customers]
    best = _case_of(read, cases, "screening/hits/") or cases[0]
    found += [Shown("case", best, ANALYST), Shown("case-transactions", f"{best}?tab=transactions", ANALYST)]
    found += [
        Shown(f"case-{tab}", f"{best}?tab={tab}", ANALYST)
        for tab in ("documents", "screening", "network", "runs", "history")
    ]
    if waiting:
        found.append(Shown("request-for-information", f"{waiting}information/", ANALYST))
        link = re.search(r"/information/[\w.-]+/(?=\")", read(ANALYST, f"{waiting}information/"))
        found += [Shown("customer-answers", link[0])] if link else []
    filing = add("filing", MLRO, rf"/filings/{_ID}/(?=\")", "/filings/")
    if filing:
        found.append(Shown("filing-activity", f"{filing}activity/", MLRO))
    add("customer", ANALYST, rf"/customers/{_ID}/(?=\")", "/customers/")
    add("customer-data-protection", MLRO, rf"/cases/privacy/of/{_ID}/(?=\")", *customers)
    add("hit", ANALYST, rf"/screening/hits/{_ID}/(?=\")", *(f"/screening/of/{key}/" for key in keys))
    add("document", ANALYST, rf"/documents/{_ID}/(?=[\"?#])", *(f"/documents/of/{key}/" for key in reversed(keys)))
    add("alert", ANALYST, rf"/monitoring/alerts/{_ID}/(?=\")", *(f"/monitoring/alerts/of/{key}/" for key in keys))
    add("list", ADMIN, rf"/screening/lists/{_ID}/(?=\")", "/screening/lists/")
    scenario = add("scenario", ADMIN, rf"/monitoring/scenarios/{_ID}/(?=\")", "/monitoring/scenarios/")
    add("scenario-edit", ADMIN, rf"{scenario}\d+/edit/(?=\")", scenario)
    workflow = add("workflow", ADMIN, rf"/workflows/{_ID}/(?=\")", "/workflows/")
    found += [
        Shown(f"workflow-{name}", f"{workflow}{path}", ADMIN)
        for name, path in (
            ("edit", "edit/"),
            ("timings", "timings/"),
            ("version", "versions/1/"),
            ("trial", "versions/1/trial/"),
        )
    ]
    add("run", ADMIN, rf"/workflows/runs/{_ID}/(?=\")", "/workflows/runs/")
    add("work", ADMIN, rf"/workflows/work/{_ID}/(?=\")", "/workflows/work/")
    add("api-client", ADMIN, rf"/accounts/clients/{_ID}/(?=\")", "/accounts/clients/")
    return found


def _case_of(read: Read, cases: list[str], words: str) -> str:
    """The first case whose page, or whose cards, hold these words; empty where none does."""
    return next(
        (path for path in cases if words in read(ANALYST, path) or words in read(ANALYST, f"{path}?tab=screening")), ""
    )
