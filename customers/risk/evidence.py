"""What a rating looks at."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class RiskEvidence:
    """What the controls found out about a customer: counts and flags from screening, documents and monitoring."""

    pep: bool = False
    sanction_confirmed: bool = False
    open_hits: int = 0
    top_similarity: Decimal | None = None
    documents_verified: int = 0
    documents_doubtful: int = 0
    documents_refused: int = 0
    open_alerts: int = 0


@dataclass(frozen=True)
class RiskSubject:
    """The customer's own facts as far as they bear on risk. `owner_shares` are percentages, None where not known."""

    is_organisation: bool
    countries: tuple[str, ...]
    product: str
    channel: str
    occupation: str
    owner_shares: tuple[Decimal | None, ...]
    evidence: RiskEvidence
