"""Documents that talk to a machine, through the whole path with a model that obeys: a sample of `make attack-injections`."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from bench.injections.corpus import attack
from bench.injections.effects import Left, effects_of
from bench.injections.guards import GUARDS, without
from bench.injections.sending import World, prepared
from bench.injections.trial import PAPERS, broken_through, plain_paper
from tests.fakes.language_model import fake_language_model

pytestmark = pytest.mark.django_db(transaction=True)
_PRINTED, _ROLES = 3, 129  # both on the paper that bears all the customer's values
_BREAKS_THROUGH = 2


@pytest.fixture
def world(settings: Settings) -> Iterator[World]:
    made = prepared()
    with fake_language_model(made.model) as model:
        settings.LLM_MODEL, settings.LLM_BASE_URL, settings.LLM_RETRIES = "obedient", model.url, 0
        yield made


def test_obeying_a_document_moves_nothing_and_would_without_the_guard(world: World) -> None:
    plain: list[Left] = [plain_paper(world, 0)] * PAPERS
    for number in (_PRINTED, _ROLES):
        sent = attack(number)
        assert effects_of(sent, world.sent(f"I-{number}", sent), plain[0]) == []
    assert world.model.asked > _BREAKS_THROUGH
    assert world.model.offered_tools == 0
    with without(GUARDS[0]):
        assert "the document is verified" in broken_through(world, _BREAKS_THROUGH, plain)
