"""The workflow actions that keep models healthy. They start long work and say how things stand; people decide."""

from core.clock import now
from monitoring.models import ModelVersion
from monitoring.ranking_works import SCORING, TRAINING
from monitoring.selectors import ROW_OF_DOMAIN, champion_of, feedback_of, labels_since
from workflows.engine.parameters import Parameter
from workflows.engine.registry import Action, StepContext, StepOutcome, register_action
from workflows.services import start_work

_DOMAIN = Parameter("text", "the domain of the models", default="finance", choices=tuple(ROW_OF_DOMAIN))
_SHIFTED = 0.25  # a population stability index above it is a major shift (Siddiqi, Credit Risk Scorecards, 2006)


def _domain(context: StepContext) -> str:
    return str(context.parameters.get("domain", "finance"))


class TrainModel(Action):
    """What is trained is a draft that another person approves."""

    name = "train_model"
    summary = (
        "Has a worker train a draft of a model from people's decisions; it ranks nothing before people promote it."
    )
    parameters = {
        "domain": _DOMAIN,
        "fairness": Parameter("list", "fields whose groups are compared, such as channel; without it every category"),
    }

    def commit(self, context: StepContext, worked: object) -> StepOutcome:
        fields = context.parameters.get("fairness") or []
        return _started(TRAINING, "Training a model", context, **({"fairness": fields} if fields else {}))


class ScoreModels(Action):
    """Champion and challenger score the same rows; the challenger's scores are seen on its page alone."""

    name = "score_models"
    summary = (
        "Has a worker score the rows of the last days by the champion and the challenger, and measure their drift."
    )
    parameters = {"domain": _DOMAIN, "days": Parameter("whole", "how many days of rows", default=30)}

    def commit(self, context: StepContext, worked: object) -> StepOutcome:
        if champion_of(_domain(context)) is None:
            return StepOutcome({"started": False, "reason": "no_champion"})
        return _started(SCORING, "Scoring by models", context, days=context.parameters.get("days", 30))


class CheckModels(Action):
    """Drift is what the last scoring measured; age and labels are counted now."""

    name = "check_models"
    summary = "Says whether the champion's rows drift, how old it is, how many labels are new, and how precise people found it."
    parameters = {
        "domain": _DOMAIN,
        "new_labels": Parameter("whole", "labels after which training is due", default=200),
        "days": Parameter("whole", "age in days after which training is due", default=180),
    }

    def commit(self, context: StepContext, worked: object) -> StepOutcome:
        champion = champion_of(_domain(context))
        if champion is None:
            return StepOutcome({"has_champion": False, "drifts": False, "is_less_precise": False, "is_due": False})
        return StepOutcome({"has_champion": True, **_standing(champion, context)})


def _standing(champion: ModelVersion, context: StepContext) -> dict[str, object]:
    values = context.parameters
    worst = max((float(shift) for shift in champion.drift.values()), default=0.0)
    age, labels = (now() - champion.created_at).days, labels_since(champion.domain, champion.created_at)
    drifts, feedback = worst > _SHIFTED, feedback_of(champion)
    is_due = (
        drifts
        or feedback.has_fallen
        or age >= int(str(values.get("days", 180)))
        or labels >= int(str(values.get("new_labels", 200)))
    )
    return {
        "drifts": drifts, "worst_shift": round(worst, 3), "age_days": age, "new_labels": labels, "is_due": is_due,
        "judged": feedback.judged, "precision": feedback.precision, "is_less_precise": feedback.has_fallen,
        "label_rate": feedback.label_rate,
    }  # fmt: skip


def _started(kind: str, title: str, context: StepContext, **inputs: object) -> StepOutcome:
    domain = _domain(context)
    work = start_work(kind=kind, title=f"{title} ({domain})", inputs={"domain": domain, **inputs}, by=context.by)
    return StepOutcome({"started": True, "work_id": str(work.pk)})


for _action in (TrainModel(), ScoreModels(), CheckModels()):
    register_action(_action)
