"""Facts about a language model that does not help."""

from core.exceptions import Unavailable


class ModelNotConfigured(Unavailable):
    """No model is set up: the deterministic path serves alone."""

    code = "model_not_configured"


class ModelUnavailable(Unavailable):
    """The provider does not answer, or not now; it was asked again as often as allowed."""

    code = "model_unavailable"


class TokenBudgetSpent(Unavailable):
    """The tokens of this day are used up."""

    code = "token_budget_spent"


class AnswerInvalid(Unavailable):
    """The model answered something that is not of the asked shape."""

    code = "model_answer_invalid"


class ModelPaused(ModelUnavailable):
    """The model failed several times in a row and is left alone for a while."""

    code = "model_paused"
