"""People and programs. They are different tables: a program can never stand where a person must."""

from ipaddress import ip_address, ip_network

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q

from accounts.enums import Role, RoleState
from accounts.roles import permissions_of
from core.actor import Actor, ActorKind
from core.clock import now
from core.ids import new_id
from core.models import BaseModel
from core.permissions import Permission

_VOCABULARY = frozenset(Permission)
REQUESTS_PER_MINUTE = 6000  # of a new key: a hundred a second


class User(AbstractUser):
    """A person who signs in. The role decides what they may do; Django's groups and model permissions are not used."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    role = models.CharField(
        max_length=20, default=Role.ANALYST, help_text="a shipped role, or the code of a custom one"
    )

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "people"
        constraints = [
            models.CheckConstraint(condition=~Q(role=Role.SERVICE_ACCOUNT), name="user_is_never_a_service_account"),
        ]

    @property
    def actor(self) -> Actor:
        return Actor(ActorKind.PERSON, str(self.pk), self.get_full_name() or self.username)

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in (self.get_full_name() or self.username).split()[:2]).upper()

    def has_perm(self, perm: str, obj: models.Model | None = None) -> bool:
        """What the role grants. Django's flag of a superuser adds nothing to it but a look into the read-only Django admin."""
        if perm in _VOCABULARY:
            return self.is_active and perm in self.permissions
        return super().has_perm(perm, obj)

    @property
    def permissions(self) -> frozenset[Permission]:
        """Everything the person's role grants. A custom role is read once for an instance: a request, mostly."""
        return permissions_of(self.role) or self._custom_role[1]

    @property
    def role_name(self) -> str:
        """The role as people call it."""
        return str(Role(self.role).label) if self.role in Role.values else self._custom_role[0]

    @property
    def _custom_role(self) -> tuple[str, frozenset[Permission]]:
        kept: dict[str, tuple[str, frozenset[Permission]]] = self.__dict__.setdefault("_custom_roles", {})
        if self.role not in kept:
            found = CustomRole.objects.filter(code=self.role).first()
            kept[self.role] = (found.name, found.granted) if found else ("", frozenset())
        return kept[self.role]


class Invitation(BaseModel):
    """A link with which a new person sets their first password: good once, until it expires or is withdrawn.

    Whoever is invited cannot sign in, is assigned nothing and counts as nobody's administrator until they have set it.
    """

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="invitations")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text="by hand, or because another took its place")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(accepted_at=None, withdrawn_at=None), name="person_has_one_invitation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} until {self.expires_at:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.withdrawn_at is None and self.expires_at > now()


class CustomRole(BaseModel):
    """A role of the house: the permissions in force. They change only by a version that a second person approved."""

    code = models.SlugField(max_length=20, unique=True, help_text="what `User.role` holds; never changes")
    name = models.CharField(max_length=60, unique=True)
    sentence = models.CharField(max_length=200)
    permissions = models.JSONField(default=list, blank=True, help_text="none until a version is approved")
    is_retired = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name

    @property
    def granted(self) -> frozenset[Permission]:
        """What it grants now; a permission that a later release dropped grants nothing."""
        return frozenset(one for one in Permission if one in self.permissions and not self.is_retired)


class RoleVersion(BaseModel):
    """What somebody proposed a custom role to be, and what became of it."""

    role = models.ForeignKey(CustomRole, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=60)
    sentence = models.CharField(max_length=200)
    permissions = models.JSONField(default=list)
    reason = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=RoleState.choices, default=RoleState.WAITING)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["role", "number"], name="role_version_has_one_number"),
            models.UniqueConstraint(fields=["role"], condition=Q(state="waiting"), name="role_has_one_waiting_version"),
            models.CheckConstraint(
                condition=~Q(state="approved") | (Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by"))),
                name="role_version_is_approved_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"


class ApiClient(BaseModel):
    """A program that calls the REST API. It sees only the submissions, customers and transactions it sent."""

    name = models.CharField(max_length=120, unique=True)
    scopes = models.JSONField(default=list, help_text="permissions granted, a subset of the service account role")
    is_active = models.BooleanField(default=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.name

    @property
    def is_authenticated(self) -> bool:
        return True

    @property
    def is_anonymous(self) -> bool:
        return False

    @property
    def actor(self) -> Actor:
        return Actor(ActorKind.SERVICE_ACCOUNT, str(self.pk), self.name)

    def has_perm(self, perm: str, obj: object | None = None) -> bool:
        """True where the client is active and the permission is in its scopes and in the service account role."""
        return self.is_active and perm in self.scopes and perm in permissions_of(Role.SERVICE_ACCOUNT)


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    def usable(self) -> "ApiKeyQuerySet":
        """Keys that are neither revoked nor expired, of active clients."""
        return self.filter(revoked_at=None, expires_at__gt=now(), client__is_active=True)


class ApiKey(BaseModel):
    """A secret of an API client, kept as a hash. Shown once, when it is made."""

    client = models.ForeignKey(ApiClient, on_delete=models.CASCADE, related_name="keys")
    prefix = models.CharField(max_length=12, unique=True)
    digest = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True, help_text="last came from an address that is not allowed")
    networks = models.JSONField(default=list, blank=True, help_text="CIDR blocks it may come from; none: from anywhere")
    per_minute = models.PositiveIntegerField(default=REQUESTS_PER_MINUTE)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = ApiKeyQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.client_id} {self.prefix}"

    @property
    def is_usable(self) -> bool:
        return self.revoked_at is None and self.expires_at > now()

    def may_come_from(self, address: str) -> bool:
        """True for an address in one of the key's networks, and for any where it has none."""
        found = ip_address(address)
        return not self.networks or any(found in ip_network(block) for block in self.networks)


class SignInPolicy(models.Model):
    """How people sign in here: one row. `second_factor` maps a role to the day since when it must have a second factor."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    second_factor = models.JSONField(default=dict, blank=True)
    grace_days = models.PositiveSmallIntegerField(default=7)
    lock_after = models.PositiveSmallIntegerField(default=5)
    lock_minutes = models.PositiveSmallIntegerField(default=15)
    idle_minutes = models.PositiveSmallIntegerField(default=120)
    longest_hours = models.PositiveSmallIntegerField(default=10)
    confirm = models.JSONField(default=list, blank=True, help_text="permissions whose use asks who is there again")
    confirm_minutes = models.PositiveSmallIntegerField(default=15)
    invitation_days = models.PositiveSmallIntegerField(default=7)
    sso_matches_email = models.BooleanField(default=False)
    sso_creates_people = models.BooleanField(default=False)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="sign_in_policy_is_one_row")]

    def __str__(self) -> str:
        return "the policy of signing in"


class SignInTally(models.Model):
    """Failed sign-ins of a person from an address; of a person from anywhere (no address); from an address (no subject).

    `subject` is a person's id, or a digest of a name nobody has: what was typed may be a password.
    """

    person = models.ForeignKey(User, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    subject = models.CharField(max_length=64, blank=True)
    address = models.CharField(max_length=45, blank=True)
    failures = models.PositiveIntegerField(default=0)
    counted_from = models.DateTimeField(default=now, db_index=True)
    locked_until = models.DateTimeField(null=True, blank=True, db_index=True)
    succeeded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "address"], name="one_tally_a_subject_and_address")]

    def __str__(self) -> str:
        return f"{self.subject or 'anybody'} from {self.address or 'anywhere'}: {self.failures}"
