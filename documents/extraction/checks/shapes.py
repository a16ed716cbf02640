"""What checks take and give."""

from dataclasses import dataclass, field
from datetime import date

from documents.extraction.shapes import Box, FieldReading, Inspection, MrzReading, PageReading, Reading, Word

PASSED, FAILED, NOT_APPLICABLE = "passed", "failed", "not_applicable"


@dataclass(frozen=True)
class Evidence:
    """Where a reviewer sees it: a box on a page, or another document by its id."""

    page: int = 0
    box: Box | None = None
    document: str = ""


@dataclass(frozen=True)
class CheckResult:
    """`sentence` is what a reviewer reads; it holds no name."""

    code: str
    outcome: str
    sentence: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class FormAddress:
    street: str = ""
    postcode: str = ""
    city: str = ""


@dataclass(frozen=True)
class FormIdentifier:
    """A number that the form gives, such as kind `passport`."""

    kind: str
    value: str


@dataclass(frozen=True)
class FormPerson:
    """One of those a document may belong to; `names` are all names the form gives for them."""

    names: tuple[str, ...]
    birth_date: date | None = None
    nationalities: tuple[str, ...] = ()
    addresses: tuple[FormAddress, ...] = ()
    identifiers: tuple[FormIdentifier, ...] = ()


@dataclass(frozen=True)
class FormFacts:
    """What the form says of the customer and each owner."""

    people: tuple[FormPerson, ...]


@dataclass(frozen=True)
class DocumentFacts:
    """A document as it stands: read, and perhaps corrected by a person."""

    document_type: str
    fields: tuple[FieldReading, ...] = ()
    zone: MrzReading | None = None
    pages: tuple[PageReading, ...] = ()
    inspection: Inspection = field(default_factory=Inspection)

    @property
    def text(self) -> str:
        """All that was read on it."""
        return "\n".join(page.text for page in self.pages)

    @property
    def name(self) -> str:
        """The labelled name: a person's, or a company's."""
        person = f"{self.value('given_names')} {self.value('surname')}".strip()
        return person or self.value("name") or self.value("company_name")

    def value(self, name: str) -> str:
        """The value of this name; empty where it was not read."""
        return next((item.value for item in self.fields if item.name == name), "")

    def date(self, *names: str) -> date | None:
        """The first of these dates that was read."""
        found = next(filter(None, map(self.value, names)), "")
        try:
            return date.fromisoformat(found) if found else None
        except ValueError:
            return None

    def places(self, *names: str) -> tuple[Evidence, ...]:
        """Where these values stand."""
        return tuple(Evidence(item.page, item.box) for item in self.fields if item.name in names and item.box)

    def words(self) -> list[tuple[int, Word]]:
        """(page number, word) of all pages."""
        return [(page.number, word) for page in self.pages for word in page.words]


@dataclass(frozen=True)
class OtherDocument:
    """A document it may agree or collide with: one of the same customer, or one of another that looks the same.

    `sameness` says how one of another customer is the same: `file`, `picture` or `number`; empty for the customer's own.
    """

    id: str
    document: DocumentFacts = field(default_factory=lambda: DocumentFacts("unknown"))
    sameness: str = ""

    @property
    def evidence(self) -> Evidence:
        """The way to it."""
        return Evidence(document=self.id)


def facts_of(reading: Reading) -> DocumentFacts:
    """The facts of a document nobody has corrected yet."""
    return DocumentFacts(reading.document_type, reading.fields, reading.mrz, reading.pages, reading.inspection)
