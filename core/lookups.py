"""Looking rows up by several columns at once."""

from collections.abc import Sequence
from typing import Any

from django.db.models import BooleanField, F, Func


class Among(Func):
    """A condition: the row's values in these columns are, together, one of `keys` (none of which is null).

    Written as a list to join with, so that each key is looked up in the index of the columns. `a IN … AND b IN …` would look
    up every a with every b, and an OR of pairs, which Django's own tuples become, takes longer to plan than to run.
    """

    output_field = BooleanField()

    def __init__(self, names: Sequence[str], keys: Sequence[Sequence[Any]]) -> None:
        super().__init__(*(F(name) for name in names))
        self.keys = keys

    def as_sql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        columns = self.get_source_expressions()
        names = ", ".join(compiler.compile(column)[0] for column in columns)
        one = f"({', '.join(['%s'] * len(columns))})"
        values = [
            column.output_field.get_db_prep_value(cell, connection)
            for key in self.keys
            for column, cell in zip(columns, key, strict=True)
        ]
        return f"({names}) IN (VALUES {', '.join([one] * len(self.keys))})", values
