"""What a roll-up says unit by unit, kept in parts of PART units, so that no number of units fills the memory.

A part is stored under the hash of its text (RollUpPart), and a content names its parts by their hashes: the content's
own hash covers them, and a build stores only the parts that have changed. Parts follow the order of the content's
units, so that a page of units is a part.
"""

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from plans.indicators.kinds import ratio, rounded
from plans.receipts import canonical
from reporting.models import RollUpPart

PART = 250
READ = 8  # parts that are fetched at a time


class Cell(NamedTuple):
    """A figure of the period; of an indicator that does not add, `area` "" is the unit's own. A code's are words."""

    area: str
    indicator: str
    value: int | str


class Tasks(NamedTuple):
    """Tasks of the year in an area; what is done is None where no report of the unit was received."""

    area: str
    planned: int
    due: int
    done: int | None
    due_done: int | None


class UnitRow(NamedTuple):
    """One unit (its code) in a roll-up."""

    code: str
    cells: Sequence[Cell] = ()
    tasks: Sequence[Tasks] = ()


class UnitRows:
    """The units of a content, read part by part each time they are walked through.

    `held` are packed parts by hash that are not stored (yet); all others are read from the database.
    """

    def __init__(self, hashes: Sequence[str], held: Mapping[str, bytes] | None = None):
        self.hashes, self.held = list(hashes), held or {}

    def __iter__(self) -> Iterator[UnitRow]:
        for start in range(0, len(self.hashes), READ):
            hashes = self.hashes[start : start + READ]
            missing = [each for each in hashes if each not in self.held]
            stored = RollUpPart.objects.in_bulk(missing) if missing else {}
            for each in hashes:
                yield from unpacked(self.held.get(each) or stored[each].packed)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, UnitRows) and self.hashes == other.hashes

    def page(self, number: int) -> list[UnitRow]:
        """The units of one part."""
        return list(UnitRows(self.hashes[number : number + 1], self.held))

    def store(self) -> None:
        """Keep the parts that are not stored yet."""
        known = set(RollUpPart.objects.filter(pk__in=self.held).values_list("pk", flat=True))
        new = (RollUpPart(sha256=each, packed=packed) for each, packed in self.held.items() if each not in known)
        RollUpPart.objects.bulk_create(new, batch_size=READ, ignore_conflicts=True)


def in_parts(rows: Iterable[UnitRow]) -> UnitRows:
    """The rows packed as they come, a part at a time."""
    held: dict[str, bytes] = {}
    hashes, rows = [], iter(rows)
    while part := list(islice(rows, PART)):
        text = canonical(part).encode()
        hashes.append(hashlib.sha256(text).hexdigest())
        held[hashes[-1]] = zlib.compress(text)
    return UnitRows(hashes, held)


def unpacked(packed: bytes) -> Iterator[UnitRow]:
    for code, cells, tasks in json.loads(zlib.decompress(packed)):
        yield UnitRow(code, [Cell(*cell) for cell in cells], [Tasks(*row) for row in tasks])


def spelled_out(rows: Iterable[UnitRow]) -> list[dict]:
    """The units with the names of what they hold, for JSON."""
    return [
        {
            "code": row.code,
            "cells": [each._asdict() for each in row.cells],
            "tasks": [each._asdict() for each in row.tasks],
        }
        for row in rows
    ]


def walk(content: dict) -> Iterator[tuple[dict, UnitRow]]:
    """The units of a readable content in their order, each with its row."""
    units = {unit["code"]: unit for unit in content["units"]}
    return ((units[row.code], row) for row in content["by_unit"] if row.code in units)


def tasks_over_all(content: dict) -> list[Tasks]:
    """The tasks of all units together; an area may have several rows."""
    return [Tasks(*(row[name] for name in Tasks._fields)) for row in content["tasks"]]


def added(cells: Iterable[Cell], indicators: Iterable[dict]) -> dict[str, int | float | str]:
    """A unit's own figures by indicator (code): sums over its areas, what it has itself, ratios from their parts."""
    adds = {row["code"] for row in indicators if row["adds"]}
    found: dict[str, int | float | str] = {}
    for cell in cells:
        if cell.indicator in adds:
            found[cell.indicator] = found.get(cell.indicator, 0) + cell.value
        elif not cell.area:
            found[cell.indicator] = cell.value
    return with_ratios(found, indicators)


def with_ratios(values: Mapping, indicators: Iterable[dict]) -> dict:
    """`values` by indicator (code) with each ratio of which both parts are there, divided here."""
    found = dict(values)
    for row in indicators:
        if row.get("parts"):
            part, whole = (values.get(code) for code in row["parts"])
            if (share := ratio(part, whole)) is not None:
                found[row["code"]] = rounded(share, percent=row["measure"].strip() == "%")
    return found


def of_older(content: dict) -> list[UnitRow]:
    """The units of a content that holds all their cells and tasks itself (up to schema 4)."""
    cells: dict[str, list[Cell]] = {}
    tasks: dict[str, list[Tasks]] = {}
    for row in content["cells"]:
        cells.setdefault(row["unit"], []).append(Cell(*(row[name] for name in Cell._fields)))
    for row in content["tasks"]:
        tasks.setdefault(row["unit"], []).append(Tasks(*(row[name] for name in Tasks._fields)))
    codes = [unit["code"] for unit in content["units"]]
    return [UnitRow(code, cells.get(code, ()), tasks.get(code, ())) for code in codes]
