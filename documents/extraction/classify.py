"""What kind of document this is: by its machine-readable zone, else by the words on it, with the reasons."""

import re

from anyascii import anyascii

from documents.extraction.shapes import MrzReading

IDENTITY_WITH_ZONE = frozenset({"passport", "national_id", "travel_document", "residence_permit", "visa"})
IDENTITY = IDENTITY_WITH_ZONE | {"driving_licence"}
# Words that speak for a type, with their weight; en, de, fr, es, it, nl; plain Latin. `*` ends a beginning of a word.
_WORDS: dict[str, dict[str, int]] = {
    "invoice": {
        "invoice": 3, "facture": 3, "rechnung*": 3, "factuur*": 3, "factura": 3, "fattura": 3, "vat": 1, "subtotal*": 2,
        "amount due": 2, "balance due": 2, "total": 1, "mwst": 1, "tva": 1, "btw": 1, "iva": 1, "tax": 1, "qty": 1,
    },
    "bank_statement": {
        "account statement": 4, "bank statement": 4, "kontoauszug": 4, "opening balance": 3, "closing balance": 3,
        "kontostand": 3, "releve de compte": 4, "releve d'identite bancaire": 4, "statement of account": 3, "valuta": 2,
        "saldo": 1, "iban": 1, "bic": 1, "statement period": 2, "extracto de cuenta": 4, "estratto conto": 4,
        "rekeningafschrift": 4, "bankafschrift": 4, "nouveau solde": 3, "ancien solde": 3, "auszug": 2,
    },
    "utility_bill": {
        "electricity": 3, "kwh": 3, "gas supply": 3, "water supply": 3, "meter reading": 3, "utility bill": 4,
        "supply address": 2, "stromrechnung": 5, "tariff": 1, "billing period": 2, "zahlerstand": 3, "elektriciteit": 3,
        "electricite": 3, "electricidad": 3, "energia elettrica": 3,
    },
    "driving_licence": {
        "driver license": 4, "driver licence": 4, "driving licence": 4, "drivers license": 4, "driver's license": 4,
        "fuhrerschein": 4, "permis de conduire": 4, "permiso de conducir": 4, "patente di guida": 4, "rijbewijs": 4,
        "endorsements": 2, "restrictions": 1, "class": 1, "dln": 2, "donor": 1,
    },
    "passport": {"passport": 3, "passeport": 3, "reisepass": 3, "pasaporte": 3, "passaporto": 3, "paspoort": 3},
    "national_id": {
        "identity card": 4, "personalausweis": 4, "carte nationale d'identite": 4, "national id*": 4,
        "documento nacional de identidad": 4, "carta d'identita": 4, "identiteitskaart": 4,
    },
    "residence_permit": {
        "residence permit": 5, "aufenthaltstitel": 5, "titre de sejour": 5, "permiso de residencia": 5,
        "permesso di soggiorno": 5, "verblijfstitel": 5,
    },
    "incorporation_document": {"certificate of incorporation": 5, "articles of association": 4, "handelsregister*": 4},
    "other": {
        "insurance": 2, "health plan": 3, "member id": 3, "payslip": 4, "gehaltsabrechnung": 4, "boarding pass": 4,
        "receipt": 2, "krankenversicherung": 3,
    },
}  # fmt: skip
_PATTERNS = {
    kind: {
        word.rstrip("*"): (re.compile(rf"\b{re.escape(word.rstrip('*'))}" + ("" if word.endswith("*") else r"\b")), weight)
        for word, weight in words.items()
    }
    for kind, words in _WORDS.items()
}  # fmt: skip
_ENOUGH = 3


def classify(text: str, zone: MrzReading | None) -> tuple[str, float, tuple[str, ...]]:
    """(type, confidence 0-1, reasons); `unknown` where too little speaks for anything.

    `other` is a document that is recognised and is of no kind that the checks know.
    """
    plain = " ".join(anyascii(text).lower().split())
    return _by_words(plain) if zone is None else _by_zone(zone, plain)


def _by_zone(zone: MrzReading, text: str) -> tuple[str, float, tuple[str, ...]]:
    reason = f"machine-readable zone of format {zone.format} starting with {zone.lines[0][:2]}"
    return _kind_of(zone, text), 0.99 if zone.valid else 0.8, (reason,)


def _kind_of(zone: MrzReading, text: str) -> str:
    """Part 5 to 7 of ICAO 9303 give the first letter to passports and visas; cards name themselves in words."""
    letter = zone.lines[0][0]
    if letter in "PV":
        return "passport" if letter == "P" else "visa"
    scores = {kind: _score(kind, text) for kind in ("residence_permit", "national_id")}
    kind = max(scores, key=lambda name: scores[name])
    if scores[kind]:
        return kind
    return "national_id" if zone.format == "TD1" else "travel_document"


def _by_words(text: str) -> tuple[str, float, tuple[str, ...]]:
    scores = {kind: _score(kind, text) for kind in _WORDS}
    kind = max(scores, key=lambda name: scores[name])
    if scores[kind] < _ENOUGH:
        return "unknown", 0.0, ("no word on it speaks for a type",)
    reasons = tuple(f"contains “{word}”" for word, (pattern, _) in _PATTERNS[kind].items() if pattern.search(text))
    return kind, round(scores[kind] / (sum(scores.values()) + 1), 2), reasons


def _score(kind: str, text: str) -> int:
    return sum(weight for pattern, weight in _PATTERNS[kind].values() if pattern.search(text))
