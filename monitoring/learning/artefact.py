"""A model as a file: written with skops, which runs no code when it reads; read only where checksum and types are right.

A folder holds `model.skops`, `manifest.json` (what it is and the checksum), `metrics.json` and `report.html`.
"""

import json
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from skops import io as skops

from monitoring.learning.calibration import Calibration, Percentiles
from monitoring.learning.cases import CaseBase
from monitoring.learning.drift import Distribution
from monitoring.learning.encoding import Encoder
from monitoring.learning.model import Model
from monitoring.learning.propagation import KnownAccounts
from monitoring.scenarios.catalogue import definition_from

MODEL, MANIFEST, METRICS, REPORT, LOG = "model.skops", "manifest.json", "metrics.json", "report.html", "audit_log.json"
FORMAT = 1
TRUSTED = frozenset({
    "collections.OrderedDict", "lightgbm.basic.Booster", "lightgbm.sklearn.LGBMClassifier", "sklearn.tree._tree.Tree",
})  # fmt: skip


class ArtefactRefused(Exception):
    """The artefact is not what was kept, or holds what is never read; the message says which."""


def dumped(model: Model) -> bytes:
    """The model as bytes."""
    cases = {name: getattr(model.cases, name) for name in ("ranked", "grid", "weights")}
    return bytes(skops.dumps({
        "format": FORMAT, "domain": model.domain, "encoder": model.encoder.data(), "anomaly": model.anomaly,
        "first": model.first, "final": model.final, "salt": model.known.salt, "known": model.known.cases,
        "calibration": asdict(model.calibration), "percentiles": model.percentiles.data(), "unusual": model.unusual.data(),
        "threshold": model.threshold, "usual": model.usual, "cases": cases,
        "case_ids": [str(name) for name in model.cases.event_ids], "case_outcomes": model.cases.outcomes,
        "definitions": [asdict(definition) for definition in model.definitions],
        "distributions": {code: asdict(told) for code, told in model.distributions.items()},
    }))  # fmt: skip


def loaded(content: bytes, checksum: str) -> Model:
    """The model in these bytes; raises ArtefactRefused where the checksum differs or a type is not trusted."""
    if checksum_of(content) != checksum:
        raise ArtefactRefused("The artefact is not the one that was kept: its checksum differs.")
    strange = sorted(set(skops.get_untrusted_types(data=content)) - TRUSTED)
    if strange:
        raise ArtefactRefused(f"The artefact holds {strange[0]}, which is never read.")
    told = skops.loads(content, trusted=sorted(TRUSTED))
    if told.get("format") != FORMAT:
        raise ArtefactRefused(f"The artefact has the format {told.get('format')}, not {FORMAT}.")
    encoder = {**told["encoder"], "columns": tuple(told["encoder"]["columns"])}
    return Model(
        told["domain"], Encoder(**encoder), told["anomaly"], told["first"], told["final"],
        KnownAccounts(told["salt"], told["known"]), Calibration(**told["calibration"]), Percentiles(**told["percentiles"]),
        Percentiles(**told["unusual"]), told["threshold"], np.asarray(told["usual"]),
        CaseBase(told["case_ids"], told["case_outcomes"], **told["cases"]),
        {code: Distribution(**item) for code, item in told["distributions"].items()},
        [definition_from(item) for item in told["definitions"]],
    )  # fmt: skip


def checksum_of(content: bytes) -> str:
    """SHA-256 of an artefact or a data file."""
    return sha256(content).hexdigest()


def write_folder(folder: Path, model: Model, manifest: dict[str, Any], metrics: dict[str, Any], report: str) -> None:
    """Everything of a version as files of a folder, which is made where it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    content = dumped(model)
    (folder / MODEL).write_bytes(content)
    told = manifest | {"checksum": checksum_of(content), "format": FORMAT, "domain": model.domain}
    (folder / MANIFEST).write_text(json.dumps(told, indent=1), encoding="utf-8")
    (folder / METRICS).write_text(json.dumps(metrics, indent=1), encoding="utf-8")
    (folder / REPORT).write_text(report, encoding="utf-8")


def read_folder(folder: Path) -> tuple[Model, dict[str, Any]]:
    """The model of a folder with its manifest; raises ArtefactRefused."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        content = (folder / MODEL).read_bytes()
    except (OSError, ValueError) as error:
        raise ArtefactRefused(f"{folder} is no folder of a model: {error}") from error
    return loaded(content, str(manifest.get("checksum", ""))), manifest
