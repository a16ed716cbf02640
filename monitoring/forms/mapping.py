"""The form in which the columns of a file are mapped: for each cell of the target a column, a form of time, a fixed value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from core.words import said
from monitoring.files.mapping import FileMapping
from monitoring.intake.mapped import as_data
from monitoring.intake.targets import TARGETS
from monitoring.models import ColumnMapping

_AS_IT_IS = "="
_NO_ANSWER = forms.TextInput(attrs={"class": "form-control form-control-sm", "autocomplete": "off"})
_RENAMED = forms.Textarea(attrs={"class": "form-control form-control-sm", "rows": 3, "spellcheck": "false"})
_MOST_RENAMED = 500
_CHOICE = forms.Select(attrs={"class": "form-select form-select-sm"})


class RenamedField(forms.CharField):
    """Values that are called otherwise: `US Dollar = USD`, one a line; cleaned they are new values by old."""

    def clean(self, value: Any) -> Any:
        """The pairs; raises ValidationError for a line that is none."""
        found: dict[str, str] = {}
        for line in str(super().clean(value)).splitlines():
            old, sign, new = (part.strip() for part in line.rpartition("="))
            if line.strip() and not (sign and old and new):
                raise forms.ValidationError(said("“{line}” is no pair: write US Dollar = USD", line=line.strip()[:40]))
            if old:
                found[old] = new
        if len(found) > _MOST_RENAMED:
            raise forms.ValidationError(said("At most {most_renamed} values are renamed.", most_renamed=_MOST_RENAMED))
        return found


@dataclass(frozen=True)
class MappingLine:
    """A cell of the target with the fields that say where it comes from."""

    name: str
    help: str
    required: bool
    column: forms.BoundField
    fixed: forms.BoundField
    form: forms.BoundField | None
    renamed: forms.BoundField | None
    renamed_count: int = 0


class MappingForm(forms.Form):
    """`base` takes a known mapping whole; otherwise each cell is chosen. Without a mapping only the customer is asked."""

    customer_external_id = forms.CharField(max_length=100, required=False, label="Customer's external id",
                                           help_text="Where the file does not say whose its rows are")  # fmt: skip
    save_as = forms.CharField(max_length=80, required=False, label="Save the mapping as",
                              help_text="A name that is there already gets a new version")  # fmt: skip

    def __init__(
        self, *args: Any, header: Sequence[str], target: str, mapping: Mapping[str, Any] | None, customer: str, operator: str = "",
        saved: Sequence[ColumnMapping], shipped: Sequence[tuple[str, FileMapping]], **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.header, self.mapping, self.target = header, mapping, target
        self.fields["customer_external_id"].initial = customer
        if mapping is None:
            del self.fields["save_as"]
            if target == "process_events":
                self.fields["operator_id"] = forms.CharField(
                    max_length=60, required=False, initial=operator, label="Operator of entries that name none",
                    help_text="Such as the system that made them; without one they are rejected",
                )  # fmt: skip
            return
        self._known = {f"saved:{item.pk}": (item.target, item.definition) for item in saved}
        self._known |= {f"shipped:{code}:{told.name}": (code, as_data(told)) for code, told in shipped}
        named = [
            (f"saved:{item.pk}", said("{name}, version {number}", name=item.name, number=item.number)) for item in saved
        ]
        named += [(f"shipped:{code}:{told.name}", told.name) for code, told in shipped]
        self.fields["base"] = forms.ChoiceField(
            choices=[("", said("As chosen below")), *named], required=False, label="Use the mapping", widget=_CHOICE
        )
        self.fields["target"] = forms.ChoiceField(
            choices=[(code, item.title) for code, item in TARGETS.items()], initial=target, label="Rows are",
            widget=_CHOICE,
        )  # fmt: skip
        for name, cell in TARGETS[target].shape.cells.items():
            self._add(name, cell.kind, mapping["columns"].get(name), str(mapping["constants"].get(name, "")))
            if cell.kind != "time":
                self._add_renamed(name, mapping["values"].get(name, {}))

    def _add(self, name: str, kind: str, source: Any, fixed: str) -> None:
        columns = source["columns"] if source else []
        is_plain = len(columns) == 1 and "count" not in source
        choices = [("", "–"), *((column, column) for column in self.header)]
        if source and not is_plain:
            choices.insert(1, (_AS_IT_IS, " + ".join(columns)))
        initial = (columns[0] if is_plain else _AS_IT_IS) if source else ""
        self.fields[f"c_{name}"] = forms.ChoiceField(
            choices=choices, initial=initial, required=False, label=said("Column of {name}", name=name), widget=_CHOICE
        )
        self.fields[f"k_{name}"] = forms.CharField(
            max_length=100,
            initial=fixed,
            required=False,
            label=said("Fixed value of {name}", name=name),
            widget=_NO_ANSWER,
        )
        if kind == "time":
            self.fields[f"t_{name}"] = forms.CharField(
                max_length=40, initial=(source or {}).get("format", ""), required=False,
                label=said("Form of time of {name}", name=name), widget=_NO_ANSWER,
            )  # fmt: skip

    def _add_renamed(self, name: str, values: Mapping[str, str]) -> None:
        self.fields[f"v_{name}"] = RenamedField(
            initial="\n".join(f"{old} = {new}" for old, new in values.items()), required=False,
            label=said("Renamed values of {name}", name=name), widget=_RENAMED,
        )  # fmt: skip

    def lines(self) -> list[MappingLine]:
        """What the table of the form shows."""
        if self.mapping is None:
            return []
        return [
            MappingLine(name, cell.help, cell.required, self[f"c_{name}"], self[f"k_{name}"],
                        self[f"t_{name}"] if cell.kind == "time" else None,
                        self[f"v_{name}"] if cell.kind != "time" else None,
                        len(self.mapping["values"].get(name, {})))
            for name, cell in TARGETS[self.target].shape.cells.items()
        ]  # fmt: skip

    def chosen(self) -> tuple[str, dict[str, Any]]:
        """The target and the mapping that was asked for."""
        told = self.cleaned_data
        if self.mapping is None:
            return self.target, {}
        if told["base"]:
            target, definition = self._known[told["base"]]
            return target, dict(definition)
        columns: dict[str, Any] = {}
        for name in TARGETS[self.target].shape.cells:
            if told[f"c_{name}"]:
                columns[name] = self._source(name)
        constants = {name: told[f"k_{name}"] for name in TARGETS[self.target].shape.cells if told[f"k_{name}"]}
        if told["target"] != self.target:  # other cells: what has the same name stays, the rest is chosen next
            known = TARGETS[told["target"]].shape.cells
            columns = {name: source for name, source in columns.items() if name in known}
            constants = {name: value for name, value in constants.items() if name in known}
        values = {name: told[f"v_{name}"] for name in columns if told.get(f"v_{name}")}
        return told["target"], {"columns": columns, "values": values, "constants": constants}

    def _source(self, name: str) -> dict[str, Any]:
        column, form = self.cleaned_data[f"c_{name}"], self.cleaned_data.get(f"t_{name}", "")
        before = dict(self.mapping["columns"].get(name, {})) if self.mapping else {}
        source = before if column == _AS_IT_IS else {"columns": [column]}
        return source | {"format": form} if form else {key: value for key, value in source.items() if key != "format"}
