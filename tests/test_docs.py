"""What the papers tell a newcomer to type or to open is there."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from accounts.models import User
from compliance_site.demo import demo_logins, seed_demo

HOME = Path(__file__).resolve().parent.parent
PAPERS = sorted([*HOME.glob("*.md"), *(HOME / "docs").rglob("*.md")])
TEXT = {str(paper.relative_to(HOME)): paper.read_text() for paper in PAPERS}
TARGETS = set(re.findall(r"^([a-z-]+):", (HOME / "Makefile").read_text(), re.MULTILINE))


@pytest.mark.parametrize("paper", TEXT)
def test_paper_names_only_make_targets_that_exist(paper: str) -> None:
    assert set(re.findall(r"`?\bmake ([a-z-]+)[`\s]+(?:#|`|\n|$|,|;|\.)", TEXT[paper])) <= TARGETS


@pytest.mark.parametrize("paper", TEXT)
def test_paper_names_only_commands_that_exist(paper: str) -> None:
    assert set(re.findall(r"manage\.py ([a-z_]+)", TEXT[paper])) <= set(get_commands())


@pytest.mark.parametrize("paper", TEXT)
def test_paper_links_only_to_what_exists(paper: str) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)\)", TEXT[paper])
    assert not [link for link in links if not (HOME / paper).parent.joinpath(link).exists()]


@pytest.mark.django_db
def test_readme_names_every_login_of_the_demonstration(tmp_path: Path, settings: object) -> None:
    settings.DATA_DIR = settings.DOCUMENT_ROOT = tmp_path
    seed_demo()
    people = [login for login in demo_logins() if User.objects.filter(username=login.username).exists()]
    assert all(f"`{person.username}`" in TEXT["README.md"] for person in people)
    assert {person.password for person in people} == {re.search(r"all sign in with `([^`]+)`", TEXT["README.md"])[1]}


def test_every_decision_record_is_in_the_index() -> None:
    records = {path.name for path in (HOME / "docs" / "adr").glob("0*.md")}
    assert records == set(re.findall(r"\((0[^)]+\.md)\)", TEXT["docs/adr/README.md"]))


def test_every_picture_is_shown_somewhere() -> None:
    shown = {name for text in TEXT.values() for name in re.findall(r"img/([\w-]+\.webp)", text)}
    assert shown == {path.name for path in (HOME / "docs" / "img").iterdir()}
