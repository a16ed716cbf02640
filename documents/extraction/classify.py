"""What kind of document this is: by its machine-readable zone, else by the words on it, with the reasons."""

from documents.extraction.shapes import MrzReading

# Words that speak for a type, with their weight. Several languages: en, de, fr, es, it, nl.
_WORDS: dict[str, dict[str, int]] = {
    "invoice": {
        "invoice": 3, "facture": 3, "rechnung": 3, "factuur": 3, "factura": 3, "fattura": 3, "vat": 1, "subtotal": 2,
        "amount due": 2, "total": 1, "mwst": 1, "tva": 1, "btw": 1, "iva": 1, "tax": 1, "qty": 1,
    },
    "bank_statement": {
        "account statement": 4, "bank statement": 4, "kontoauszug": 4, "opening balance": 3, "closing balance": 3,
        "kontostand": 3, "relevé de compte": 4, "statement of account": 3, "saldo": 1, "iban": 1, "bic": 1,
    },
    "utility_bill": {
        "electricity": 3, "kwh": 3, "gas supply": 3, "water supply": 3, "meter reading": 3, "utility bill": 4,
        "supply address": 2, "stromrechnung": 4, "tariff": 1, "billing period": 2,
    },
    "driving_licence": {
        "driver license": 4, "driver licence": 4, "driving licence": 4, "drivers license": 4, "führerschein": 4,
        "permis de conduire": 4, "endorsements": 2, "restrictions": 1, "class": 1, "dln": 2, "donor": 1,
    },
    "passport": {"passport": 3, "passeport": 3, "reisepass": 3, "pasaporte": 3},
    "national_id": {"identity card": 4, "personalausweis": 4, "carte nationale": 4, "national id": 4},
    "incorporation_document": {"certificate of incorporation": 5, "articles of association": 4, "handelsregister": 4},
}  # fmt: skip
_ENOUGH = 3


def classify(text: str, zone: MrzReading | None) -> tuple[str, float, tuple[str, ...]]:
    """(type, confidence 0-1, reasons); `unknown` where too little speaks for anything."""
    if zone is not None and any(zone.checks.values()):
        kind = _by_zone(zone)
        confidence = 0.99 if zone.valid else 0.8
        return kind, confidence, (f"machine-readable zone of format {zone.format} starting with {zone.lines[0][:2]}",)
    return _by_words(" ".join(text.lower().split()))


def _by_zone(zone: MrzReading) -> str:
    letter = zone.lines[0][0]
    if letter == "P":
        return "passport"
    if letter == "V":
        return "visa"
    return "national_id" if zone.format == "TD1" else "travel_document"


def _by_words(text: str) -> tuple[str, float, tuple[str, ...]]:
    found = {kind: {word: weight for word, weight in words.items() if word in text} for kind, words in _WORDS.items()}
    scores = {kind: sum(words.values()) for kind, words in found.items()}
    kind = max(scores, key=lambda name: scores[name])
    if scores[kind] < _ENOUGH:
        return "unknown", 0.0, ("no word on it speaks for a type",)
    rest = sum(score for name, score in scores.items() if name != kind)
    reasons = tuple(f"contains “{word}”" for word in found[kind])
    return kind, round(scores[kind] / (scores[kind] + rest + 1), 2), reasons
