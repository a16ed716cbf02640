"""What the accounts app says upwards."""

from django.dispatch import Signal

sign_in_locked = Signal()  # tally_id: guessing was stopped
