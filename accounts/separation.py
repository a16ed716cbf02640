"""Which permissions one role must not join, and which it had better not: separation of duties. Pure.

FATF R.18 and its interpretive note ask for an independent control; that whoever makes something is not whoever approves it
is besides enforced on every single decision, report, workflow, scenario and role by the services.
"""

from collections.abc import Collection
from dataclasses import dataclass

from accounts.enums import Role
from accounts.roles import ROLES
from accounts.vocabulary import WORDS
from core.permissions import Permission as P  # noqa: N817 - the tables below read as words
from core.words import said

FOR_PEOPLE: frozenset[P] = frozenset[P]().union(
    *(definition.permissions for role, definition in ROLES.items() if role is not Role.SERVICE_ACCOUNT)
)
_WORK = frozenset[P]().union(
    *(ROLES[role].permissions for role in (Role.ANALYST, Role.REVIEWER, Role.MLRO, Role.AUDITOR))
)
# What administrators alone hold: granted to somebody only by who holds it. Work on cases is granted by whoever keeps people.
KEEPING: frozenset[P] = ROLES[Role.ADMINISTRATOR].permissions - _WORK
_JUDGES = (P.DECISION_PROPOSE, P.DECISION_APPROVE, P.HIT_DISPOSE, P.ALERT_DISPOSE, P.FILING_APPROVE)


@dataclass(frozen=True)
class Clash:
    """Two permissions that one person should not hold, and why; `is_refused` where they never may."""

    one: P
    other: P
    reason: str
    is_refused: bool

    @property
    def sentence(self) -> str:
        return said(
            "“{one}” with “{other}”: {reason}.", one=WORDS[self.one], other=WORDS[self.other], reason=self.reason
        )


_SECOND_SELF = said("who keeps people could make themselves the second pair of eyes")
_BOTH_SIDES = said("each still needs two people, but everybody in this role can stand on either side")
CLASHES: tuple[Clash, ...] = (
    *(Clash(P.PERSON_MANAGE, judging, _SECOND_SELF, True) for judging in _JUDGES),
    *(Clash(P.API_CLIENT_MANAGE, judging, said("a key of their own could send what they then judge"), True)
      for judging in (P.DECISION_PROPOSE, P.DECISION_APPROVE)),
    *(Clash(P.POLICY_EDIT, judging, said("they would set the rules their own decisions are held to"), True)
      for judging in (P.DECISION_PROPOSE, P.DECISION_APPROVE)),
    *(Clash(P.RATING_CONFIGURE, judging, said("they could lower the rating that asks for more care"), True)
      for judging in (P.DECISION_PROPOSE, P.DECISION_APPROVE)),
    *(Clash(keeping, P.AUDIT_CLEAR, said("who could reach the database must not settle what the record says of it"), True)
      for keeping in (P.PERSON_MANAGE, P.API_CLIENT_MANAGE)),
    Clash(P.LIST_IMPORT, P.HIT_DISPOSE, said("they could take out of a list whom they would have to judge"), True),
    Clash(P.SCENARIO_EDIT, P.ALERT_DISPOSE, said("they could turn off what they would have to judge"), True),
    Clash(P.DECISION_PROPOSE, P.DECISION_APPROVE, _BOTH_SIDES, False),
    Clash(P.FILING_EDIT, P.FILING_APPROVE, _BOTH_SIDES, False),
    Clash(P.WORKFLOW_EDIT, P.WORKFLOW_APPROVE, _BOTH_SIDES, False),
    Clash(P.SCENARIO_EDIT, P.SCENARIO_APPROVE, _BOTH_SIDES, False),
    Clash(P.RULE_LIST_EDIT, P.RULE_LIST_APPROVE, _BOTH_SIDES, False),
    Clash(P.PERSON_MANAGE, P.ROLE_APPROVE, _BOTH_SIDES, False),
    Clash(P.AUDIT_VERIFY, P.DECISION_APPROVE, said("they would vouch for the record of their own acts"), False),
)  # fmt: skip
_NEEDS: dict[P, P] = {
    P.CASE_WORK: P.CASE_VIEW, P.CASE_ASSIGN: P.CASE_VIEW, P.DECISION_PROPOSE: P.CASE_WORK, P.DECISION_APPROVE: P.CASE_VIEW,
    P.HIT_DISPOSE: P.HIT_VIEW, P.ALERT_DISPOSE: P.ALERT_VIEW, P.DOCUMENT_UPLOAD: P.DOCUMENT_VIEW,
    P.DOCUMENT_REVIEW: P.DOCUMENT_VIEW, P.DOCUMENT_DOWNLOAD: P.DOCUMENT_VIEW, P.CUSTOMER_EDIT: P.CUSTOMER_VIEW,
    P.IDENTIFIER_VIEW: P.CUSTOMER_VIEW, P.IDENTIFIER_REVEAL: P.CUSTOMER_VIEW, P.LIST_IMPORT: P.LIST_VIEW,
    P.SCENARIO_EDIT: P.SCENARIO_VIEW, P.SCENARIO_APPROVE: P.SCENARIO_VIEW, P.WORKFLOW_EDIT: P.WORKFLOW_VIEW,
    P.WORKFLOW_APPROVE: P.WORKFLOW_VIEW, P.RUN_OPERATE: P.RUN_VIEW, P.FILING_EDIT: P.FILING_VIEW,
    P.FILING_APPROVE: P.FILING_VIEW, P.PRIVACY_WORK: P.PRIVACY_VIEW, P.REPORT_EXPORT: P.REPORT_VIEW,
    P.AUDIT_VIEW_PERSONAL: P.AUDIT_VIEW, P.AUDIT_VERIFY: P.AUDIT_VIEW, P.AUDIT_CLEAR: P.AUDIT_VIEW, P.PERSON_MANAGE: P.ROLE_APPROVE,
}  # fmt: skip


def clashes_of(permissions: Collection[str]) -> list[Clash]:
    """Every pair among them that one role should not join, the refused first."""
    return [clash for clash in CLASHES if clash.one in permissions and clash.other in permissions]


def faults_of(permissions: Collection[str]) -> list[str]:
    """Why no role may be made of these, one sentence each; none where one may."""
    strange = sorted(set(permissions) - FOR_PEOPLE)
    lacking = [(one, needed) for one, needed in _NEEDS.items() if one in permissions and needed not in permissions]
    return [
        *(said("{one} is not for people.", one=one) for one in strange),
        *(
            said("“{one}” is of no use without “{needed}”.", one=WORDS[one], needed=WORDS[needed])
            for one, needed in lacking
        ),
        *(clash.sentence for clash in clashes_of(permissions) if clash.is_refused),
        *([] if permissions else [said("A role needs at least one permission.")]),
    ]


def warnings_of(permissions: Collection[str]) -> list[str]:
    """What whoever approves such a role should think about."""
    return [clash.sentence for clash in clashes_of(permissions) if not clash.is_refused]


def held_between(*holders: Collection[P]) -> frozenset[P]:
    """What these people may pass on together. Who sees identifying values may let others have them shown."""
    held = frozenset[P]().union(*holders)
    return held | {P.IDENTIFIER_REVEAL} if P.IDENTIFIER_VIEW in held else held
