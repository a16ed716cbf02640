"""Reading a workflow's YAML: a frozen definition, or every fault with its line, what is wrong and what instead."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, field

import yaml

TRIGGERS = ("new_customer", "document_uploaded", "manual")
_WORKFLOW_KEYS = ("name", "trigger", "steps")
_STEP_KEYS = ("name", "action")
_LONGEST_NAME = 120


@dataclass(frozen=True)
class StepDefinition:
    """One step: a name, unique in its workflow, and the action it takes."""

    name: str
    action: str


@dataclass(frozen=True)
class WorkflowDefinition:
    """A workflow: what starts it and its steps in their order."""

    name: str
    trigger: str
    steps: tuple[StepDefinition, ...]


@dataclass(frozen=True)
class DefinitionFault:
    """One thing wrong in the text. `line` counts from 1."""

    line: int
    message: str
    suggestion: str


@dataclass
class _Reader:
    """Walks the YAML nodes (which know their lines) and collects faults instead of stopping at the first."""

    actions: Sequence[str]
    faults: list[DefinitionFault] = field(default_factory=list)

    def fault(self, node: yaml.Node, message: str, suggestion: str) -> None:
        self.faults.append(DefinitionFault(node.start_mark.line + 1, message, suggestion))

    def mapping(self, node: yaml.Node, keys: Sequence[str], where: str) -> dict[str, yaml.Node]:
        """The node's children by key; faults for what is no mapping, unknown, doubled or missing."""
        if not isinstance(node, yaml.MappingNode):
            self.fault(node, f"{where} must be a mapping", f"keys {', '.join(keys)}")
            return {}
        found: dict[str, yaml.Node] = {}
        for key_node, value in node.value:
            key = str(key_node.value)
            if key not in keys:
                self.fault(key_node, f"`{key}` is not a key of {where}", _nearest(key, keys))
            elif key in found:
                self.fault(key_node, f"`{key}` stands twice in {where}", "keep one of them")
            else:
                found[key] = value
        for key in keys:
            if key not in found:
                self.fault(node, f"{where} has no `{key}`", f'add `{key}: "…"`' if key != "steps" else "add `steps:`")
        return found

    def text(self, node: yaml.Node | None, where: str) -> str:
        """The node's text, or an empty text with a fault."""
        if node is None:
            return ""
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip() or node.tag == "tag:yaml.org,2002:null":
            self.fault(node, f"{where} must be a text", f'{where}: "…"')
            return ""
        if len(node.value) > _LONGEST_NAME:
            self.fault(node, f"{where} is longer than {_LONGEST_NAME} characters", "a shorter one")
        return str(node.value).strip()

    def one_of(self, node: yaml.Node | None, allowed: Sequence[str], where: str) -> str:
        """The node's text where it is one of `allowed`; a fault with the nearest one otherwise."""
        value = self.text(node, where)
        if node is not None and value and value not in allowed:
            self.fault(node, f"`{value}` is not a known {where}", _nearest(value, allowed))
        return value


def parse_definition(text: str, actions: Sequence[str]) -> tuple[WorkflowDefinition | None, list[DefinitionFault]]:
    """(definition, no faults) or (None, every fault). `actions` are the names that steps may use."""
    reader = _Reader(actions)
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return None, [DefinitionFault(line, f"this is not YAML: {error.problem}", "check indentation and quotes")]
    except yaml.YAMLError:
        return None, [DefinitionFault(1, "this is not YAML text", "plain text in UTF-8")]
    if root is None:
        return None, [DefinitionFault(1, "the definition is empty", "start with `workflow:`")]
    definition = _workflow(reader, reader.mapping(root, ("workflow",), "the definition").get("workflow"))
    return (None, reader.faults) if reader.faults else (definition, [])


def _workflow(reader: _Reader, node: yaml.Node | None) -> WorkflowDefinition | None:
    if node is None:
        return None
    parts = reader.mapping(node, _WORKFLOW_KEYS, "`workflow`")
    name = reader.text(parts.get("name"), "name")
    trigger = reader.one_of(parts.get("trigger"), TRIGGERS, "trigger")
    return WorkflowDefinition(name, trigger, _steps(reader, parts.get("steps")))


def _steps(reader: _Reader, node: yaml.Node | None) -> tuple[StepDefinition, ...]:
    if node is None:
        return ()
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        reader.fault(node, "`steps` must be a list with at least one step", '- name: "…"\n  action: "…"')
        return ()
    steps: list[StepDefinition] = []
    for item in node.value:
        parts = reader.mapping(item, _STEP_KEYS, "a step")
        step = StepDefinition(
            reader.text(parts.get("name"), "name"), reader.one_of(parts.get("action"), reader.actions, "action")
        )
        if step.name and step.name in {earlier.name for earlier in steps}:
            reader.fault(parts["name"], f"two steps are named `{step.name}`", "give each step its own name")
        steps.append(step)
    return tuple(steps)


def _nearest(word: str, allowed: Sequence[str]) -> str:
    near = difflib.get_close_matches(word, allowed, n=1)
    return f"did you mean `{near[0]}`?" if near else f"one of {', '.join(allowed)}"
