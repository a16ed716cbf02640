"""Comparing a printed name with the form's."""

import pytest

from documents.extraction.names import is_near_name, is_on_page, is_same_name


@pytest.mark.parametrize(
    ("printed", "given"),
    [
        ("JANE CITIZEN", "Citizen Jane"), ("JUERGEN MUELLER", "Jürgen Müller"), ("JURGEN MULLER", "Jürgen Müller"),
        ("JANE CITIZEN", "Jane Mary Citizen"), ("SEAN OCONNOR", "Seán O'Connor"), ("ANNE MARIE DUPONT", "Anne-Marie Dupont"),
        ("VLADIMIR IVANOV", "Владимир Иванов"), ("SOEREN AAGAARD", "Søren Ågaard"),
    ],
)  # fmt: skip
def test_same_name_in_another_spelling_is_the_same(printed: str, given: str) -> None:
    assert is_same_name(printed, given)


@pytest.mark.parametrize(
    ("printed", "given"),
    [
        ("JANE CITIZEN", "Janet Citizen"),
        ("CITIZEN", "Jane Citizen"),
        ("JANE CITIZEN", "John Smith"),
        ("", "Jane Citizen"),
    ],
)
def test_another_name_is_not_the_same(printed: str, given: str) -> None:
    assert not is_same_name(printed, given)


def test_name_with_a_slip_is_near() -> None:
    assert is_near_name("JANE CITIZEM", "Jane Citizen")
    assert not is_near_name("JOHN SMITH", "Jane Citizen")


def test_name_on_a_page_needs_all_its_words() -> None:
    assert is_on_page("Jürgen Müller", "Herrn Jurgen Muller\nHafenweg 7")
    assert not is_on_page("Jürgen Müller", "Herrn Peter Müller")
