"""Writing to the record and keeping it: recording, placing in the tree, anchoring, verifying."""

from audit.services.alarms import clear_alarm
from audit.services.anchoring import anchor_checkpoints
from audit.services.declaring import declare_restore, rotate_signing_key
from audit.services.placing import place_pending, record_is_waiting
from audit.services.recording import Happening, record, record_many, record_personal_view, sealed_for
from audit.services.shredding import destroy_subject_key
from audit.services.verifying import verify_record

__all__ = [
    "Happening", "anchor_checkpoints", "clear_alarm", "declare_restore", "destroy_subject_key",
    "place_pending", "record", "record_is_waiting", "record_many", "record_personal_view",
    "rotate_signing_key", "sealed_for", "verify_record",
]  # fmt: skip
