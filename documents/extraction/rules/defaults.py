"""The rules that ship. Numbers: what the issuers print; ages and months: common practice, to be set by each house."""

from documents.extraction.rules.shapes import Rule

_IDENTITY = ("passport", "national_id", "driving_licence")
_PROOF_OF_ADDRESS = ("utility_bill", "bank_statement")


def _number(kind: str, country: str, pattern: str, told: str) -> Rule:
    return Rule(kind, country, "pattern", "document_number", pattern, f"The number is not of the form that {told}.")


DEFAULT_RULES = (
    _number("passport", "", "^[A-Z0-9]{6,9}$", "passports have: six to nine letters and digits (ICAO 9303)"),
    _number("passport", "DE", "^[CFGHJKLMNPRTVWXYZ0-9]{9}$", "German passports have: nine characters without vowels"),
    _number(
        "passport", "FR", "^[0-9]{2}[A-Z]{2}[0-9]{5}$", "French passports have: two digits, two letters, five digits"
    ),
    _number("passport", "GB", "^[0-9]{9}$", "British passports have: nine digits"),
    _number("passport", "NL", "^[A-NP-Z]{2}[A-NP-Z0-9]{6}[0-9]$", "Dutch passports have: nine characters without O"),
    _number("passport", "US", "^[A-Z0-9][0-9]{8}$", "passports of the United States have: nine characters"),
    _number("national_id", "", "^[A-Z0-9]{8,12}$", "identity cards have: eight to twelve letters and digits"),
    *(Rule(kind, "", "least_age", "", "18", "The holder is younger than 18 years.") for kind in _IDENTITY),
    *(
        Rule(kind, "", "newest_days", "", "92", "A proof of address is at most three months old.")
        for kind in _PROOF_OF_ADDRESS
    ),
    Rule("incorporation_document", "", "required", "company_number", "", "The company's number could not be read."),
)
