"""What filings record. Entries about a filing are on its case's stream and hidden with it (`cases.concealing`)."""

from audit.actions import Action, define

__all__ = [
    "ACKNOWLEDGED", "APPROVED", "DOWNLOADED", "EDITED", "FILED", "OPENED", "PROFILE_SAVED", "RETURNED", "REVIEWED",
    "VIEWED", "WITHDRAWN", "Action",
]  # fmt: skip

OPENED = define("filings.filing_opened", "drafted the report {after[number]} ({after[kind]})")
VIEWED = define("filings.filing_viewed", "looked at the report {after[number]}")
EDITED = define("filings.filing_edited", "changed {after[section]} of the report, version {after[version]}")
REVIEWED = define("filings.filing_reviewed", "reviewed version {after[version]} of the report")
RETURNED = define("filings.filing_returned", "gave the report back: {reason}")
APPROVED = define("filings.filing_approved", "approved version {after[version]} of the report for filing")
FILED = define("filings.filing_filed", "filed the report, due {after[due_on]}, SHA-256 {after[sha256]}")
ACKNOWLEDGED = define(
    "filings.filing_acknowledged", "took in the receiver's answer: {after[state]} {after[receiver_number]}"
)
WITHDRAWN = define("filings.filing_withdrawn", "decided not to file the report: {reason}")
DOWNLOADED = define("filings.filing_downloaded", "took the report's XML out, SHA-256 {after[sha256]}")
PROFILE_SAVED = define(
    "filing_setup.profile_saved", "saved version {after[number]} of the filing profile {after[code]}"
)
