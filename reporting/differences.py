"""What changed: between two builds of a roll-up, two submissions of a report, a text and the one before. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from documents.numbers import format_number
from documents.vietnamese import fold

TEXT_LABELS = {
    "nil_reason": "Lý do không phát sinh",
    "highlights": "Kết quả nổi bật",
    "shortcomings": "Tồn tại, hạn chế",
    "causes": "Nguyên nhân",
    "next_steps": "Phương hướng kỳ tới",
    "difficulties": "Khó khăn, vướng mắc",
    "proposals": "Kiến nghị, đề xuất",
}
AREA_LABELS = {"text": "Kết quả", "shortcomings": "Tồn tại, hạn chế", "causes": "Nguyên nhân"}
SHORTEST_COMPARED = 30


@dataclass(frozen=True)
class FigureChange:
    """An indicator's figure in two builds; None where nothing was known. The values of a code are words."""

    code: str
    name: str
    measure: str
    before: int | float | str | None
    after: int | float | str | None

    @property
    def told(self) -> tuple[str, str]:
        """Both as they are printed."""
        return tuple(value if isinstance(value, str) else format_number(value) for value in (self.before, self.after))

    @property
    def step(self) -> int:
        """By how much it rose or fell; what was not known counts as nothing here."""
        return (self.after or 0) - (self.before or 0)


def figure_changes(before: Iterable[dict], after: Iterable[dict], key: str = "value") -> list[FigureChange]:
    """The indicator rows whose `key` differs, in the order of `after`; rows that fell away come last."""
    old, new = {row["code"]: row for row in before}, {row["code"]: row for row in after}
    found = []
    for code in dict.fromkeys([*new, *old]):
        row = new.get(code) or old[code]
        was, now = _figure(old.get(code, {}), key), _figure(new.get(code, {}), key)
        if was != now:
            found.append(FigureChange(code, row["name"], row["measure"], was, now))
    return found


def _figure(row: dict, key: str) -> int | float | str | None:
    return row.get("words", {}).get(key) or row.get(key)


def received_units(content: dict) -> dict[tuple[str, str], str]:
    """(unit code, period code) → the unit's name, for every report whose figures are in this build."""
    return {
        (unit["code"], report["period"]): unit["name"]
        for unit in content["units"]
        for report in unit["reports"]
        if report["received"]
    }


@dataclass(frozen=True)
class VersionChange:
    """A build against the one before it: totals that differ, units whose figures came in or went out."""

    figures: list[FigureChange]
    came_in: list[str]
    went_out: list[str]

    def __bool__(self) -> bool:
        return bool(self.figures or self.came_in or self.went_out)


def version_changes(before: dict, after: dict) -> VersionChange:
    """What build `after` says that build `before` did not."""
    old, new = received_units(before), received_units(after)
    return VersionChange(
        figures=figure_changes(before["indicators"], after["indicators"]),
        came_in=_names(new[key] for key in new.keys() - old.keys()),
        went_out=_names(old[key] for key in old.keys() - new.keys()),
    )


def _names(names: Iterable[str]) -> list[str]:
    return sorted(set(names), key=fold)


def moved_since(content: dict, places: Iterable[dict]) -> list[str]:
    """Units whose report now stands elsewhere than in a build: handed in, received, given back or exempted since.

    `places` are rows of tables.places_of_standings.
    """
    built = {
        (unit["code"], report["period"]): (report["group"], report["received"])
        for unit in content["units"]
        for report in unit["reports"]
    }
    return list(
        dict.fromkeys(
            row["unit"] for row in places if built.get((row["code"], row["period"])) != (row["group"], row["received"])
        )
    )


def text_changes(before: dict, after: dict, areas: Mapping[str, str] | None = None) -> Iterator[tuple[str, str, str]]:
    """(label, before, after) of the texts that differ between two snapshots of a unit report.

    `areas`: names by code.
    """
    for name, label in TEXT_LABELS.items():
        if before.get(name, "") != after.get(name, ""):
            yield label, before.get(name, ""), after.get(name, "")
    old = {row["area"]: row for row in before.get("assessments", ())}
    new = {row["area"]: row for row in after.get("assessments", ())}
    for area in dict.fromkeys([*new, *old]):
        for name, label in AREA_LABELS.items():
            was, now = (rows.get(area, {}).get(name, "") for rows in (old, new))
            if was != now:
                yield f"{(areas or {}).get(area, area)} – {label}", was, now


def is_alike(text: str, earlier: str) -> bool:
    """Whether a text says the same as the last period's: marks, case, spaces and punctuation aside.

    Short ones ("Không có") are the same in every period and mean nothing.
    """
    one, other = _words(text), _words(earlier)
    return len(one) >= SHORTEST_COMPARED and one == other


def _words(text: str) -> str:
    return " ".join("".join(char if char.isalnum() else " " for char in fold(text)).split())
