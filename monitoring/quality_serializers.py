"""Output shapes of the quality of labels in REST."""

from typing import Any

from rest_framework import serializers


class _Measured(serializers.Serializer[Any]):
    name = serializers.CharField()
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)


class AgreementSerializer(_Measured):
    pairs = serializers.IntegerField()
    agreed = serializers.IntegerField()
    kappa = serializers.FloatField(allow_null=True, help_text="Cohen 1960; interval by Fleiss, Cohen and Everitt 1969")


class OverturnedSerializer(_Measured):
    judged = serializers.IntegerField()
    changed = serializers.IntegerField(help_text="the second person's outcome is another")
    stood = serializers.IntegerField(help_text="of those changed: a third person settled for the first decision")
    reversed = serializers.IntegerField(help_text="of those changed: a third person settled against it")
    rate = serializers.FloatField(allow_null=True, help_text="changed of judged; interval by Wilson 1927")


class BiasSerializer(_Measured):
    shown = serializers.IntegerField(help_text="decisions with the model's word")
    shown_along = serializers.IntegerField(help_text="of these: as the model says")
    shown_rate = serializers.FloatField(allow_null=True)
    hidden = serializers.IntegerField(help_text="decisions from which it was kept back")
    hidden_along = serializers.IntegerField()
    hidden_rate = serializers.FloatField(allow_null=True)
    difference = serializers.FloatField(allow_null=True, help_text="shown less hidden; interval by Newcombe 1998")


class LabelQualitySerializer(serializers.Serializer[Any]):
    days = serializers.IntegerField()
    judged = serializers.IntegerField(help_text="decided alerts that a second person judged")
    waiting = serializers.IntegerField()
    disputes = serializers.IntegerField(help_text="outcomes that differ and that nobody has settled")
    agreements = AgreementSerializer(many=True)
    overturned_by_month = OverturnedSerializer(many=True)
    overturned_by_reason = OverturnedSerializer(many=True)
    bias = BiasSerializer(many=True)
