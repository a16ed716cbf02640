"""JSON nested as deep as a body allows is refused, wherever a body is read."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.factories.accounts import make_api_key

pytestmark = pytest.mark.django_db
DEPTH = 100_000
DEEP = "[" * DEPTH + "]" * DEPTH


@pytest.mark.parametrize(
    "path", ["submissions", "screen", "transactions", "process-events", "webhooks", "match/default"]
)
@pytest.mark.parametrize("body", [DEEP, '{"customer":' * DEPTH + "1" + "}" * DEPTH])
def test_a_body_nested_a_hundred_thousand_deep_is_refused(client: Client, path: str, body: str) -> None:
    headers = {"Authorization": f"Bearer {make_api_key()[1]}"}
    answer = client.post(f"/api/v1/{path}", body, content_type="application/json", headers=headers)
    assert answer.status_code in {400, 422}


def test_a_part_nested_as_deep_is_refused(client: Client) -> None:
    part = SimpleUploadedFile("submission.json", DEEP.encode(), "application/json")
    headers = {"Authorization": f"Bearer {make_api_key()[1]}"}
    assert client.post("/api/v1/submissions", {"submission": part}, headers=headers).status_code in {400, 422}
