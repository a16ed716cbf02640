"""What the accounts app says upwards."""

from django.dispatch import Signal

role_proposed = Signal()  # version_id: waits for a second person
sign_in_locked = Signal()  # tally_id: guessing was stopped
