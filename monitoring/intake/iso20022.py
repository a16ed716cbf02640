"""What messages of ISO 20022 share: parties, accounts, agents, amounts; by local names, so that every version is read."""

from typing import Any

from core.places import is_country
from monitoring.intake.xml import at, said

_IBAN_LEAST = 15


def party(node: Any, role: str) -> dict[str, str]:
    """Account, name and country of a party of a payment: `Dbtr` or `Cdtr` with `<role>Acct` and `<role>Agt`."""
    own = at(node, f"{role}/Pty", role)
    account = account_of(at(node, f"{role}Acct"))
    country = said(own, "PstlAdr/Ctry", "CtryOfRes") or iban_country(account)
    return {
        "name": said(own, "Nm")[:200],
        "account": account,
        "country": country or _agent_country(at(node, f"{role}Agt")),
    }


def account_of(node: Any) -> str:
    """The number of an account: its IBAN, or what else it is known by."""
    return said(node, "Id/IBAN", "Id/Othr/Id").replace(" ", "")[:60]


def iban_country(account: str) -> str:
    """The country that an IBAN (ISO 13616) begins with."""
    is_iban = len(account) >= _IBAN_LEAST and account[:2].isalpha() and account[2:4].isdigit()
    return account[:2].upper() if is_iban and is_country(account[:2].upper()) else ""


def bic_country(bic: str) -> str:
    """The country in a BIC (ISO 9362): its fifth and sixth letters."""
    return bic[4:6].upper() if len(bic) in {8, 11} and is_country(bic[4:6].upper()) else ""


def _agent_country(node: Any) -> str:
    return bic_country(said(node, "FinInstnId/BICFI", "FinInstnId/BIC"))


def sides(node: Any) -> dict[str, str]:
    """Both parties of a payment, as cells."""
    return {
        f"{side}_{name}": value
        for side, role in (("sender", "Dbtr"), ("receiver", "Cdtr"))
        for name, value in party(node, role).items()
    }


def amount(node: Any, *paths: str) -> dict[str, str]:
    """Amount and currency of the first of the paths."""
    found = at(node, *paths)
    return {} if found is None else {"amount": (found.text or "").strip(), "currency": found.get("Ccy", "")}


def remittance(node: Any) -> str:
    """The text of a payment."""
    lines = [found.text or "" for found in node.findall("{*}RmtInf/{*}Ustrd")] if node is not None else []
    return " ".join(" ".join(lines).split())[:300] or said(node, "RmtInf/Strd/CdtrRefInf/Ref")[:300]
