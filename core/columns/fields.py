"""Model fields whose values lie sealed in the database and are plain Python values everywhere else.

Forms, serializers, history and the admin see the value. A database sees ciphertext, so no query can compare it: `filter()`, a
transform or an index over such a field is an error that says so. What has to be found exactly stands beside it as a `BlindField`.
Empty values ('', [], {}) are stored as they are: that nothing is known is no secret, and `filter(field="")` works.
"""

import json
from datetime import date
from typing import Any, NoReturn

from django.core import checks
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.fields.json import JSONExact
from django.db.models.lookups import Exact, IsNull

from core.columns.blind import blind
from core.columns.cipher import MARK, open_value, seal_value


class IsEmpty(Exact[Any]):
    """`field=""` on a sealed field: the one value that is stored as it is."""

    def get_prep_lookup(self) -> str:
        if self.rhs != "":
            _refuse(self.lhs.output_field, "exact")
        return ""


class IsEmptyJSON(JSONExact):
    """`field=[]` or `field={}` on a sealed field."""

    def get_prep_lookup(self) -> Any:
        if self.rhs not in ([], {}):
            _refuse(self.lhs.output_field, "exact")
        return super().get_prep_lookup()


class SealedField(models.Field[Any, Any]):
    """What the sealed fields share. `place` binds each value to its table and column."""

    is_json = False
    lookup_of_empty: type[Exact[Any]] = IsEmpty

    @property
    def place(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def get_lookup(self, lookup_name: str) -> Any:
        """Only `isnull` and `exact` with an empty value; raises FieldError for any other."""
        known = {"isnull": IsNull, "exact": self.lookup_of_empty}
        return known[lookup_name] if lookup_name in known else _refuse(self, lookup_name)

    def get_transform(self, name: str) -> Any:
        """Raises FieldError: nothing can be computed from ciphertext."""
        return _refuse(self, name)

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        found = super().check(**kwargs)
        if self.unique or getattr(self, "db_index", False):
            told = "A sealed field cannot be unique or indexed: every ciphertext is another."
            found.append(checks.Error(told, obj=self, id="core.E001"))
        return found


class _SealedText(SealedField):
    """`max_length` holds for the value; the column takes what its ciphertext needs."""

    def get_internal_type(self) -> str:
        return "TextField"

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if hasattr(value, "as_sql"):  # of bulk_update, which seals each value in it by this same method
            return value
        text = self.get_prep_value(value)
        return seal_value(text, self.place) if text else text

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return open_value(value, self.place) if value else value


class SealedTextField(_SealedText, models.TextField[Any, Any]):
    """Text of any length."""


class SealedCharField(_SealedText, models.CharField[Any, Any]):
    """Short text."""


class SealedEmailField(_SealedText, models.EmailField[Any, Any]):
    """An e-mail address."""


class SealedDateField(SealedField, models.DateField[Any, Any]):
    """A day."""

    def get_internal_type(self) -> str:
        return "TextField"

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if hasattr(value, "as_sql"):
            return value
        day = self.get_prep_value(value)
        return None if day is None else seal_value(day.isoformat(), self.place)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> date | None:
        return date.fromisoformat(open_value(value, self.place)) if value else None


class SealedJSONField(SealedField, models.JSONField):
    """A JSON value, which lies in its column as one JSON string of ciphertext."""

    is_json = True
    lookup_of_empty = IsEmptyJSON

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if value and not hasattr(value, "as_sql"):
            value = seal_value(json.dumps(value, cls=self.encoder), self.place)
        return super().get_db_prep_save(value, connection)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        told = super().from_db_value(value, expression, connection)
        if isinstance(told, str) and told.startswith(MARK):
            return json.loads(open_value(told, self.place), cls=self.decoder)
        return told


class Blinded(str):
    """A value that is blind already, as it was read from a BlindField."""


class BlindField(models.CharField[Any, Any]):
    """A value that is only compared: what is saved or looked for in clear is blinded on its way to the database.

    What is read is `Blinded` and can be looked for again. The caller brings equal values into one spelling.
    """

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        if not text or isinstance(text, Blinded):
            return text
        return Blinded(blind(text, f"{self.model._meta.db_table}.{self.column}"))

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return Blinded(value) if value else value

    def to_python(self, value: Any) -> Any:
        return value if isinstance(value, Blinded) else super().to_python(value)

    def get_lookup(self, lookup_name: str) -> Any:
        """Equal, one of several, or null; raises FieldError for any other."""
        if lookup_name not in {"exact", "in", "isnull"}:
            raise FieldError(f"{self.model.__name__}.{self.name} is blind: it can only be compared whole.")
        return super().get_lookup(lookup_name)


def _refuse(field: Any, name: str) -> NoReturn:
    raise FieldError(
        f"{field.model.__name__}.{field.name} is sealed, '{name}' cannot be asked of it: look it up by a blind index "
        "(customers.links for contacts and numbers), or compare in Python."
    )
