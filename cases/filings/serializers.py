"""Input and output shapes of filings in REST."""

from typing import Any

from rest_framework import serializers

from cases.filings.enums import FilingKind, FilingState
from cases.filings.models import Filing
from cases.filings.selectors import SECTIONS, allowed_verbs, clocks_of, rendered
from cases.serializers import Base64Field
from core.api.queries import QuerySerializer
from core.exceptions import Fault
from customers.serializers import StrictSerializer
from monitoring.enums import Direction


class FaultSerializer(serializers.Serializer[Fault]):
    pointer = serializers.CharField()
    message = serializers.CharField()
    suggestion = serializers.CharField()


class ClocksSerializer(serializers.Serializer[Any]):
    detected_on = serializers.DateField()
    due_on = serializers.DateField()
    days = serializers.IntegerField()
    why = serializers.CharField()
    review_on = serializers.DateField(allow_null=True)
    continuing_due_on = serializers.DateField(allow_null=True)


class FilingSerializer(serializers.ModelSerializer[Filing]):
    """A report in a list; `receiver_number` is what its receiver knows it by, such as a BSA id."""

    case_number = serializers.CharField(source="case.number")
    profile = serializers.CharField(source="profile.code")
    author = serializers.CharField(source="author.username")
    reviewed_by = serializers.CharField(source="reviewed_by.username", default="")
    approved_by = serializers.CharField(source="approved_by.username", default="")

    class Meta:
        model = Filing
        fields = (
            "id", "number", "case", "case_number", "profile", "kind", "state", "detected_on", "due_on", "filed_on",
            "receiver_number", "author", "reviewed_by", "approved_by", "version", "created_at",
        )  # fmt: skip
        read_only_fields = fields


class FilingDetailSerializer(FilingSerializer):
    """The whole report with what its receiver would refuse now, and what the caller may do with it."""

    data = serializers.JSONField(help_text="shape: cases.filings.form.shapes.FilingData")  # type: ignore[assignment]
    remarks = FaultSerializer(many=True, help_text="what the receiver answered")
    clocks = serializers.SerializerMethodField()
    faults = serializers.SerializerMethodField()
    verbs = serializers.SerializerMethodField()

    class Meta(FilingSerializer.Meta):
        fields = (  # type: ignore[assignment]
            *FilingSerializer.Meta.fields, "previous", "xml_sha256", "note", "data", "remarks", "clocks", "faults", "verbs",
        )  # fmt: skip
        read_only_fields = fields  # type: ignore[assignment]

    def get_clocks(self, filing: Filing) -> ClocksSerializer:
        return ClocksSerializer(clocks_of(filing)).data  # type: ignore[return-value]

    def get_faults(self, filing: Filing) -> list[dict[str, str]]:
        return [fault.as_dict() for fault in rendered(filing).faults]

    def get_verbs(self, filing: Filing) -> list[str]:
        return sorted(allowed_verbs(filing, self.context["principal"]))


class FilingQuery(QuerySerializer):
    state = serializers.ChoiceField(choices=FilingState.choices, required=False)
    case = serializers.UUIDField(required=False, help_text="Only those about this case")


class NewFilingInput(StrictSerializer):
    """A report by the newest version of a receiver's profile."""

    profile = serializers.SlugField(max_length=40)


class VersionInput(StrictSerializer):
    """`version` is that of the report which was read; where it has changed since, nothing is done."""

    version = serializers.IntegerField(required=False, allow_null=True, default=None)


class SectionInput(VersionInput):
    """A section as it is to be; of the subjects the one at `place`, counted from 0."""

    section = serializers.ChoiceField(choices=[name for name in SECTIONS if name != "transactions"])
    place = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=0)
    value = serializers.DictField()


class TransactionsInput(VersionInput):
    """Every transaction that the report is to name, by its number; one that is left out is not in the report any more."""

    numbers = serializers.ListField(child=serializers.CharField(max_length=100), max_length=5000)


class ReportableSerializer(serializers.Serializer[Any]):
    """A transaction that a report names or could name."""

    number = serializers.CharField(help_text="what `PUT` names it by: its id where it came from")
    is_reported = serializers.BooleanField()
    on = serializers.DateField(allow_null=True)
    amount = serializers.DecimalField(max_digits=None, decimal_places=2, allow_null=True)
    currency = serializers.CharField()
    direction = serializers.ChoiceField(choices=Direction.choices)
    counterparty = serializers.CharField()
    counterparty_country = serializers.CharField()


class ReasonInput(StrictSerializer):
    reason = serializers.CharField(max_length=2000)


class FiledInput(VersionInput):
    filed_on = serializers.DateField()
    receiver_number = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")


class AnswerInput(StrictSerializer):
    """The receiver's file; or by hand its number, or that it refused the report and why."""

    content_base64 = Base64Field(required=False, allow_blank=True, default="")
    number = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")
    accepted = serializers.BooleanField(required=False, default=True)
    remark = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")


class FollowInput(StrictSerializer):
    kind = serializers.ChoiceField(
        choices=[(kind.value, kind.label) for kind in FilingKind if kind != FilingKind.INITIAL]
    )
