"""Sign-ins, passwords and the links that set them, on the record."""

from uuid import UUID

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.db import transaction
from django.urls import reverse

from accounts import actions
from accounts.models import User
from accounts.selectors import person_for
from accounts.services.people import refuse_self
from accounts.services.streams import auth_stream
from audit.services import record
from core.actor import Actor


@transaction.atomic
def record_sign_in(*, person: User, signed_in: bool) -> None:
    """Puts a sign-in or sign-out on the record."""
    action = actions.SIGNED_IN if signed_in else actions.SIGNED_OUT
    record(action, by=person.actor, object_type="person", object_id=person.pk, stream=auth_stream(person.pk))


@transaction.atomic
def record_password_by_link(*, person: User) -> None:
    """Puts on the record that the person set a password by a link."""
    record(actions.PASSWORD_SET_BY_LINK, by=person.actor, object_type="person", object_id=person.pk,
           stream=auth_stream(person.pk))  # fmt: skip


@transaction.atomic
def make_reset_link(*, person_id: UUID, reason: str, by: Actor) -> str:
    """The path that lets the person set a new password, to be handed over outside the product. Effect: an audit entry.

    It works once and for as long as PASSWORD_RESET_TIMEOUT says; their second factor is asked for as ever.
    """
    person = person_for(person_id)
    refuse_self(person, by)
    record(actions.RESET_LINK_MADE, by=by, object_type="person", object_id=person.pk, reason=reason)
    place = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    return reverse("account_reset_password_from_key", kwargs=place)
