"""Any server that speaks OpenAI's chat completions: a hosted one, vLLM, llama.cpp, Ollama."""

from django.conf import settings
from openai import APIConnectionError, APIStatusError, OpenAI

from ai.exceptions import ModelUnavailable
from ai.providers.base import Completion, Question

_FENCE = "<<<DOCUMENT\n{material}\nDOCUMENT>>>"


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
        """Asks once, at temperature 0, for JSON of the question's schema. Raises ModelUnavailable."""
        try:
            answer = self._client.chat.completions.create(
                model=self.model,
                temperature=0,
                messages=[
                    {"role": "system", "content": question.instructions},
                    {"role": "user", "content": _FENCE.format(material=question.material)},
                ],
                response_format={
                    "type": "json_schema",
                    "json_schema": {"name": question.schema_name, "schema": question.schema, "strict": True},
                },
            )
        except APIStatusError as error:
            raise ModelUnavailable(f"The language model refused with status {error.status_code}.") from error
        except APIConnectionError as error:
            raise ModelUnavailable("The language model cannot be reached.") from error
        usage = answer.usage
        text = answer.choices[0].message.content if answer.choices else ""
        return Completion(text or "", usage.prompt_tokens if usage else 0, usage.completion_tokens if usage else 0)
