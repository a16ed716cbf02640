"""Asking a language model: no tools, no memory; its answer is a suggestion of a fixed shape, never a decision."""

import hashlib
import time
from typing import TypeVar

from django.conf import settings
from pydantic import BaseModel, ValidationError

from ai.exceptions import AnswerInvalid, ModelUnavailable, TokenBudgetSpent
from ai.models import AiCall, CallState
from ai.prompts import Prompt
from ai.providers import configured_provider
from ai.providers.base import Completion, Provider, Question
from ai.selectors import answered_before, tokens_spent_today

Answer = TypeVar("Answer", bound=BaseModel)


def ask(*, purpose: str, prompt: Prompt, material: str, shape: type[Answer]) -> Answer:
    """The model's answer to `prompt` about `material`, as an instance of `shape`.

    Call outside any transaction: it waits for a network. The same question to the same model is answered from the
    store, so a repeated step neither pays again nor differs. Side effects: one AiCall row, of failures too.
    Raises ModelNotConfigured, TokenBudgetSpent, ModelUnavailable, AnswerInvalid.
    """
    provider = configured_provider()
    question = Question(prompt.text, material, shape.__name__, shape.model_json_schema())
    digest = hashlib.sha256(repr(question).encode()).hexdigest()
    before = answered_before(digest, provider.model)
    if before is not None:
        return shape.model_validate(before.answer)
    if tokens_spent_today() >= settings.LLM_TOKENS_PER_DAY:
        raise TokenBudgetSpent("The language model's budget of this day is used up.")
    call = AiCall(
        purpose=purpose, model=provider.model, prompt_version=prompt.version, prompt_sha256=prompt.sha256,
        input_sha256=digest, state=CallState.FAILED,
    )  # fmt: skip
    return _asked(call, provider, question, shape)


def _asked(call: AiCall, provider: Provider, question: Question, shape: type[Answer]) -> Answer:
    started = time.monotonic()
    try:
        completion = provider.complete(question)
        answer = _read(call, completion, shape)
        call.state, call.answer = CallState.ANSWERED, answer.model_dump(mode="json")
        return answer
    except (ModelUnavailable, AnswerInvalid) as error:
        call.error = error.message[:200]
        raise
    finally:
        call.milliseconds = int((time.monotonic() - started) * 1000)
        call.save()


def _read(call: AiCall, completion: Completion, shape: type[Answer]) -> Answer:
    call.tokens_in, call.tokens_out = completion.tokens_in, completion.tokens_out
    try:
        return shape.model_validate_json(completion.text)
    except ValidationError as error:
        call.state = CallState.INVALID
        raise AnswerInvalid("The language model's answer is not of the asked shape.") from error
