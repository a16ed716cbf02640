"""Reads of requests for information."""

import secrets
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from cases.models import Case
from cases.rfi.enums import RequestState
from cases.rfi.exceptions import LinkNotValid
from cases.rfi.links import read_token, token_of
from cases.rfi.models import RfiItem, RfiPolicy, RfiRequest
from cases.selectors import case_for
from core.clock import now
from core.exceptions import NotFound
from core.ids import parse_id


def policies() -> QuerySet[RfiPolicy]:
    """Every version of the policy, newest first."""
    return RfiPolicy.objects.all()


def policy_in_force() -> RfiPolicy:
    """The newest version; before any was published, the defaults (14 days, a reminder after 7, the SLA pauses)."""
    return policies().first() or RfiPolicy(number=0)


def requests_of(case: Case) -> QuerySet[RfiRequest]:
    """Every request about the case with its items, newest first."""
    return case.information_requests.select_related("requested_by").prefetch_related("items__document")


def request_for(principal: Any, pk: object) -> RfiRequest:
    """The request with this id, if `principal` may see its case; raises NotFound."""
    found = RfiRequest.objects.select_related("case").filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such request.")
    case_for(principal, found.case_id)
    return found


def request_with_id(request_id: UUID) -> RfiRequest:
    """The request that a signal names, with its case and people."""
    return RfiRequest.objects.select_related("case__assignee", "requested_by").get(pk=request_id)


def request_with_token(token: str) -> RfiRequest:
    """The open request that a link's token stands for; raises LinkNotValid, which does not say why."""
    pk, nonce = read_token(token)
    found = RfiRequest.objects.filter(pk=pk, state=RequestState.OPEN, expires_at__gt=now()).first()
    if found is None or not secrets.compare_digest(found.nonce, nonce):
        raise LinkNotValid("It may have been used, withdrawn, or it has expired. Please ask us for a new one.")
    return found


def item_with_token(token: str, item_id: UUID) -> RfiItem:
    """An item of the request that the token stands for; raises LinkNotValid."""
    found = request_with_token(token).items.filter(pk=item_id).first()
    if found is None:
        raise LinkNotValid("This link is not valid.")
    return found


def link_path(request: RfiRequest) -> str:
    """The path of the request's page for the customer."""
    return reverse("rfi:answer", args=[token_of(request)])


@dataclass(frozen=True)
class Mail:
    """What is sent to the customer. It names nobody and no reason: whoever else reads it learns nothing."""

    to: str
    subject: str
    body: str


def mail_for(request_id: UUID, *, reminder: bool) -> Mail | None:
    """The message for the customer, or None where the request is closed by now or has no address.

    In every language that the product speaks, one after another: nobody has asked the customer for theirs.
    """
    request = RfiRequest.objects.filter(pk=request_id, state=RequestState.OPEN).exclude(email="").first()
    if request is None:
        return None
    context = {"reminder": reminder, "until": request.expires_at, "link": f"{settings.PUBLIC_URL}{link_path(request)}"}
    subjects, bodies = [], []
    for language, _ in settings.LANGUAGES:
        with translation.override(language):
            subjects.append(
                gettext("Reminder: we need some information") if reminder else gettext("We need some information")
            )
            bodies.append(render_to_string("cases/rfi/mail.txt", context).strip())
    return Mail(request.email, " · ".join(subjects), "\n\n---\n\n".join(bodies) + "\n")
