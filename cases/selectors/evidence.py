"""What the three controls found about a customer, together."""

from customers.models import Customer
from customers.risk.evidence import RiskEvidence
from documents.selectors import document_quality
from monitoring.selectors import monitoring_summary
from screening.selectors import screening_summary


def risk_evidence(customer: Customer) -> RiskEvidence:
    """What the controls found, as the rating takes it."""
    screened, quality = screening_summary(customer), document_quality(customer)
    return RiskEvidence(
        pep=screened.pep,
        sanction_confirmed=screened.sanction_confirmed,
        open_hits=screened.open_hits,
        top_similarity=screened.top_similarity,
        documents_verified=quality.verified,
        documents_doubtful=quality.doubtful + quality.unread,
        documents_refused=quality.refused,
        open_alerts=monitoring_summary(customer).open_alerts,
    )
