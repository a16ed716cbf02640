"""Many cases out of a few: rows that the product itself wrote, copied inside PostgreSQL under derived keys."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection, models

MAPPED = "md5({column}::text || ':' || n)::uuid"
_WORDS = {
    "given": """Ana Rui Mila Amara Wiktor Clara Elena Jonas Petra Ilsa Tomas Nadia Omar Leila Yusuf Ingrid Bruno Chiara
        Dmitri Esther Farid Greta Hugo Irina Jakub Karin Luca Maren Nils Olga Pavel Rosa Stefan Tania Ulrich Vera""",
    "first": """Al Bar Cas Dor El Far Gol Hart Iv Jan Kor Lind Mor Nord Ok Pet Quin Ros Sal Tar Ul Van Wes Xan Yor Zell
        Brand Chal Drev Ester Fern Grim Hol Isen Jor Kast Lov Mer Nev Oster Prav Rav Sten Tor Urb Vil Wink Yel Zor Az""",
    "last": """adze bach cini dahl ek feld gaard heim ic jevic kowski lund mann nen osenko pulos qvist rossi sson tov ulin
        voort wald xis yan zada arov berg cote dottir ener fors grad hoff inen jian kaya lari mund nova oglu pathi quez
        rup strand thal uri vik wicz yev zheim aru bolt crest dell erz""",
}
_GIVEN, _FIRST, _LAST = (text.split() for text in _WORDS.values())


def _array(words: Sequence[str]) -> str:
    return "ARRAY[" + ",".join(f"'{word}'" for word in words) + "]"


NAME = (
    f"({_array(_GIVEN)})[1 + n % {len(_GIVEN)}] || ' ' || ({_array(_FIRST)})[1 + (n / {len(_GIVEN)}) % {len(_FIRST)}]"
    f" || ({_array(_LAST)})[1 + (n / {len(_GIVEN) * len(_FIRST)}) % {len(_LAST)}]"
)


def copy_rows(
    model: type[models.Model], where: str, parameters: Sequence[Any], numbers: tuple[int, int], *,
    cloned: set[type[models.Model]], instead: Mapping[str, str],
) -> int:  # fmt: skip
    """Copies the rows of `where` once for every n of `numbers`; how many rows that makes.

    Keys, and references to what is cloned too, become the md5 of the key and n. `instead` has SQL for columns that must
    differ, over `t` (the row) and `n`.
    """
    columns, values = [], []
    for field in model._meta.concrete_fields:
        if field.primary_key and isinstance(field, models.AutoField):
            continue
        columns.append(field.column)
        related = field.is_relation and field.related_model in cloned
        if field.column in instead:
            values.append(instead[field.column].replace("%", "%%"))
        elif field.primary_key or related:
            values.append(MAPPED.format(column=f"t.{field.column}"))
        else:
            values.append(f"t.{field.column}")
    listed = ", ".join(f'"{column}"' for column in columns)
    statement = (
        f"INSERT INTO {model._meta.db_table} ({listed}) SELECT {', '.join(values)} "
        f"FROM {model._meta.db_table} t, generate_series(%s, %s) n WHERE {where}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*numbers, *parameters])
        return cursor.rowcount
