"""Computing a model's score again, by the version that gave it and from the columns it was computed from."""

from importlib import import_module
from typing import Any

from monitoring.models import ModelArtefact, RowScore

_ALIKE = 1e-9  # sums of a forest's trees depend on the order in which threads add them


def replay_score(score: RowScore) -> tuple[str, ...]:
    """What comes out otherwise, in sentences; none where score, percentile and flag are as they were. Stores nothing.

    The artefact is read only where its checksum is the one that was kept.
    """
    modelling: Any = import_module("monitoring.modelling")  # Polars is loaded by workers only
    if not score.inputs:
        return ("The score was kept before its columns were: it cannot be computed again.",)
    content = ModelArtefact.objects.get(version=score.version_id).content
    try:
        model = modelling.read_artefact(content, score.version.checksum)
        chance, percentile = model.again(score.inputs)
    except modelling.ArtefactRefused as error:
        return (str(error),)
    except KeyError as error:
        return (f"The version looks at {error.args[0]}, which was not kept with the score.",)
    told = [
        f"The {name} was {then:.6f} and is {now:.6f} now."
        for name, then, now in (("score", score.score, chance), ("percentile", score.percentile, percentile))
        if abs(then - now) > _ALIKE
    ]
    if score.is_flagged != (chance >= model.threshold):
        told.append(f"It was {'' if score.is_flagged else 'not '}flagged, and now it would be otherwise.")
    return tuple(told)
