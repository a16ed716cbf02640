"""Writes of filings."""

from cases.filings.services.drafting import (
    add_subject,
    draft_narrative,
    follow_filing,
    keep_transactions,
    open_filing,
    record_filing_view,
    remove_subject,
    save_detection,
    save_section,
    take_narrative,
    write_narrative,
)
from cases.filings.services.profiles import save_profile
from cases.filings.services.settling import (
    approve_filing,
    file_filing,
    return_filing,
    review_filing,
    take_in_answer,
    take_out_xml,
    withdraw_filing,
)

__all__ = [
    "add_subject", "approve_filing", "draft_narrative", "file_filing", "follow_filing", "keep_transactions", "open_filing",
    "record_filing_view", "remove_subject", "return_filing", "review_filing", "save_detection", "save_profile",
    "save_section", "take_in_answer", "take_narrative", "take_out_xml", "withdraw_filing", "write_narrative",
]  # fmt: skip
