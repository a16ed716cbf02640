"""Mail about accounts, sent after the answer by one thread of this process.

It is not in the outbox: a link that sets a password must not stand in a table or in the log of deliveries. A message
lost by a crash is asked for again.
"""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from accounts.models import Invitation
from accounts.selectors import invitation_path

_log = structlog.get_logger(__name__)
_sender = ThreadPoolExecutor(max_workers=1, thread_name_prefix="account-mail")


def send_soon(message: EmailMessage) -> None:
    """Sends in the background; a failure is logged without the address. Nothing is sent where no mail server is set."""
    if settings.EMAIL_HOST:
        _sender.submit(_send, message)


def tell_of_another_address(addresses: Iterable[str]) -> None:
    """Tells each of them that an account's address was changed: no name, no address, so none learns the other.

    In every language, for who reads it is not known: the request is an administrator's.
    """
    subjects, bodies = [], []
    for language, _ in settings.LANGUAGES:
        with translation.override(language):
            subjects.append(gettext("Another e-mail address"))
            bodies.append(render_to_string("account/email/another_address_message.txt"))
    subject, body = settings.ACCOUNT_EMAIL_SUBJECT_PREFIX + " · ".join(subjects), "\n\n".join(bodies)
    for address in addresses:
        send_soon(EmailMessage(subject, body, to=[address]))


def send_invitation(invitation: Invitation) -> None:
    """The link to the invited person's address; nothing where they have none."""
    if not invitation.person.email:
        return
    subject = f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{gettext('Your access to Probity')}"
    link = f"{settings.PUBLIC_URL}{invitation_path(invitation)}"
    context = {"person": invitation.person, "link": link, "expires_at": invitation.expires_at}
    body = render_to_string("account/email/invitation_message.txt", context)
    send_soon(EmailMessage(subject, body, to=[invitation.person.email]))


def leaves_by_mail(address: str) -> bool:
    """Whether a message to this address would leave: there is one, and a mail server is set."""
    return bool(settings.EMAIL_HOST and address)


def _send(message: EmailMessage) -> None:
    try:
        message.send()
    except OSError as error:
        _log.warning("account_mail_failed", error=type(error).__name__)
