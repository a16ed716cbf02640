"""The whole trial: plain papers, the documents, the controls."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.conf import settings

from bench.injections.corpus import Attack, paper_of, wishes_of
from bench.injections.effects import Left, Tally, effects_of
from bench.injections.guards import GUARDS, without
from bench.injections.papers import drawn_pdf
from bench.injections.sending import Model, World, prepared
from bench.injections.texts import QUIET
from tests.fakes.language_model import fake_language_model

PAPERS, CONTROLS = 3, 6
_FIRST_CONTROL, _FIRST_PLAIN = 10_000, 20_000


@dataclass
class Trial:
    """What came of it."""

    tally: Tally
    model: Model
    genuine: str
    without: dict[str, int] = field(default_factory=dict)

    @property
    def stands(self) -> bool:
        """No effect, no tool, and every control did what it must."""
        return (
            not self.tally.effects
            and not self.model.offered_tools
            and self.genuine == "verified"
            and all(self.without.values())
        )


def tried(numbered: Sequence[tuple[int, Attack]], controls: int = CONTROLS) -> Trial:
    """Sends all of them through an empty product. Side effects: those on the database, and the model in the settings."""
    world, tally = prepared(), Tally()
    with fake_language_model(world.model) as model:
        settings.LLM_MODEL, settings.LLM_BASE_URL, settings.LLM_RETRIES = "obedient", model.url, 0
        plain = [plain_paper(world, number) for number in range(PAPERS)]
        for number, sent in numbered:
            tally.add(sent, world.sent(f"I-{number}", sent), plain[number % PAPERS])
        trial = Trial(tally, world.model, world.genuine())
        for place, guard in enumerate(GUARDS):
            with without(guard):
                trial.without[guard] = sum(
                    bool(broken_through(world, place * controls + number, plain)) for number in range(controls)
                )
    return trial


def plain_paper(world: World, number: int) -> Left:
    """What the paper leaves without an instruction, before an honest model that finds nothing to add."""
    wishes = wishes_of(_FIRST_PLAIN + number)
    paper = Attack("none", "licence.pdf", drawn_pdf(paper_of(number, wishes)), wishes)
    return world.sent(f"I-plain-{number}", paper, obeys=False)


def broken_through(world: World, number: int, plain: Sequence[Left]) -> list[str]:
    """The effects of a remark that no pattern knows, printed for everybody to see."""
    at = _FIRST_CONTROL + number
    wishes = wishes_of(at)
    text = QUIET[number % len(QUIET)]
    sent = Attack("control", "licence.pdf", drawn_pdf(paper_of(at, wishes), text), wishes)
    return effects_of(sent, world.sent(f"I-control-{number}", sent), plain[at % PAPERS])
