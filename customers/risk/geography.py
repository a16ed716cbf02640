"""Jurisdictions that the Financial Action Task Force publishes, as dated facts. Administrators edit weights, not facts."""

from dataclasses import dataclass

# FATF, "High-Risk Jurisdictions subject to a Call for Action" and "Jurisdictions under Increased Monitoring".
PUBLISHED_ON = "2025-10-24"
CALL_FOR_ACTION = "call_for_action"
INCREASED_MONITORING = "increased_monitoring"


@dataclass(frozen=True)
class Jurisdiction:
    """An ISO 3166-1 alpha-2 code and the list it stands on."""

    code: str
    tier: str


JURISDICTIONS = tuple(Jurisdiction(code, CALL_FOR_ACTION) for code in ("IR", "KP", "MM")) + tuple(
    Jurisdiction(code, INCREASED_MONITORING)
    for code in (
        "AO", "BG", "BO", "CD", "CI", "CM", "DZ", "HT", "KE", "LA", "LB", "MC", "NA", "NP", "SS", "SY", "VE", "VG", "VN",
        "YE",
    )
)  # fmt: skip
TIERS = {jurisdiction.code: jurisdiction.tier for jurisdiction in JURISDICTIONS}
