"""Places in a scenario's JSON by pointer (`/rule/all/0/compare/2`), the same that the checker's faults name."""

from typing import Any as AnyValue


def steps_of(path: str) -> list[str]:
    """The keys and numbers on the way to a place."""
    return path.strip("/").split("/")


def look(data: AnyValue, path: str) -> AnyValue:
    """What is at the place; raises KeyError where there is none."""
    for step in steps_of(path):
        data = _inside(data, step)
    return data


def put(data: AnyValue, path: str, value: AnyValue) -> None:
    """Puts a value at the place; raises KeyError where there is no such place."""
    *way, last = steps_of(path)
    for step in way:
        data = _inside(data, step)
    if isinstance(data, list):
        _inside(data, last)
        data[int(last)] = value
    elif isinstance(data, dict):
        data[last] = value
    else:
        raise KeyError(path)


def take(data: AnyValue, path: str) -> AnyValue:
    """Takes away what is at the place and gives it; raises KeyError where there is none."""
    *way, last = steps_of(path)
    for step in way:
        data = _inside(data, step)
    found = _inside(data, last)
    if isinstance(data, list):
        return data.pop(int(last))
    del data[last]
    return found


def parent(path: str) -> str:
    """The place that this one is inside of."""
    return path.rpartition("/")[0]


def _inside(data: AnyValue, step: str) -> AnyValue:
    if isinstance(data, list) and step.isdecimal() and len(step) < 4 and int(step) < len(data):  # noqa: PLR2004
        return data[int(step)]
    if isinstance(data, dict) and step in data:
        return data[step]
    raise KeyError(step)
