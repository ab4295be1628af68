from propaganda.forms.lists import ResultFilter
from propaganda.forms.result import (
    ChangedResultForm,
    EvidenceForm,
    NewResultForm,
    ResultForm,
    initial_of,
    initial_of_activity,
)

__all__ = [
    "ChangedResultForm",
    "EvidenceForm",
    "NewResultForm",
    "ResultFilter",
    "ResultForm",
    "initial_of",
    "initial_of_activity",
]
