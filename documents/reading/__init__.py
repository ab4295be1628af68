"""Reading a plan into an outline and facts: read_file(bytes) or read_plan(text) → PlanReading, to_json → dict."""

from documents.reading.export import to_json
from documents.reading.model import PlanReading, Source
from documents.reading.plan import read_file, read_plan
from documents.reading.sources import Unreadable, read_source
from documents.reading.vocabulary import DEFAULT_AREAS, INDICES, AreaName

__all__ = [
    "DEFAULT_AREAS",
    "INDICES",
    "AreaName",
    "PlanReading",
    "Source",
    "Unreadable",
    "read_file",
    "read_plan",
    "read_source",
    "to_json",
]
