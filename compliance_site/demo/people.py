"""The people of the demonstration: one of each shipped role, a role of the house, somebody who has yet to come."""

from accounts.enums import Role
from accounts.models import User
from accounts.services import approve_role, create_person, invite_person, propose_role
from core.actor import Actor
from core.permissions import Permission as P  # noqa: N817 - the list below reads as words

PEOPLE = (
    ("ana.analyst", "Ana Analyst", Role.ANALYST), ("rui.reviewer", "Rui Reviewer", Role.REVIEWER),
    ("mila.mlro", "Mila Morgenstern", Role.MLRO), ("audra.auditor", "Audra Auditor", Role.AUDITOR),
    ("adam.admin", "Adam Administrator", Role.ADMINISTRATOR),
)  # fmt: skip
_DESK = (
    P.CASE_VIEW, P.CASE_WORK, P.SUBMISSION_VIEW, P.CUSTOMER_VIEW, P.CUSTOMER_EDIT, P.DOCUMENT_VIEW, P.DOCUMENT_UPLOAD,
    P.DOCUMENT_REVIEW, P.NOTIFICATION_VIEW,
)  # fmt: skip


def make_people(*, password: str, by: Actor) -> None:
    """Everybody, through the services; the role of the house in force, with a version that waits for a second person."""
    for username, full_name, role in PEOPLE:
        create_person(username=username, full_name=full_name, role=role, password=password, by=by)
    administrator, mlro = (User.objects.get(username=name).actor for name in ("adam.admin", "mila.mlro"))
    name, sentence = "Onboarding desk", "Collects what a new customer owes us; judges no hits and decides nothing."
    made = propose_role(name=name, sentence=sentence, permissions=_DESK, reason="New branch in Porto", by=administrator)
    desk = approve_role(version_id=made.pk, by=mlro)
    propose_role(
        name=name, sentence=sentence, permissions=(*_DESK, P.HIT_VIEW), reason="They asked to see what is open",
        role_id=desk.pk, by=administrator,
    )  # fmt: skip
    invite_person(username="ines.inbound", full_name="Inês Inbound", role=desk.code, by=administrator)
