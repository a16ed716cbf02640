"""Input and output shapes of customers in REST."""

from datetime import date
from decimal import Decimal
from typing import Any

from rest_framework import serializers

from core.clock import today
from core.masking import MaskedSerializer
from core.places import is_country
from core.words import said
from customers.enums import PartyKind
from customers.models import BeneficialOwner, Customer, Party, PartyAddress, PartyIdentifier, RatingFactor, RiskRating
from customers.shapes import NewAddress, NewCustomer, NewIdentifier, NewOwner, NewParty

_EARLIEST = date(1900, 1, 1)
_EARLIEST_COMPANY = date(1000, 1, 1)  # companies in business today were founded in the 13th century
_NAME_LENGTH = 300
_MOST = 200
_WHOLE = Decimal(100)
_NO_TEXT = serializers.CharField.default_error_messages["invalid"]


class StrictSerializer(serializers.Serializer[Any]):
    """Refuses keys it does not know: a misspelt optional key must not vanish silently.

    And a number where a text is wanted: what lost its leading zeros on the way is another number.
    """

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict):
            faults = {key: ["There is no such key."] for key in data if key not in self.fields}
            faults |= {key: [_NO_TEXT] for key, value in data.items() if self._is_number_for_text(key, value)}
            if faults:
                raise serializers.ValidationError(faults)
        return super().to_internal_value(data)

    def _is_number_for_text(self, key: str, value: object) -> bool:
        text = (serializers.CharField, serializers.UUIDField)
        return isinstance(value, int | float) and isinstance(self.fields.get(key), text)


class CountryField(serializers.CharField):
    """An ISO 3166-1 alpha-2 code, upper-cased."""

    def to_internal_value(self, data: Any) -> str:
        code = super().to_internal_value(data).upper()
        if not is_country(code):
            raise serializers.ValidationError("This is no ISO 3166-1 alpha-2 country code, such as DE.")
        return code


class PastDateField(serializers.DateField):
    """A date from `earliest` (1900 where nothing is said) up to today."""

    def __init__(self, *, earliest: date = _EARLIEST, **kwargs: Any) -> None:
        self.earliest = earliest
        super().__init__(**kwargs)

    def to_internal_value(self, value: Any) -> date:
        day = super().to_internal_value(value)
        if day > today():
            raise serializers.ValidationError("This date is in the future.")
        if day < self.earliest:
            raise serializers.ValidationError(said("This date is before {year}.", year=self.earliest.year))
        return day


class AddressInput(StrictSerializer):
    street = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)
    city = serializers.CharField(max_length=120, required=False, default="", allow_blank=True)
    postcode = serializers.CharField(max_length=20, required=False, default="", allow_blank=True)
    country = CountryField()


class IdentifierInput(StrictSerializer):
    kind = serializers.CharField(max_length=30)
    value = serializers.CharField(max_length=80)
    country = CountryField(required=False, default="", allow_blank=True)


class PartyInput(StrictSerializer):
    """A person or an organisation. A person may come with `name` or with `given_names` and `surname`."""

    kind = serializers.ChoiceField(choices=PartyKind.choices)
    name = serializers.CharField(max_length=_NAME_LENGTH, required=False, default="", allow_blank=True)
    given_names = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    surname = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    aliases = serializers.ListField(
        child=serializers.CharField(max_length=300), required=False, default=list, max_length=50
    )
    birth_date = PastDateField(required=False, allow_null=True, default=None)
    incorporated_on = PastDateField(earliest=_EARLIEST_COMPANY, required=False, allow_null=True, default=None)
    gender = serializers.ChoiceField(choices=["", "female", "male", "other"], required=False, default="")
    nationalities = serializers.ListField(child=CountryField(), required=False, default=list, max_length=10)
    country = CountryField(required=False, default="", allow_blank=True)
    occupation = serializers.CharField(max_length=120, required=False, default="", allow_blank=True)
    email = serializers.EmailField(required=False, default="", allow_blank=True)
    phone = serializers.CharField(max_length=40, required=False, default="", allow_blank=True)
    addresses = AddressInput(many=True, required=False, default=list, max_length=_MOST)  # type: ignore[call-arg]
    identifiers = IdentifierInput(many=True, required=False, default=list, max_length=_MOST)  # type: ignore[call-arg]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Needs a name, whole or in parts, and dates that fit its kind."""
        parts = f"{attrs['given_names']} {attrs['surname']}".strip()
        attrs["name"] = attrs["name"] or parts
        if not attrs["name"]:
            raise serializers.ValidationError({"name": ["A name is needed: `name`, or `given_names` and `surname`."]})
        if not any(char.isalnum() for char in attrs["name"]):
            raise serializers.ValidationError({"name": ["A name needs a letter or a digit."]})
        if len(attrs["name"]) > _NAME_LENGTH:
            raise serializers.ValidationError(
                {"surname": [f"The whole name is longer than {_NAME_LENGTH} characters."]}
            )
        stray = "incorporated_on" if attrs["kind"] == PartyKind.PERSON else "birth_date"
        if attrs[stray] is not None:
            raise serializers.ValidationError(
                {stray: [f"This does not apply to a {PartyKind(attrs['kind']).label.lower()}."]}
            )
        return attrs


