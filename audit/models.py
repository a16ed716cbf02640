"""Tables of the record (design decision 8). No foreign keys: the record outlives what it speaks of.

Update and delete are refused by triggers (`audit.triggers`), and every insert into `audit_entry` lists itself in
`audit_pending` by a trigger, in the same statement, for the sequencer of the Merkle tree.
"""

from django.db import models


class AuditEntry(models.Model):
    """One thing that happened. `body` is the truth; the columns beside it are copies for searching."""

    id = models.BigAutoField(primary_key=True)
    stream = models.CharField(max_length=120)
    stream_seq = models.PositiveBigIntegerField()
    prev = models.BinaryField(max_length=32)
    body = models.BinaryField()
    leaf = models.BinaryField(max_length=32)
    mac = models.BinaryField(max_length=32)
    mac_key_id = models.PositiveSmallIntegerField()
    at = models.DateTimeField(db_index=True)
    action = models.CharField(max_length=80)
    actor_kind = models.CharField(max_length=20)
    actor_id = models.CharField(max_length=64)
    actor_name = models.CharField(max_length=150)
    object_type = models.CharField(max_length=40)
    object_id = models.CharField(max_length=64)
    subject_id = models.UUIDField(null=True)
    request_id = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "audit_entry"
        verbose_name_plural = "audit entries"
        constraints = [models.UniqueConstraint(fields=["stream", "stream_seq"], name="audit_entry_stream_seq")]
        indexes = [
            models.Index(fields=["object_type", "object_id", "id"], name="audit_entry_object"),
            models.Index(fields=["actor_id", "id"], name="audit_entry_actor"),
            models.Index(fields=["action", "id"], name="audit_entry_action"),
            models.Index(fields=["subject_id", "id"], name="audit_entry_subject"),
            models.Index(fields=["leaf"], name="audit_entry_leaf"),
        ]

    def __str__(self) -> str:
        return f"{self.stream}/{self.stream_seq} {self.action}"


class AuditHead(models.Model):
    """The last sequence number and chain hash of a stream; its row lock orders the appends to that stream."""

    stream = models.CharField(max_length=120, primary_key=True)
    seq = models.PositiveBigIntegerField()
    head = models.BinaryField(max_length=32)

    class Meta:
        db_table = "audit_head"

    def __str__(self) -> str:
        return f"{self.stream}@{self.seq}"


class AuditPending(models.Model):
    """Entries that are not yet in the tree. A list, not a cursor: ids commit out of order."""

    entry_id = models.BigIntegerField(primary_key=True)

    class Meta:
        db_table = "audit_pending"
        verbose_name_plural = "audit pending"

    def __str__(self) -> str:
        return str(self.entry_id)


class AuditLeaf(models.Model):
    """The place of an entry in the tree. `seq` counts from 0 without a gap (ids of entries may have gaps)."""

    seq = models.PositiveBigIntegerField(primary_key=True)
    entry_id = models.BigIntegerField(unique=True)
    leaf = models.BinaryField(max_length=32)

    class Meta:
        db_table = "audit_leaf"

    def __str__(self) -> str:
        return str(self.seq)


class AuditNode(models.Model):
    """A complete subtree of 256, 65,536, … leaves: what a proof needs besides the few leaves around its entry."""

    level = models.PositiveSmallIntegerField()
    index = models.PositiveBigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        db_table = "audit_node"
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="audit_node_place")]

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"


class AuditPlaced(models.Model):
    """The last entry of a stream that is in the tree, and the chain's hash after it: what the next must continue."""

    stream = models.CharField(max_length=120, primary_key=True)
    seq = models.PositiveBigIntegerField()
    head = models.BinaryField(max_length=32)

    class Meta:
        db_table = "audit_placed"
        verbose_name_plural = "audit placed"

    def __str__(self) -> str:
        return f"{self.stream}@{self.seq}"


class AuditCheckpoint(models.Model):
    """The tree's root at a size, as a signed note. `frontier` holds the complete subtrees at its right edge."""

    size = models.PositiveBigIntegerField(primary_key=True)
    note = models.TextField()
    frontier = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        db_table = "audit_checkpoint"
        ordering = ["-size"]

    def __str__(self) -> str:
        return str(self.size)


class AuditAnchor(models.Model):
    """A checkpoint that a place outside this database has taken."""

    size = models.PositiveBigIntegerField()
    sink = models.CharField(max_length=20)
    receipt = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "audit_anchor"
        ordering = ["-size"]
        constraints = [models.UniqueConstraint(fields=["sink", "size"], name="audit_anchor_once")]

    def __str__(self) -> str:
        return f"{self.sink}@{self.size}"


class AuditAlarm(models.Model):
    """Something about the record that people must look at, until somebody says what was done about it."""

    kind = models.CharField(max_length=30)
    entry_id = models.BigIntegerField(null=True)
    detail = models.CharField(max_length=300)
    raised_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)
    cleared_by = models.CharField(max_length=150, blank=True)
    resolution = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "audit_alarm"
        ordering = ["-raised_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "detail"], condition=models.Q(cleared_at__isnull=True), name="audit_alarm_open_once"
            )
        ]

    def __str__(self) -> str:
        return self.kind


class AuditVerification(models.Model):
    """One verification of the whole record: how many entries, what was wrong, which lost ranges were declared."""

    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    entries = models.PositiveBigIntegerField(default=0)
    faults = models.JSONField(default=list)
    declared = models.JSONField(default=list)

    class Meta:
        db_table = "audit_verification"
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return str(self.started_at)


class SubjectKey(models.Model):
    """The key that encrypts one data subject's personal data in the record, wrapped by the installation's secret.

    Destroying the row's key makes that data unreadable while every hash still proves (crypto-shredding).
    """

    subject_id = models.UUIDField(primary_key=True)
    wrapped = models.BinaryField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "audit_subject_key"

    def __str__(self) -> str:
        return str(self.subject_id)
