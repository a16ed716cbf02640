"""Input and output shapes of cases in REST."""

import base64
import binascii
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cases.enums import DecisionKind, SubmissionState
from cases.models import Case, CaseReason, Comment, Decision
from cases.selectors import decisions_shown
from cases.services import NewDocument, NewSubmission
from customers.serializers import CustomerInput, StrictSerializer


class Base64Field(serializers.CharField):
    """Bytes as base64 (RFC 4648)."""

    def to_internal_value(self, data: Any) -> bytes:  # type: ignore[override]
        try:
            return base64.b64decode(super().to_internal_value(data), validate=True)
        except (binascii.Error, ValueError) as error:
            raise serializers.ValidationError("This is not base64.") from error


class DocumentInput(StrictSerializer):
    filename = serializers.CharField(max_length=200)
    content_base64 = Base64Field()
    declared_type = serializers.CharField(max_length=40, required=False, default="", allow_blank=True)


class SubmissionInput(StrictSerializer):
    """A customer with documents."""

    customer = CustomerInput()
    documents = DocumentInput(many=True, required=False, default=list)

    def to_new_submission(self, files: list[NewDocument]) -> NewSubmission:
        """The validated input, with uploaded files, as the service takes it."""
        customer = CustomerInput(data=self.initial_data["customer"])
        customer.is_valid(raise_exception=True)
        sent = [
            NewDocument(item["filename"], item["content_base64"], item["declared_type"])
            for item in self.validated_data["documents"]
        ]
        return NewSubmission(customer.to_new_customer(), tuple(sent + files))


class SubmissionForm(serializers.Serializer[Any]):
    """The same as multipart: files as they are, without the third that base64 adds."""

    submission = serializers.CharField(help_text="JSON: what is sent as `application/json`, without the files")
    documents = serializers.ListField(child=serializers.FileField(), required=False)


class SubmissionAccepted(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    case_number = serializers.CharField()
    customer_id = serializers.UUIDField()
    status_url = serializers.CharField()


class PublicDecision(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(
        choices=[choice for choice in DecisionKind.choices if choice[0] != DecisionKind.FILE_SAR]
    )
    decided_at = serializers.DateTimeField()
    automatic = serializers.BooleanField()
    receipt = serializers.CharField(help_text="leaf hash of the decision's entry: GET audit/entries/{receipt}/proof")


class PublicDocument(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    filename = serializers.CharField()
    document_type = serializers.CharField()
    state = serializers.CharField()
    refusal = serializers.CharField()
    message = serializers.CharField()


class SubmissionStatus(serializers.Serializer[Any]):
    """What the sender may know. Hits, alerts, ratings and reports of suspicion are not among it (tipping off)."""

    id = serializers.UUIDField()
    case_number = serializers.CharField()
    customer_id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=SubmissionState.choices)
    submitted_at = serializers.DateTimeField()
    documents = PublicDocument(many=True)
    decision = PublicDecision(allow_null=True)


class ReasonSerializer(serializers.ModelSerializer[CaseReason]):
    class Meta:
        model = CaseReason
        fields = ["code", "sentence", "source_type", "source_id"]


class DecisionSerializer(serializers.ModelSerializer[Decision]):
    proposed_by = serializers.CharField(source="proposed_by.username", default=None, allow_null=True)
    approved_by = serializers.CharField(source="approved_by.username", default=None, allow_null=True)
    policy = serializers.IntegerField(source="policy.number", default=None, allow_null=True)

    class Meta:
        model = Decision
        fields = [
            "id", "kind", "state", "reason_code", "rationale", "proposed_by", "approved_by", "policy", "conditions",
            "note", "created_at", "settled_at",
        ]  # fmt: skip


class CaseSerializer(serializers.ModelSerializer[Case]):
    queue = serializers.CharField(source="queue.name")
    assignee = serializers.CharField(source="assignee.username", default=None, allow_null=True)
    customer_id = serializers.UUIDField()
    reasons = ReasonSerializer(many=True)
    tags = serializers.SerializerMethodField()

    def get_tags(self, case: Case) -> list[str]:
        """Its tags, by name."""
        return [tagging.tag.name for tagging in case.taggings.all()]

    class Meta:
        model = Case
        fields = [
            "id", "number", "kind", "status", "priority", "queue", "assignee", "customer_id", "needs_person_since",
            "due_at", "snoozed_until", "closed_at", "created_at", "version", "rating", "country", "amount_flagged",
            "linked_cases", "tags", "reasons",
        ]  # fmt: skip


class CaseDetailSerializer(CaseSerializer):
    decisions = serializers.SerializerMethodField()

    @extend_schema_field(DecisionSerializer(many=True))
    def get_decisions(self, case: Case) -> Any:
        """Those that the caller (`principal` of the context) may know of."""
        return DecisionSerializer(decisions_shown(case, self.context["principal"]), many=True).data

    class Meta(CaseSerializer.Meta):
        fields = [*CaseSerializer.Meta.fields, "decisions"]


class ProposalInput(StrictSerializer):
    kind = serializers.ChoiceField(choices=DecisionKind.choices)
    reason_code = serializers.CharField(max_length=40)
    rationale = serializers.CharField()
    version = serializers.IntegerField(required=False, allow_null=True, default=None)


class NextInput(StrictSerializer):
    queue = serializers.UUIDField(required=False, allow_null=True, default=None)


class NoteInput(StrictSerializer):
    note = serializers.CharField(required=False, default="", allow_blank=True)


class CommentInput(StrictSerializer):
    text = serializers.CharField()


class CommentSerializer(serializers.ModelSerializer[Comment]):
    author = serializers.CharField(source="author.username")

    class Meta:
        model = Comment
        fields = ["id", "author", "text", "created_at"]
