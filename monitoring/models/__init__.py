"""Transactions and process events, scenarios with their versions, findings and alerts."""

from monitoring.models.alerts import Alert, AlertDecision, AlertSnooze, Finding, QuietFinding
from monitoring.models.archive import ArchivedMonth, ArchivedShare, ArchivePolicy
from monitoring.models.imports import ColumnMapping, FileImport
from monitoring.models.lists import RuleList, RuleListEntry, RuleListVersion
from monitoring.models.processes import OperatorQualification, ProcessEvent
from monitoring.models.ranking import EventFlag, ModelArtefact, ModelVersion, RowScore, TransactionFlag
from monitoring.models.sampling import BlindItem, NearCount, SamplingPolicy, Settlement, SilentTrace
from monitoring.models.scenarios import Scenario, ScenarioVersion
from monitoring.models.transactions import ExchangeRate, Ingest, PendingAssessment, RejectedLine, Transaction

__all__ = [
    "Alert",
    "AlertDecision",
    "AlertSnooze",
    "ArchivePolicy",
    "ArchivedMonth",
    "ArchivedShare",
    "BlindItem",
    "ColumnMapping",
    "EventFlag",
    "ExchangeRate",
    "FileImport",
    "Finding",
    "Ingest",
    "ModelArtefact",
    "ModelVersion",
    "NearCount",
    "OperatorQualification",
    "PendingAssessment",
    "ProcessEvent",
    "QuietFinding",
    "RejectedLine",
    "RowScore",
    "RuleList",
    "RuleListEntry",
    "RuleListVersion",
    "SamplingPolicy",
    "Scenario",
    "ScenarioVersion",
    "Settlement",
    "SilentTrace",
    "Transaction",
    "TransactionFlag",
]
