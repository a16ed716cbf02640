"""Labels of rows: what people decided of them, agreed ones first."""

from datetime import datetime
from typing import Any

from monitoring.enums import AlertDisposition
from monitoring.models import AlertDecision, BlindItem, EventFlag, Finding, Settlement, TransactionFlag
from monitoring.selectors.second_looks import open_disputes, second_looks

Labels = dict[str, tuple[int, str]]
ROW_OF_DOMAIN = {"finance": "transaction", "pharma": "event"}
_UNKNOWN = -1


def labels_by_people(domain: str, since: datetime) -> tuple[Labels, int]:
    """(label and typology by row id, how many rows were judged both ways and are left out).

    A decided alert labels the rows behind it, a flag or an imported label its own. A label on which two people agree, or
    that a third settled, goes before what one person said; where labels of the same weight differ, and where two people
    differ and nobody settled it, the row has none (-1). Rows behind open alerts have none either: nobody knows yet.
    """
    row = ROW_OF_DOMAIN[domain]
    found = Finding.objects.filter(
        alert__scenario__typology__isnull=False, created_at__gte=since, **{f"{row}__isnull": False}
    )
    agreed_alerts, disputed_alerts = set(second_looks().values_list("control_id", flat=True)), _disputed()
    single: dict[str, set[int]] = {}
    agreed: dict[str, set[int]] = {}
    disputed: set[str] = set()
    typologies: dict[str, str] = {}
    told = found.values_list(f"{row}_id", "alert_id", "alert__disposition", "alert__scenario__typology")
    for pk, alert_id, disposition, typology in told:
        key = str(pk)
        typologies[key] = typology
        if alert_id in disputed_alerts:
            disputed.add(key)
        elif disposition:
            into = agreed if alert_id in agreed_alerts else single
            into.setdefault(key, set()).add(int(disposition == AlertDisposition.SUSPICIOUS))
    for pk, is_suspicious in _flags(row, since).values_list(f"{row}_id", "is_suspicious"):
        single.setdefault(str(pk), set()).add(int(is_suspicious))
    said = single | agreed
    one_way = {key: next(iter(labels)) for key, labels in said.items() if len(labels) == 1}
    unsettled = disputed - agreed.keys()
    kept = {
        key: _UNKNOWN if key in unsettled else one_way.get(key, _UNKNOWN) for key in typologies.keys() | said.keys()
    }
    both_ways = {key for key, labels in said.items() if len(labels) > 1}
    return {key: (label, typologies.get(key, "")) for key, label in kept.items()}, len(both_ways | unsettled)


def _disputed() -> set[object]:
    return set(open_disputes().values_list("control_id", flat=True))


def labels_since(domain: str, moment: datetime) -> int:
    """How many labels people gave or changed since: alerts decided, second looks that differ, settled or not, rows flagged."""
    row = ROW_OF_DOMAIN[domain]
    decided = AlertDecision.objects.filter(created_at__gte=moment, **{f"alert__findings__{row}__isnull": False})
    of_domain = {f"{row}__isnull": False}
    differing = BlindItem.objects.filter(
        judged_at__gte=moment, pk__in=open_disputes().order_by().values("pk"), **of_domain
    )
    settled = Settlement.objects.filter(created_at__gte=moment, **{f"item__{row}__isnull": False})
    flags: int = _flags(row, moment).count()
    return decided.values("pk").distinct().count() + differing.count() + settled.count() + flags


def _flags(row: str, since: datetime) -> Any:
    flags: Any = TransactionFlag if row == "transaction" else EventFlag
    return flags.objects.filter(created_at__gte=since)
