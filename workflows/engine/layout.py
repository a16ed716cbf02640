"""Where the steps of a graph stand in its picture: rows from top to bottom by `needs`, few crossings, straight chains. Pure.

The layered method of Sugiyama, Tagawa and Toda (1981): rows by longest path, places in a row by the mean of the neighbours,
and last the nearest positions that keep their distance (isotonic regression, row by row). Units are SVG's.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

WIDTH, HEIGHT = 212, 62
_GAP_ACROSS, _GAP_DOWN, _MARGIN, _LINE_WIDTH = 26, 40, 12, 14
_SWEEPS = 8


@dataclass(frozen=True)
class Place:
    """The upper left corner of a step's box."""

    name: str
    x: int
    y: int


@dataclass(frozen=True)
class Line:
    """From one step to the next, through these points. `undo` where the second undoes the first."""

    source: str
    target: str
    points: tuple[tuple[int, int], ...]
    undo: bool = False

    @property
    def path(self) -> str:
        """The line as an SVG path: upright where it leaves and arrives."""
        (x, y), *others = self.points
        parts = [f"M{x} {y}"]
        for to_x, to_y in others:
            half = (y + to_y) // 2
            parts.append(f"C{x} {half} {to_x} {half} {to_x} {to_y}")
            x, y = to_x, to_y
        return "".join(parts)


@dataclass(frozen=True)
class Layout:
    """All boxes and lines, and the size of the picture."""

    places: tuple[Place, ...]
    lines: tuple[Line, ...]
    width: int
    height: int


_Node = str | tuple[str, str, int]  # a step, or where the line between two steps passes a row
_Rows = list[list[_Node]]


def lay_out(needs: Mapping[str, Sequence[str]], undone_by: Mapping[str, str] | None = None) -> Layout:
    """The picture of steps that `needs` other steps (all of them keys); `undone_by` names a step's compensation.

    `needs` must be without circles, as a checked definition's are.
    """
    edges = [(needed, name, False) for name, found in needs.items() for needed in found]
    edges += [(name, undo, True) for name, undo in (undone_by or {}).items() if not _reaches(needs, undo, name)]
    row_of = _rows(needs, edges)
    chains = {(source, target): _chain(source, target, row_of) for source, target, _ in edges}
    rows, neighbours = _filled(row_of, chains.values())
    _sort(rows, neighbours)
    centres = _centres(rows, neighbours)
    left = min((centre - _width(node) / 2 for node, centre in centres.items()), default=0)
    across = {node: round(centre - left) + _MARGIN for node, centre in centres.items()}
    places = tuple(Place(name, across[name] - WIDTH // 2, _top(row_of[name])) for name in needs)
    lines = tuple(
        Line(source, target, _points(chains[source, target], across, row_of), undo) for source, target, undo in edges
    )
    width = max((across[node] + _width(node) // 2 for node in across), default=0) + _MARGIN
    return Layout(places, lines, width, _top(len(rows)) - _GAP_DOWN + _MARGIN)


def _reaches(needs: Mapping[str, Sequence[str]], start: str, goal: str) -> bool:
    """Whether `start` stands before `goal`: a line back to it would be a circle."""
    return start == goal or any(_reaches(needs, start, needed) for needed in needs.get(goal, ()))


def _rows(names: Mapping[str, object], edges: Sequence[tuple[str, str, bool]]) -> dict[str, int]:
    row_of = dict.fromkeys(names, 0)
    for _ in names:
        moved = [(target, row_of[source] + 1) for source, target, _ in edges if row_of[target] <= row_of[source]]
        for target, row in moved:
            row_of[target] = max(row_of[target], row)
        if not moved:
            break
    return row_of


def _chain(source: str, target: str, row_of: Mapping[str, int]) -> list[_Node]:
    between = range(row_of[source] + 1, row_of[target])
    return [source, *((source, target, row) for row in between), target]


def _filled(row_of: Mapping[str, int], chains: Iterable[list[_Node]]) -> tuple[_Rows, dict[_Node, list[_Node]]]:
    rows: _Rows = [[] for _ in range(max(row_of.values(), default=-1) + 1)]
    neighbours: dict[_Node, list[_Node]] = defaultdict(list)
    for name, row in row_of.items():
        rows[row].append(name)
    for chain in chains:
        for node in chain[1:-1]:
            rows[int(node[2])].append(node)
        for upper, lower in pairwise(chain):
            neighbours[upper].append(lower)
            neighbours[lower].append(upper)
    return rows, neighbours


def _sort(rows: _Rows, neighbours: Mapping[_Node, list[_Node]]) -> None:
    """Puts each row in the order of the means of its neighbours' places, down and up again."""
    at = {node: float(place) for row in rows for place, node in enumerate(row)}
    for sweep in range(_SWEEPS):
        for row in rows if sweep % 2 == 0 else reversed(rows):
            found = {node: _mean([at[other] for other in neighbours.get(node, ())], at[node]) for node in row}
            row.sort(key=found.__getitem__)
            at.update({node: float(place) for place, node in enumerate(row)})


def _centres(rows: _Rows, neighbours: Mapping[_Node, list[_Node]]) -> dict[_Node, float]:
    centres: dict[_Node, float] = {}
    for row in rows:
        centres.update(zip(row, _spread(row, [0.0] * len(row)), strict=True))
    for sweep in range(_SWEEPS):
        for row in rows if sweep % 2 == 0 else reversed(rows):
            wanted = [_mean([centres[other] for other in neighbours.get(node, ())], centres[node]) for node in row]
            centres.update(zip(row, _spread(row, wanted), strict=True))
    return centres


def _spread(row: Sequence[_Node], wanted: Sequence[float]) -> list[float]:
    """The places nearest to the wanted ones that keep boxes apart: pool adjacent violators over what is left of the gaps."""
    offsets = [0.0]
    for left, right in pairwise(row):
        offsets.append(offsets[-1] + (_width(left) + _width(right)) / 2 + _GAP_ACROSS)
    pools: list[tuple[float, int]] = []
    for want, offset in zip(wanted, offsets, strict=True):
        pools.append((want - offset, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (one, count), (other, more) = pools[-2:]
            pools[-2:] = [((one * count + other * more) / (count + more), count + more)]
    values = [value for value, count in pools for _ in range(count)]
    return [value + offset for value, offset in zip(values, offsets, strict=True)]


def _points(chain: list[_Node], across: Mapping[_Node, int], row_of: Mapping[str, int]) -> tuple[tuple[int, int], ...]:
    first, *between, last = chain
    points = [(across[first], _top(row_of[str(first)]) + HEIGHT)]
    for node in between:
        points += [(across[node], _top(int(node[2]))), (across[node], _top(int(node[2])) + HEIGHT)]
    return (*points, (across[last], _top(row_of[str(last)])))


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _width(node: _Node) -> int:
    return WIDTH if isinstance(node, str) else _LINE_WIDTH


def _top(row: int) -> int:
    return _MARGIN + row * (HEIGHT + _GAP_DOWN)
