"""In the workers of this installation: partitions as Parquet files in the data folder, which every worker sees.

Each partition is a piece of long work, so a worker that is killed loses nothing: its lease ends and another takes it up.
"""

import json
import shutil
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from uuid import UUID

import polars as pl
from django.conf import settings

from core.actor import system_actor
from core.exceptions import Conflict
from core.ids import new_id, parse_id
from monitoring.engines.base import EngineAbsent, Job
from monitoring.engines.partitions import partitioned
from monitoring.engines.tables import definitions_of, scored_of, table_of, told_of
from monitoring.scoring import Scored, score
from monitoring.works import PARTITION
from workflows.engine.long_work import Progress, WorkContext, WorkResult
from workflows.enums import WorkState
from workflows.selectors import work_with_id
from workflows.services import cancel_work, start_work

LOOK_SECONDS, PATIENCE_SECONDS = 0.5, 120.0
_BY = system_actor("score_events")


def run(job: Job) -> Scored:
    """Has the workers judge the partitions and gathers what they say. Side effects: files and rows of long work.

    Raises EngineAbsent where no worker begins within PATIENCE_SECONDS, or where one could not do its piece.
    """
    job_id = new_id()
    folder = _folder(job_id)
    folder.mkdir(mode=0o700, parents=True)
    pieces: list[UUID] = []
    try:
        for part in partitioned(job.frame, job.definitions):
            number = len(pieces)
            told = {"definitions": told_of(part.definitions), "base_currency": job.base_currency}
            (folder / f"{number}.json").write_text(json.dumps(told), encoding="utf-8")
            part.frame.write_parquet(folder / f"{number}.rows")
            inputs: dict[str, object] = {"job": str(job_id), "part": number}
            pieces.append(start_work(kind=PARTITION, title=f"Scoring, part {number + 1}", by=_BY, inputs=inputs).pk)
        said = [_said(folder, number) for number in job.on_progress(_done(pieces), len(pieces))]
        return scored_of(pl.concat([pl.read_parquet(path) for path in sorted(said)]))
    finally:
        _end(pieces)
        shutil.rmtree(folder, ignore_errors=True)


def score_part(context: WorkContext, progress: Progress) -> WorkResult:
    """Judges one partition of a job; doing it again gives the same file."""
    folder, number = _folder(parse_id(context.inputs["job"])), int(str(context.inputs["part"]))
    told = json.loads((folder / f"{number}.json").read_text(encoding="utf-8"))
    rows = pl.read_parquet(folder / f"{number}.rows")
    definitions = definitions_of(told["definitions"])

    def reported(items: Iterable[object], total: int) -> Iterator[object]:
        for place, item in enumerate(items):
            progress.report(place, total, "judging")
            yield item

    scored = score(rows, definitions, base_currency=told["base_currency"], on_progress=reported)
    beside = folder / f".{number}.{context.work_id}"
    table_of(scored).write_parquet(beside)
    beside.rename(_said(folder, number))
    return WorkResult({"rows": len(rows), "findings": len(scored.fired)})


def _folder(job_id: UUID) -> Path:
    return Path(settings.DATA_DIR) / "scoring" / str(job_id)


def _said(folder: Path, number: int) -> Path:
    return folder / f"{number}.said"


def _done(pieces: list[UUID]) -> Iterator[int]:
    """The numbers of the pieces as they are done; raises EngineAbsent."""
    waiting = dict(enumerate(pieces))
    begun = time.monotonic()
    has_begun = False
    while waiting:
        for number, work_id in list(waiting.items()):
            work = work_with_id(work_id)
            has_begun |= work.state != WorkState.PENDING
            if work.state in {WorkState.FAILED, WorkState.CANCELLED}:
                raise EngineAbsent(
                    f"a worker could not judge part {number + 1}: {work.error or work.get_state_display()}"
                )
            if work.state == WorkState.DONE:
                del waiting[number]
                yield number
        if not has_begun and time.monotonic() - begun > PATIENCE_SECONDS:
            raise EngineAbsent(
                "no worker has begun: start one (`manage.py serve` or a Celery worker), or use --engine local"
            )
        if waiting:
            time.sleep(LOOK_SECONDS)


def _end(pieces: list[UUID]) -> None:
    """Ends what is still open, where the job was given up."""
    for work_id in pieces:
        try:
            cancel_work(work_id=work_id, by=_BY)
        except Conflict:
            continue  # it is done
