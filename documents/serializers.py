"""Output shapes of documents in REST."""

from typing import Any

from rest_framework import serializers

from core.masking import MaskedSerializer, masked
from documents.models import Check, Document, Field


class FieldSerializer(MaskedSerializer, serializers.ModelSerializer[Field]):
    class Meta:
        model = Field
        fields = ["id", "name", "value", "confidence", "source", "page", "box", "original_value", "corrected_by"]

    def to_representation(self, instance: Field) -> dict[str, Any]:
        """Names, dates of validity and the like are for everybody who may see the document."""
        shown = super().to_representation(instance)
        if self.is_masked and instance.is_private:
            shown |= {name: masked(shown[name]) for name in ("value", "original_value")}
        return shown


class CheckSerializer(MaskedSerializer, serializers.ModelSerializer[Check]):
    class Meta:
        model = Check
        fields = ["code", "outcome", "sentence", "evidence"]

    def to_representation(self, instance: Check) -> dict[str, Any]:
        """A check's sentence may repeat what was read: masked, its name stands there instead."""
        shown = super().to_representation(instance)
        return shown | {"sentence": instance.label} if self.is_masked else shown


class ReceiptSerializer(serializers.ModelSerializer[Document]):
    """What the sender of a document learns at once; what is read in it stays with the people who review it."""

    class Meta:
        model = Document
        fields = ["id", "filename", "sha256", "size", "state", "created_at"]


class DocumentSerializer(MaskedSerializer, serializers.ModelSerializer[Document]):
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

    def to_representation(self, instance: Document) -> dict[str, Any]:
        """The machine-readable zone and a model's suggestions are identifying as a whole."""
        shown = super().to_representation(instance)
        return shown | {"mrz": None, "suggestions": []} if self.is_masked else shown


class UploadSerializer(serializers.Serializer[Document]):
    file = serializers.FileField()
