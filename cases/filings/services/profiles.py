"""Profiles of receivers: our own particulars, the receiver's schema and codes. Each saving is a new version."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from pydantic import ValidationError

from audit.services import record
from cases.filings import actions
from cases.filings.form.shapes import Institution
from cases.filings.models import FilingProfile
from cases.filings.profiles import format_named
from core.actor import Actor
from core.exceptions import Fault, InvalidInput


@transaction.atomic
def save_profile(
    *, code: str, title: str, format: str, institution: Mapping[str, Any], schema: bytes = b"",
    codes: Mapping[str, Any] | None = None, defaults: Mapping[str, Any] | None = None, deadline_days: int = 0, by: Actor,
) -> FilingProfile:  # fmt: skip
    """A new version of a receiver's profile, for reports from now on; without a schema the last one stays.

    Side effects: the version, an audit entry. Raises InvalidInput for a file that is no schema, or for a format that
    needs one and has none.
    """
    before = FilingProfile.objects.filter(code=code, is_active=True).first()
    made = format_named(format)
    text = schema.decode("utf-8-sig", errors="replace") if schema else before.schema if before else ""
    if made.check_schema and not text:
        raise InvalidInput("This format needs the receiver's schema.", [Fault("/schema", "is missing")])
    if "\0" in text:
        raise InvalidInput("This is no schema.", [Fault("/schema", "is not text")])
    if made.check_schema:
        made.check_schema(text.encode())
    try:
        typed = Institution.model_validate(institution)
    except ValidationError as error:
        faults = [Fault("/" + "/".join(map(str, row["loc"])), row["msg"]) for row in error.errors(include_input=False)]
        raise InvalidInput("Our own particulars cannot be kept.", faults) from error
    FilingProfile.objects.filter(code=code).update(is_active=False)
    newest = FilingProfile.objects.filter(code=code).order_by("-number").first()
    profile = FilingProfile.objects.create(
        code=code, number=newest.number + 1 if newest else 1, title=title, format=format, schema=text,
        institution=typed.model_dump(mode="json"), schema_sha256=hashlib.sha256(text.encode()).hexdigest() if text else "",
        codes=dict(codes if codes is not None else before.codes if before else {}),
        defaults=dict(defaults if defaults is not None else before.defaults if before else {}),
        deadline_days=deadline_days, published_by=by.name,
    )  # fmt: skip
    after = {"code": code, "number": profile.number, "format": format, "schema_sha256": profile.schema_sha256}
    record(
        actions.PROFILE_SAVED, by=by, object_type="filing_profile", object_id=profile.pk, stream="config", after=after
    )
    return profile
