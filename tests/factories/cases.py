"""Cases, submissions and what they rest on, through the services."""

from datetime import date
from pathlib import Path
from typing import Any

from accounts.models import ApiClient
from cases.models import Case, Submission
from cases.services import NewDocument, NewSubmission, ensure_case_configuration, open_case
from customers.enums import PartyKind
from customers.shapes import NewCustomer, NewParty
from screening.models import ListVersion
from screening.services import import_list
from tests.factories.accounts import make_api_client
from workflows.services import ensure_shipped_workflows


def make_submission(
    client: ApiClient | None = None, *, documents: tuple[NewDocument, ...] = (), **party: Any
) -> Submission:
    """A submission of a person, as the API takes it; nothing has run yet."""
    ensure_shipped_workflows()
    ensure_case_configuration()
    values = {
        "kind": PartyKind.PERSON,
        "name": "Jane Citizen",
        "birth_date": date(1984, 6, 7),
        "nationalities": ("AU",),
    }
    count = Submission.objects.count()
    customer = NewCustomer(
        external_id=f"S-{count}", party=NewParty(**(values | party)), product="savings", channel="branch"
    )
    return open_case(data=NewSubmission(customer, documents), by=(client or make_api_client()).actor)


def make_case(**party: Any) -> Case:
    """A case whose run has not begun."""
    return make_submission(**party).case


def make_list(tmp_path: Path, *names: str, name: str = "Test list") -> ListVersion:
    """An active list of people with these names."""
    rows = "\n".join(f"T-{number},Person,{listed}" for number, listed in enumerate(names))
    path = tmp_path / "list.csv"
    path.write_text(f"source_id,schema,name\n{rows}\n")
    return import_list(format="internal_csv", path=path, name=name, by=make_api_client().actor, approve_volume=True)
