"""Input shapes of the monitoring pages."""

from monitoring.forms.archive import ArchiveForm, MonthForm
from monitoring.forms.general import (
    AlertForm,
    FileImportForm,
    FlagForm,
    LabelFileForm,
    ParameterForm,
    RateForm,
    ScenarioFilterForm,
    SnoozeForm,
)
from monitoring.forms.lists import DayForm, EntriesForm, ListForm
from monitoring.forms.mapping import MappingForm
from monitoring.forms.ranking import ModelAlertsForm
from monitoring.forms.sampling import SamplingForm

__all__ = [
    "AlertForm",
    "ArchiveForm",
    "DayForm",
    "EntriesForm",
    "FileImportForm",
    "FlagForm",
    "LabelFileForm",
    "ListForm",
    "MappingForm",
    "ModelAlertsForm",
    "MonthForm",
    "ParameterForm",
    "RateForm",
    "SamplingForm",
    "ScenarioFilterForm",
    "SnoozeForm",
]