class OwnerInput(PartyInput):
    """A beneficial owner: a party with its share."""

    share_percent = serializers.DecimalField(
        max_digits=5, decimal_places=2, min_value=Decimal("0.01"), max_value=_WHOLE, required=False, allow_null=True,
        default=None,
    )  # fmt: skip
    control = serializers.CharField(max_length=120, required=False, default="", allow_blank=True)


class CustomerInput(PartyInput):
    """A customer as it is submitted; `external_id` is the sender's own key."""

    external_id = serializers.CharField(max_length=100)
    product = serializers.CharField(max_length=60, required=False, default="", allow_blank=True)
    channel = serializers.CharField(max_length=60, required=False, default="", allow_blank=True)
    purpose = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)
    expected_monthly_volume = serializers.DecimalField(
        max_digits=18, decimal_places=2, min_value=Decimal(0), required=False, allow_null=True, default=None
    )
    owners = OwnerInput(many=True, required=False, default=list, max_length=_MOST)  # type: ignore[call-arg]

    def validate_owners(self, value: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Declared shares cannot sum to more than the whole."""
        total = sum((owner["share_percent"] or Decimal(0) for owner in value), Decimal(0))
        if total > _WHOLE:
            raise serializers.ValidationError(
                said("The owners' shares sum to {total} %, more than 100 %.", total=total)
            )
        return value

    def to_new_customer(self) -> NewCustomer:
        """The validated input as the service takes it."""
        data = self.validated_data
        own = {name: data[name] for name in ("external_id", "product", "channel", "purpose", "expected_monthly_volume")}
        owners = tuple(NewOwner(_party(owner), owner["share_percent"], owner["control"]) for owner in data["owners"])
        return NewCustomer(party=_party(data), owners=owners, **own)


def _party(data: dict[str, Any]) -> NewParty:
    plain = ("name", "given_names", "surname", "birth_date", "incorporated_on", "gender", "country", "occupation",
             "email", "phone")  # fmt: skip
    return NewParty(
        kind=PartyKind(data["kind"]),
        aliases=tuple(data["aliases"]),
        nationalities=tuple(data["nationalities"]),
        addresses=tuple(NewAddress(**item) for item in data["addresses"]),
        identifiers=tuple(NewIdentifier(**item) for item in data["identifiers"]),
        **{name: data[name] for name in plain},
    )


class AddressSerializer(MaskedSerializer, serializers.ModelSerializer[PartyAddress]):
    private = ("street", "postcode")

    class Meta:
        model = PartyAddress
        fields = ["street", "city", "postcode", "country"]


class IdentifierSerializer(MaskedSerializer, serializers.ModelSerializer[PartyIdentifier]):
    private = ("value",)

    class Meta:
        model = PartyIdentifier
        fields = ["kind", "value", "country"]


class PartySerializer(MaskedSerializer, serializers.ModelSerializer[Party]):
    private = ("birth_date", "email", "phone")
    addresses = AddressSerializer(many=True)
    identifiers = IdentifierSerializer(many=True)

    class Meta:
        model = Party
        fields = [
            "id", "kind", "name", "given_names", "surname", "aliases", "birth_date", "incorporated_on", "gender",
            "nationalities", "country", "occupation", "email", "phone", "addresses", "identifiers",
        ]  # fmt: skip


class OwnerSerializer(serializers.ModelSerializer[BeneficialOwner]):
    party = PartySerializer()

    class Meta:
        model = BeneficialOwner
        fields = ["share_percent", "control", "party"]


class CustomerSerializer(serializers.ModelSerializer[Customer]):
    party = PartySerializer()
    owners = OwnerSerializer(many=True)

    class Meta:
        model = Customer
        fields = [
            "id", "external_id", "status", "product", "channel", "purpose", "expected_monthly_volume", "created_at",
            "version", "party", "owners",
        ]  # fmt: skip


class FactorSerializer(serializers.ModelSerializer[RatingFactor]):
    class Meta:
        model = RatingFactor
        fields = ["code", "value", "points", "weight", "contribution", "reason"]


class RatingSerializer(serializers.ModelSerializer[RiskRating]):
    factors = FactorSerializer(many=True)
    policy_number = serializers.IntegerField(source="policy.number")

    class Meta:
        model = RiskRating
        fields = ["id", "level", "due_diligence", "score", "created_at", "policy_number", "factors"]
