"""The guide's table of actions, from the actions themselves."""

from collections.abc import Sequence

from workflows.engine.registry import Action

BEGIN, END = "<!-- actions: written by manage.py workflow_guide -->", "<!-- end of actions -->"


def with_actions(text: str, actions: Sequence[Action]) -> str:
    """The guide's text with its table of actions made anew. Raises ValueError where the marks are gone."""
    before, found, rest = text.partition(BEGIN)
    _, ended, after = rest.partition(END)
    if not found or not ended:
        raise ValueError(f"the guide has no part between {BEGIN} and {END}")
    return before + BEGIN + "\n" + "\n".join(_rows(actions)) + "\n" + END + after


def _rows(actions: Sequence[Action]) -> list[str]:
    rows = ["| action | what it does | `with` |", "| --- | --- | --- |"]
    for action in actions:
        given = [
            f"`{name}` ({one.type}{', needed' if one.required else ''}): {one.sentence}"
            for name, one in action.parameters.items()
        ]
        rows.append(f"| `{action.name}` | {action.summary} | {'; '.join(given) or '–'} |")
    return rows
