"""Durable runs (design decision 2): the rows are the queue, a broker message is only a hint that one is due."""

from workflows.models.definitions import Workflow, WorkflowSchedule, WorkflowVersion
from workflows.models.long_work import LongWork
from workflows.models.runs import Run, StepAttempt, StepRun, Trial
from workflows.models.upkeep import KeptAnswer, PeriodicTask, ProviderBudget

__all__ = [
    "KeptAnswer",
    "LongWork",
    "PeriodicTask",
    "ProviderBudget",
    "Run",
    "StepAttempt",
    "StepRun",
    "Trial",
    "Workflow",
    "WorkflowSchedule",
    "WorkflowVersion",
]
