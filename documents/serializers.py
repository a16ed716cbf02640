"""Output shapes of documents in REST."""

from rest_framework import serializers

from documents.models import Check, Document, Field


class FieldSerializer(serializers.ModelSerializer[Field]):
    class Meta:
        model = Field
        fields = ["id", "name", "value", "confidence", "source", "page", "box", "original_value", "corrected_by"]


class CheckSerializer(serializers.ModelSerializer[Check]):
    class Meta:
        model = Check
        fields = ["code", "outcome", "sentence", "evidence"]


class ReceiptSerializer(serializers.ModelSerializer[Document]):
    """What the sender of a document learns at once; what is read in it stays with the people who review it."""

    class Meta:
        model = Document
        fields = ["id", "filename", "sha256", "size", "state", "created_at"]


class DocumentSerializer(serializers.ModelSerializer[Document]):
    refusal_sentence = serializers.CharField()
    fields_read = FieldSerializer(many=True, source="fields")
    checks = CheckSerializer(many=True)

    class Meta:
        model = Document
        fields = [
            "id", "filename", "sha256", "size", "media_type", "declared_type", "document_type", "type_confidence",
            "state", "refusal", "refusal_sentence", "virus_scan", "model_use", "suggestions", "mrz",
            "warnings", "created_at", "read_at", "fields_read", "checks",
        ]  # fmt: skip


class UploadSerializer(serializers.Serializer[Document]):
    file = serializers.FileField()
