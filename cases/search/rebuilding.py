"""Building the index anew, as long work: after an upgrade that brought search, or after a repair."""

from cases.search.services import rebuild
from core.columns.blind import BlindIndex, register_blind_index
from workflows.engine.long_work import Progress, WorkContext, WorkKind, WorkResult, register_work

REBUILD = "rebuild the search index"


def _rebuild(context: WorkContext, progress: Progress) -> WorkResult:
    return WorkResult({"indexed": rebuild(progress.report)})


register_work(WorkKind(REBUILD, _rebuild, "What was indexed so far stays; searching works all the time."))
register_blind_index(BlindIndex("words of search", rebuild))
