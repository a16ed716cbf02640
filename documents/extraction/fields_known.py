"""The types of documents and the values that reading can give, for rules and forms."""

TYPES = (
    "passport", "national_id", "residence_permit", "travel_document", "visa", "driving_licence", "utility_bill",
    "bank_statement", "invoice", "payslip", "incorporation_document", "ownership_register", "other",
)  # fmt: skip
FIELD_NAMES = (
    "surname", "given_names", "name", "document_number", "date_of_birth", "date_of_expiry", "issue_date", "nationality",
    "issuing_state", "sex", "address", "supplier", "invoice_number", "account_number", "iban", "total", "amount_due",
    "currency", "opening_balance", "closing_balance", "period_start", "period_end", "employer", "gross_pay", "net_pay",
    "company_name", "company_number", "jurisdiction", "incorporation_date", "officers", "owners", "ownership_total",
    "share_capital", "due_date", "date_of_issue",
)  # fmt: skip
# What does not tell who somebody is by a number, a day or a place: shown to everybody who may see the document.
OPEN_FIELDS = frozenset({
    "surname", "given_names", "name", "date_of_expiry", "issue_date", "date_of_issue", "nationality", "issuing_state",
    "sex", "supplier", "currency", "period_start", "period_end", "employer", "company_name", "jurisdiction",
    "incorporation_date", "due_date",
})  # fmt: skip
