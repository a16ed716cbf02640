"""What the commands of models share: labelled files, the manifest, what is printed."""

import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import polars as pl
from django.core.management.base import CommandError

from core.version import code_version
from monitoring.domains.base import Domain
from monitoring.files.frames import EventFrame
from monitoring.learning.dataset import Part
from monitoring.learning.labels import LabelInvalid, labels_of_accounts, labels_of_rows, labels_of_table
from monitoring.learning.matrix import rows_of
from monitoring.learning.runs import Done
from monitoring.learning.sets import feature_sets
from monitoring.management.commands._files import opened
from monitoring.rules.evaluator import ID

_SHOWN = (50, 100, 500)


def events_of(path: Path, domain: Domain, options: dict[str, Any]) -> EventFrame:
    """The events of a file; raises CommandError."""
    if domain.code not in feature_sets():
        raise CommandError(f"there are no features of {domain.code}: {', '.join(sorted(feature_sets()))}")
    return opened(path, domain, mapping=options["mapping"], tables=options["table"], rates=options["rates"])


def labelled_parts(domain: Domain, options: dict[str, Any]) -> tuple[list[Part], str]:
    """The input and (where given) the test file with their labels, and the SHA-256 of the input. Raises CommandError."""
    paths = [path for path in (options["input"], options["test"]) if path]
    return [_labelled(path, domain, options) for path in paths], digest_of(options["input"])


def _labelled(path: Path, domain: Domain, options: dict[str, Any]) -> Part:
    events = events_of(path, domain, options)
    table, label, key = options["labels"], options["label"], options["labels_key"] or domain.files.event_id
    try:
        if not table:
            return Part(events, *labels_of_rows(path, label, events.event_ids[ID].cast(pl.UInt32)))
        if key == domain.files.event_id:
            return Part(events, *labels_of_table(table, label, key, events.event_ids["event_id"]))
        rows = rows_of(events.frame, events.event_ids, feature_sets()[domain.code])
        accounts = [rows.texts(domain.subject, side) for side in rows.places]
        return Part(events, labels_of_accounts(table, label, key, accounts))
    except (LabelInvalid, OSError) as error:
        raise CommandError(str(error)) from error


def digest_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as stream:
        digest = sha256()
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def told_of(options: dict[str, Any], domain: str, digest: str, done: Done) -> dict[str, Any]:
    """The manifest: what the model is and where it comes from."""
    names = ("label", "kind", "budget", "cost", "contamination", "test_fraction", "seed")
    return {
        "title": f"{domain} model of {options['input'].name}", "domain": domain, "author": "train_model", "code": code_version(),
        "data": options["input"].name, "data_sha256": digest, "rows": done.metrics["learnt"],
        "settings": {name: options[name] for name in names},
    }  # fmt: skip


def summarise(metrics: dict[str, Any], seconds: float) -> None:
    """The most important measures on standard output."""
    learnt, test, plain = metrics["learnt"], metrics.get("test", {}), metrics.get("baseline", {})
    print(f"learnt from {learnt['events']:,} events, {learnt['positives']:,} of them suspicious, in {seconds:.0f} s")
    kind, trial = metrics["validation"]["kind"], metrics["validation"]["trial"]
    print(f"{kind}: {', '.join(f'{name} {value}' for name, value in trial.items()) or 'as asked'} on the latest block")
    for name in ("by_time", "by_subject"):
        folds = metrics["validation"][name]
        told = ", ".join(str(fold["average_precision"]) for fold in folds)
        print(f"cross-validation {name.replace('_', ' ')}: average precision {told or 'not possible'}")
    if "average_precision" not in test:
        print("no labelled test events of both kinds: see cross-validation", file=sys.stderr)
        return
    print(f"test: {test['events']:,} events, {test['positives']:,} suspicious ({test['base_rate']:.4%})")
    print(f"  average precision {test['average_precision']:.4f}; plain random forest {plain['average_precision']:.4f}")
    print(f"  ROC AUC {test['roc_auc']:.4f}; flagged {test['flagged']:,} at {test['threshold']:.4g}")
    for row in test["at_k"]:
        if row["k"] in {*_SHOWN, test["positives"]}:
            print(f"  among the {row['k']} highest: precision {row['precision']:.3f}, recall {row['recall']:.3f}")
    for row in test["typologies"]:
        print(f"  {row['typology']}: recall {row['recall']:.3f} of {row['events']}")
