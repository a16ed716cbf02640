"""Any server that speaks OpenAI's chat completions: a hosted one, vLLM, llama.cpp, Ollama."""

import base64
import re
from typing import Any

from django.conf import settings
from openai import APIConnectionError, APIStatusError, APITimeoutError, OpenAI, OpenAIError
from openai.types.chat import ChatCompletion

from ai.exceptions import ModelUnavailable
from ai.providers.base import Completion, Question
from core.words import said

_FENCE = "<<<DOCUMENT\n{material}\nDOCUMENT>>>"
_FENCE_INSIDE = re.compile(r"<{2,}\s*DOCUMENT|DOCUMENT\s*>{2,}", re.IGNORECASE)


class OpenAiCompatible:
    """The client retries 408, 409, 429 and 5xx with exponential back-off and honours Retry-After (openai package)."""

    def __init__(self) -> None:
        self.model: str = settings.LLM_MODEL
        self._client = OpenAI(
            base_url=settings.LLM_BASE_URL or None,
            api_key=settings.LLM_API_KEY or "unused",
            timeout=settings.LLM_TIMEOUT,
            max_retries=settings.LLM_RETRIES,
        )

    def complete(self, question: Question) -> Completion:
        """Asks for JSON of the question's schema, with `LLM_PARAMETERS`. Raises ModelUnavailable after the client's retries."""
        messages: list[Any] = [
            {"role": "system", "content": question.instructions},
            {"role": "user", "content": _content(question)},
        ]
        given = {name: value for name, value in settings.LLM_PARAMETERS.items() if value is not None}
        try:
            answer = self._client.chat.completions.create(
                model=self.model, messages=messages, response_format=_format(question), extra_body=given,
            )  # fmt: skip
        except APIStatusError as error:
            raise ModelUnavailable(
                said("The language model refused with status {status_code}.", status_code=error.status_code)
            ) from error
        except APITimeoutError as error:
            raise ModelUnavailable("The language model did not answer in time.") from error
        except APIConnectionError as error:
            raise ModelUnavailable("The language model cannot be reached.") from error
        except (OpenAIError, ValueError) as error:  # a body that is no completion
            raise ModelUnavailable("The language model's server answered something else.") from error
        if not isinstance(answer, ChatCompletion):
            raise ModelUnavailable("The language model's server answered something else.")
        usage, choices = answer.usage, answer.choices or []
        text = choices[0].message.content if choices else ""
        return Completion(text or "", usage.prompt_tokens if usage else 0, usage.completion_tokens if usage else 0)


def _format(question: Question) -> Any:
    """The closed shape as `json_schema`, or as `json_object` for servers that know only that (llama-cpp-python)."""
    if settings.LLM_SCHEMA_AS == "json_object":
        return {"type": "json_object", "schema": question.schema}
    schema = {"name": question.schema_name, "schema": question.schema, "strict": True}
    return {"type": "json_schema", "json_schema": schema}


def _content(question: Question) -> Any:
    """The fenced material, and the page's picture where there is one. A fence inside the material is taken apart."""
    fenced = _FENCE.format(material=_FENCE_INSIDE.sub("DOCUMENT", question.material))
    if not question.image:
        return fenced
    picture = base64.b64encode(question.image).decode("ascii")
    return [
        {"type": "text", "text": fenced},
        {"type": "image_url", "image_url": {"url": f"data:image/jpeg;base64,{picture}"}},
    ]
