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

_log = structlog.get_logger(__name__)
_sender = ThreadPoolExecutor(max_workers=1, thread_name_prefix="account-mail")


def send_soon(message: EmailMessage) -> None:
    """Sends in the background; a failure is logged without the address. Nothing is sent where no mail server is set."""
    if settings.EMAIL_HOST:
        _sender.submit(_send, message)


def tell_of_another_address(addresses: Iterable[str]) -> None:
    """Tells each of them that an account's address was changed: no name, no address, so none learns the other."""
    subject = f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}Another e-mail address"
    body = render_to_string("account/email/another_address_message.txt")
    for address in addresses:
        send_soon(EmailMessage(subject, body, to=[address]))


def _send(message: EmailMessage) -> None:
    try:
        message.send()
    except OSError as error:
        _log.warning("account_mail_failed", error=type(error).__name__)
