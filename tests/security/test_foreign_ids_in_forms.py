"""Ids in forms of pages that their sender has no business with: another person's things, a case kept from them, nothing at all.

Every form of every page is sent with each in every field that takes an id, read off the forms that the address fills; what is
written is read off the statements that reach the database.
"""

import csv
import re
from collections.abc import Iterator
from urllib.parse import urlencode
from uuid import UUID, uuid4

from accounts.enums import Role
from cases.services.concealing import conceal_case
from tests.factories.cases import make_case
from tests.security.operations import Operation
from tests.security.test_generated_attacks import (
    FORM_NAMES,
    KEEPS_WHAT_CAME,
    offered,
    written_by,
)
from tests.security.test_matrix import FILE
from tests.security.world import World

_ID = re.compile(
    r"(^|[_-])(pks?|ids?|case|customer|queue|document|transaction|alert|hit|decision|draft|view|person|assignee|version)$"
)
_WHO = Role.REVIEWER
# Names of columns in a file that was uploaded: text of whoever sent it, an id of nothing.
_TEXT = re.compile(r"UPDATE \"monitoring_fileimport\"")


def _forms() -> Iterator[Operation]:
    """Every page that changes something and that this person may ask for on a thing that is there."""
    with FILE.open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        method, _, pattern = row["operation"].partition(" /")
        if method == "POST" and row["object"] != "none" and row[_WHO] == "may" and not pattern.startswith("api/"):
            yield Operation(method, pattern)


def test_ids_of_others_in_forms_are_never_written(world: World) -> None:
    hidden = make_case(name="Hidden Person")
    conceal_case(case=hidden, holder="a report")
    others = [world.keys[start] for start in ("cases/views/", "cases/bulk/", "notifications/")] + [uuid4()]
    tried, fields, taken = 0, 0, []
    for number, operation in enumerate(_forms()):
        values = offered(world, _WHO, operation)
        names = {name for name in (*values, *FORM_NAMES) if _ID.search(name)}
        fields += len(names)
        for key in (str(hidden.pk), str(UUID(str(others[number % len(others)])))):
            with written_by() as written:
                answer = world.answer(
                    _WHO, operation, is_there=True, body=urlencode({**values, **dict.fromkeys(names, key)})
                )
            tried += 1
            assert answer.status_code < 500, (operation, answer.status_code)
            plain = key.replace("-", "")
            taken += [
                f"{operation.pattern}: {sql[:100]}"
                for sql, told in written
                if plain in told.replace("-", "") and not (KEEPS_WHAT_CAME.search(sql) or _TEXT.match(sql))
            ]
    assert taken == []
    assert tried > 100
    assert fields > 100
