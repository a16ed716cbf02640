"""E-mail: to a person, a team's mailbox, or a customer who is asked for information; as text and as HTML."""

import smtplib
from time import monotonic

from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.mail.utils import DNS_NAME
from django.core.validators import validate_email

from core.exceptions import Fault, InvalidInput
from notifications.channels.base import Channel, Parcel, Receipt, Undelivered

_REFUSED = 500


class EmailChannel(Channel):
    """The Message-ID stays the same over attempts: mailboxes that know it show a repeat once."""

    name = "email"
    label = "E-mail"
    icon = "mail"
    sentence = "A team's mailbox."
    is_shared = True
    address_label = "E-mail address"
    address_hint = "team@example.org"

    def check(self, address: str) -> str:
        try:
            validate_email(address)
        except ValidationError as error:
            raise InvalidInput("This is no e-mail address.", [Fault("/address", "is no e-mail address")]) from error
        return address

    def send(self, parcel: Parcel) -> Receipt:
        began = monotonic()
        headers = {"Message-ID": f"<{parcel.id}@{DNS_NAME}>", "Auto-Submitted": "auto-generated"}
        mail = EmailMultiAlternatives(parcel.title, parcel.text, to=[parcel.address], headers=headers)
        if parcel.html:
            mail.attach_alternative(parcel.html, "text/html")
        try:
            mail.send()
        except smtplib.SMTPRecipientsRefused as error:
            final = all(code >= _REFUSED for code, _ in error.recipients.values())
            raise Undelivered("the recipient was refused", final=final) from error
        except smtplib.SMTPResponseException as error:
            final = isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= _REFUSED
            raise Undelivered(f"the mail server answered {error.smtp_code}", final=final) from error
        except (OSError, smtplib.SMTPException) as error:
            raise Undelivered(f"the mail server did not answer: {type(error).__name__}", maybe_taken=True) from error
        return Receipt(milliseconds=round((monotonic() - began) * 1000))


CHANNEL = EmailChannel()
