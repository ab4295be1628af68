"""Reading a plan's text into an outline and facts: read_plan(text) → PlanReading, to_json(reading) → dict."""

from documents.reading.export import to_json
from documents.reading.model import PlanReading
from documents.reading.plan import read_plan
from documents.reading.vocabulary import DEFAULT_AREAS, INDICES, AreaName

__all__ = ["DEFAULT_AREAS", "INDICES", "AreaName", "PlanReading", "read_plan", "to_json"]
