"""Output shapes of the record in REST."""

from typing import Any

from rest_framework import serializers


class CheckpointOutput(serializers.Serializer[Any]):
    size = serializers.IntegerField(help_text="how many entries the tree holds")
    note = serializers.CharField(help_text="the signed note: origin, size and root, then signatures")
    at = serializers.DateTimeField()


class ProofOutput(serializers.Serializer[Any]):
    leaf = serializers.CharField(help_text="SHA-256 over 0x00 and the entry's bytes, in hexadecimal")
    index = serializers.IntegerField(help_text="the entry's place, counted from 0")
    size = serializers.IntegerField(help_text="how many entries the proven tree holds")
    path = serializers.ListField(child=serializers.CharField(), help_text="sibling hashes from the leaf to the root")
    checkpoint = serializers.CharField(help_text="the signed note that names the root")
