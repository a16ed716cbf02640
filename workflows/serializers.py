"""Input and output shapes of workflows in REST."""

from typing import Any

from rest_framework import serializers

from workflows.models import Run, StepRun, WorkflowVersion


class StepSerializer(serializers.ModelSerializer[StepRun]):
    class Meta:
        model = StepRun
        fields = [
            "id",
            "position",
            "name",
            "action",
            "state",
            "attempt",
            "started_at",
            "finished_at",
            "output",
            "reason",
        ]


class RunSerializer(serializers.ModelSerializer[Run]):
    workflow = serializers.CharField(source="version.workflow.name")
    version_number = serializers.IntegerField(source="version.number")
    steps = StepSerializer(many=True)

    class Meta:
        model = Run
        fields = [
            "id",
            "workflow",
            "version_number",
            "subject_type",
            "subject_id",
            "state",
            "created_at",
            "finished_at",
            "steps",
        ]


class VersionSerializer(serializers.ModelSerializer[WorkflowVersion]):
    workflow = serializers.CharField(source="workflow.name")

    class Meta:
        model = WorkflowVersion
        fields = ["id", "workflow", "number", "state", "sha256", "text", "published_by", "created_at"]


class PublishInput(serializers.Serializer[Any]):
    text = serializers.CharField(trim_whitespace=False)


class CallbackInput(serializers.Serializer[Any]):
    """What the other system says: the step's output. Ids, counts and codes; no personal data."""

    output = serializers.DictField(child=serializers.JSONField(), required=False, default=dict)


class StartInput(serializers.Serializer[Any]):
    """What the run starts with: ids, counts and codes; no personal data."""

    inputs = serializers.DictField(child=serializers.JSONField(), required=False, default=dict)


class HookAnswer(serializers.Serializer[Any]):
    run_id = serializers.UUIDField()


class HookSecret(serializers.Serializer[Any]):
    """Shown once. `address` is where messages are posted to."""

    secret = serializers.CharField()
    address = serializers.CharField()
