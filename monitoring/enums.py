"""Closed sets of the monitoring app."""

from django.db.models import TextChoices


class Direction(TextChoices):
    IN = "in", "In"
    OUT = "out", "Out"


class DeliveryKind(TextChoices):
    """What a delivery is made of."""

    TRANSACTIONS = "transactions", "Transactions"
    PROCESS_EVENTS = "process_events", "Process events"
    QUALIFICATIONS = "qualifications", "Operator qualifications"
    LABELS = "labels", "Labels"


class ImportState(TextChoices):
    """How far an uploaded file is."""

    LOOKED_AT = "looked_at", "Looked at"
    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Under way"
    DONE = "done", "Done"
    DROPPED = "dropped", "Forgotten"


class Severity(TextChoices):
    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"


class ScenarioState(TextChoices):
    DRAFT = "draft", "Draft"
    PROPOSED = "proposed", "Proposed"
    SHADOW = "shadow", "In shadow"
    LIVE = "live", "Live"
    RETIRED = "retired", "Retired"


class ScenarioMove(TextChoices):
    """What a person does with a version of a scenario."""

    PROPOSE = "propose", "Propose"
    APPROVE = "approve", "Approve"
    REJECT = "reject", "Send back"
    GO_LIVE = "go_live", "Make live"
    RETIRE = "retire", "Retire"


class Quiet(TextChoices):
    """Why a firing raised nothing."""

    SHADOW = "shadow", "The version is in shadow"
    SNOOZED = "snoozed", "The scenario is snoozed for the customer"
    COOLING = "cooling", "Within the cool-down of an alert that was decided"


class AlertState(TextChoices):
    OPEN = "open", "Open"
    DISPOSED = "disposed", "Decided"


class AlertDisposition(TextChoices):
    SUSPICIOUS = "suspicious", "Suspicious"
    EXPLAINED = "explained", "Explained"
    FALSE_POSITIVE = "false_positive", "False positive"


class AlertReason(TextChoices):
    """Why an alert was decided as it was."""

    NO_ECONOMIC_PURPOSE = "no_economic_purpose", "No apparent economic purpose"
    AGAINST_PROFILE = "against_profile", "Against what is known of the customer"
    KNOWN_TYPOLOGY = "known_typology", "Fits a known laundering pattern"
    SOURCE_DOCUMENTED = "source_documented", "Source or purpose is documented"
    USUAL_BUSINESS = "usual_business", "Usual for this customer"
    WRONG_DATA = "wrong_data", "The data was wrong"
    RULE_TOO_WIDE = "rule_too_wide", "The scenario is set too wide"


class LabelSource(TextChoices):
    """How a label of a row came."""

    PERSON = "person", "Flagged by a person"
    IMPORT = "import", "Imported"


class ModelState(TextChoices):
    DRAFT = "draft", "Draft"
    VALIDATED = "validated", "Validated"
    APPROVED = "approved", "Approved"
    CHALLENGER = "challenger", "Challenger in shadow"
    CHAMPION = "champion", "Champion"
    RETIRED = "retired", "Retired"


class ModelMove(TextChoices):
    """What a person does with a version of a model."""

    VALIDATE = "validate", "Validate"
    APPROVE = "approve", "Approve"
    CHALLENGE = "challenge", "Run in shadow"
    PROMOTE = "promote", "Make champion"
    RESTORE = "restore", "Make champion again"
    RETIRE = "retire", "Retire"


class ModelMeasure(TextChoices):
    """What of a model a policy looks at that has it raise alerts by itself; both are percentiles among like rows."""

    SCORE = "score", "How high the model ranks a row"
    UNUSUAL = "unusual", "How unusual the isolation forest finds a row"


class ListHolds(TextChoices):
    """What the values of a list are."""

    TEXTS = "texts", "Texts"
    COUNTRIES = "countries", "Countries"


class ListState(TextChoices):
    DRAFT = "draft", "Draft"
    PROPOSED = "proposed", "Proposed"
    LIVE = "live", "In force"
    RETIRED = "retired", "Replaced"


class ListMove(TextChoices):
    """What a person does with a version of a list."""

    PROPOSE = "propose", "Propose"
    APPROVE = "approve", "Approve, put in force"
    REJECT = "reject", "Send back"
    DISCARD = "discard", "Discard"
    WITHDRAW = "withdraw", "Take back before it is in force"


LIST_ANSWERS = (ListMove.APPROVE, ListMove.REJECT, ListMove.WITHDRAW)
