"""What the accounts app says upwards."""

from django.dispatch import Signal

role_proposed = Signal()  # version_id: waits for a second person
person_invited = Signal()  # invitation_id: the link goes to the person's address where there is one
email_changed = Signal()  # person_id, former: the address until now, empty where there was none
last_administrator_kept = Signal()  # person_id: the organisation's groups would have left nobody who keeps people
sign_in_locked = Signal()  # tally_id: guessing was stopped
