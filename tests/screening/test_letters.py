"""What is marked where two values differ."""

from screening.letters import Part, marked_names, marked_values


def _marks(parts: tuple[Part, ...]) -> str:
    return "".join(f"[{part.text}]" if part.differs else part.text for part in parts)


def test_one_letter_of_a_word_is_marked_on_both_sides() -> None:
    mine, listed = marked_names("Ilsa Brandvoort", "Ilse Brandvoort")
    assert (_marks(mine), _marks(listed)) == ("Ils[a] Brandvoort", "Ils[e] Brandvoort")


def test_words_in_another_order_are_not_marked() -> None:
    mine, listed = marked_names("Morosenko Wiktor", "WIKTOR MOROSENKO")
    assert (_marks(mine), _marks(listed)) == ("Morosenko Wiktor", "WIKTOR MOROSENKO")


def test_a_word_without_counterpart_is_marked_whole() -> None:
    mine, listed = marked_names("Ilse Brandvoort", "Ilse Maria Brandvoort")
    assert (_marks(mine), _marks(listed)) == ("Ilse Brandvoort", "Ilse [Maria] Brandvoort")


def test_a_name_in_another_script_is_kept_whole() -> None:
    mine, _ = marked_names("محمود الزهراني", "Mahmoud")
    assert "".join(part.text for part in mine) == "محمود الزهراني"


def test_dates_are_compared_digit_by_digit() -> None:
    mine, listed = marked_values(["1985-06-01"], ["1981-06-02"])
    assert (_marks(mine[0]).replace("][", ""), _marks(listed[0]).replace("][", "")) == (
        "198[5]-06-0[1]",
        "198[1]-06-0[2]",
    )


def test_letters_that_fold_to_more_are_marked_as_a_word() -> None:
    mine, _ = marked_values(["Strauß"], ["Straus"])
    assert _marks(mine[0]) == "[Strauß]"
