"""The first draft of a roll-up's narrative: which sentences stand in which part. Rules alone, no model. Pure."""

from collections.abc import Iterator
from typing import NamedTuple

from reporting.roll_ups import directive_rows, narrative
from reporting.roll_ups.said import Said


class Composed(NamedTuple):
    """A paragraph made from figures: the part of the outline it stands in, the rule that made it, what it says."""

    part: str
    rule: str
    said: Said


def draft(content: dict) -> list[Composed]:
    """Every paragraph that the figures give, in the order in which they are printed."""
    return [row for row in _rules(content) if row.said]


def _rules(content: dict) -> Iterator[Composed]:
    for rule, said in narrative.timeliness_rules(content):
        yield Composed("reporting", rule, said)
    yield Composed("plan", "tasks", narrative.task_sentence(content))
    yield Composed("plan", "money", narrative.money_sentence(content))
    yield Composed("directives", "directives", directive_rows.sentence(content))
    yield Composed("results", "total", narrative.total_sentence(content))
    if before := content["period"].get("before"):
        words = f"kỳ trước ({before})"
        yield Composed("results", "last_period", narrative.compared_sentence(content, "last_period", words))
    yield Composed("results", "last_year", narrative.compared_sentence(content, "last_year", "cùng kỳ năm trước"))
    for area in content["areas"]:
        yield Composed(area["code"], "area", narrative.area_sentence(content, area["code"]))
    yield Composed("highlights", "channels", narrative.channel_sentence(content))
    yield Composed("shortcomings", "gaps", narrative.gap_sentence(content))
