"""Where the steps of a graph stand in its picture."""

from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.engine.layout import HEIGHT, WIDTH, lay_out

graphs = st.integers(1, 40).flatmap(
    lambda size: st.tuples(*(st.sets(st.integers(0, max(number - 1, 0)), max_size=3) for number in range(size)))
)


@given(graphs)
@settings(max_examples=40, deadline=None)
def test_boxes_never_overlap_and_every_step_stands_below_what_it_needs(graph: tuple[set[int], ...]) -> None:
    needs = {str(number): [str(one) for one in sorted(found) if one < number] for number, found in enumerate(graph)}
    laid = lay_out(needs)
    at = {place.name: place for place in laid.places}
    assert list(at) == list(needs)
    for one in laid.places:
        assert 0 <= one.x <= laid.width - WIDTH
        assert 0 <= one.y <= laid.height - HEIGHT
        for other in laid.places:
            assert one is other or abs(one.x - other.x) >= WIDTH or abs(one.y - other.y) >= HEIGHT
    assert all(at[name].y > at[needed].y for name, found in needs.items() for needed in found)


def test_a_chain_is_straight_and_a_line_past_a_row_goes_around_its_boxes() -> None:
    laid = lay_out({"A": [], "B": ["A"], "C": ["B", "A"]})
    past = next(line for line in laid.lines if (line.source, line.target) == ("A", "C"))
    middle = next(place for place in laid.places if place.name == "B")
    assert all(not middle.x <= x <= middle.x + WIDTH for x, _ in past.points[1:-1])
    chain = lay_out({"A": [], "B": ["A"], "C": ["B"]})
    assert len({place.x for place in chain.places}) == 1


def test_a_compensation_stands_below_what_it_undoes() -> None:
    laid = lay_out({"A": [], "B": ["A"], "Undo": []}, {"B": "Undo"})
    at = {place.name: place.y for place in laid.places}
    assert at["Undo"] > at["B"]
    assert [line.target for line in laid.lines if line.undo] == ["Undo"]
