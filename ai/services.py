"""Asking a language model: no tools, no memory; its answer is a suggestion of a fixed shape, never a decision."""

import hashlib
import time
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.conf import settings
from pydantic import BaseModel, ValidationError

from ai.exceptions import AnswerInvalid, ModelPaused, ModelUnavailable, TokenBudgetSpent
from ai.models import AiCall, CallState
from ai.prompts import Prompt, prompt_named
from ai.providers import configured_provider
from ai.providers.base import Completion, Provider, Question
from ai.selectors import answered_before, paused_until, tokens_spent_today
from audit.selectors import unsealed_for
from audit.services import sealed_for
from core.context import request_id

__all__ = ["Told", "ask", "ask_with_cost", "prompt_named"]

Answer = TypeVar("Answer", bound=BaseModel)


@dataclass(frozen=True)
class Told(Generic[Answer]):
    """An answer with the model that gave it and what it cost now: nothing where it was in the store."""

    answer: Answer
    model: str
    tokens_in: int = 0
    tokens_out: int = 0
    milliseconds: int = 0


def ask(
    *, purpose: str, prompt: Prompt, material: str, shape: type[Answer], image: bytes = b"",
    subject_id: UUID | None = None, personal: bool = False,
) -> Answer:  # fmt: skip
    """The model's answer to `prompt` about `material`, as an instance of `shape`; see `ask_with_cost`."""
    return ask_with_cost(
        purpose=purpose,
        prompt=prompt,
        material=material,
        shape=shape,
        image=image,
        subject_id=subject_id,
        personal=personal,
    ).answer


def ask_with_cost(
    *, purpose: str, prompt: Prompt, material: str, shape: type[Answer], image: bytes = b"",
    subject_id: UUID | None = None, personal: bool = False,
) -> Told[Answer]:  # fmt: skip
    """The model's answer to `prompt` about `material`, as an instance of `shape`, with its cost.

    Call outside any transaction: it waits for a network. The same question to the same model is answered from the
    store, so a repeated step neither pays again nor differs. Side effects: one AiCall row, of failures too. The answer
    is kept under the key of `subject_id`, the person it is about; of `personal` material without one it is not kept.
    Raises ModelNotConfigured, ModelPaused, TokenBudgetSpent, ModelUnavailable, AnswerInvalid.
    """
    provider = configured_provider()
    question = Question(prompt.text, material, shape.__name__, shape.model_json_schema(), image)
    digest = hashlib.sha256(repr(question).encode()).hexdigest()
    call = AiCall(
        purpose=purpose, model=provider.model, prompt_version=prompt.version, prompt_sha256=prompt.sha256,
        input_sha256=digest, state=CallState.FAILED, subject_id=subject_id, cause=request_id()[:64],
    )  # fmt: skip
    before = _kept(answered_before(digest, provider.model))
    if before is not None:
        return Told(shape.model_validate(before), provider.model)
    if paused_until(provider.model):
        raise ModelPaused("The language model failed several times and is not asked for a minute.")
    if tokens_spent_today() >= settings.LLM_TOKENS_PER_DAY:
        raise TokenBudgetSpent("The language model's budget of this day is used up.")
    answer = _asked(call, provider, question, shape, personal=personal)
    return Told(answer, provider.model, call.tokens_in, call.tokens_out, call.milliseconds)


def _kept(call: AiCall | None) -> Any:
    """A stored answer; None where none was kept, or its person's key has been destroyed since."""
    if call is None:
        return None
    return unsealed_for(call.subject_id, call.sealed) if call.subject_id and call.sealed else call.answer


def _asked(call: AiCall, provider: Provider, question: Question, shape: type[Answer], *, personal: bool) -> Answer:
    started = time.monotonic()
    try:
        answer = _read(call, provider.complete(question), shape)
        call.state = CallState.ANSWERED
        _keep(call, answer.model_dump(mode="json"), personal=personal)
        return answer
    except (ModelUnavailable, AnswerInvalid) as error:
        call.error = error.message[:200]
        raise
    finally:
        call.milliseconds = int((time.monotonic() - started) * 1000)
        call.save()


def _keep(call: AiCall, answer: dict[str, object], *, personal: bool) -> None:
    if call.subject_id:
        call.sealed = sealed_for(subject_id=call.subject_id, personal=answer)
    elif not personal:
        call.answer = answer


def _read(call: AiCall, completion: Completion, shape: type[Answer]) -> Answer:
    call.tokens_in, call.tokens_out = completion.tokens_in, completion.tokens_out
    try:
        return shape.model_validate_json(completion.text)
    except ValidationError as error:
        call.state = CallState.INVALID
        raise AnswerInvalid("The language model's answer is not of the asked shape.") from error
