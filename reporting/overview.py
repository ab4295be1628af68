"""The Director's screen as plain values: a sentence, what needs a decision, units × areas, progress, targets."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from documents.numbers import format_money, format_number
from plans.department.targets import target_words
from plans.models.plan import IndexTarget
from reporting.matrix import Matrix, matrix
from reporting.models import Period, RollUp, RollUpState
from reporting.roll_ups import narrative
from reporting.roll_ups.content import build_content, plan_of, readable

# The ranking indices the department is measured by, in the order of its plans.
INDICES = ("PAR INDEX", "SIPAS", "PAPI", "PCI", "DDCI", "DTI", "ICT INDEX")

EARLIER = 4  # periods before this one in a trend


@dataclass(frozen=True)
class Attention:
    """Something the Director should know or decide: a sentence with its icon, colour and page."""

    icon: str
    tone: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class Overview:
    """What the Director sees of one period; `content` is the newest version, or counted now (`is_live`)."""

    period: Period
    roll_up: RollUp | None
    content: dict
    is_live: bool
    attention: list[Attention]
    matrix: Matrix
    targets: list[tuple[str, list[str]]]
    trend: list[tuple[str, int, int]]

    @property
    def trend_values(self) -> list[float | None]:
        return [100 * part / whole if whole else None for _label, part, whole in self.trend]

    @property
    def trend_text(self) -> str:
        """ "Quý I: 79%, Quý II: 93%" of the periods so far; "" while there is but one."""
        words = [f"{label}: {narrative.percent(part, whole)}" for label, part, whole in self.trend]
        return ", ".join(words) if len(words) > 1 else ""

    @property
    def trend_short(self) -> str:
        return " → ".join(narrative.percent(part, whole) for _label, part, whole in self.trend)

    @property
    def of_period(self) -> str:
        """The query by which the list of reports shows this period."""
        return f"?year={self.period.year}&period={self.period.code}"

    @property
    def headline(self) -> str:
        return narrative.headline(self.content)

    @property
    def _on_time(self) -> tuple[int, int]:
        return _on_time(self.content["timeliness"])

    @property
    def on_time_text(self) -> str:
        return _of(*self._on_time)

    @property
    def on_time_share(self) -> str:
        return narrative.percent(*self._on_time)

    @property
    def tasks_text(self) -> str:
        return self.matrix.total.words

    @property
    def tasks_share(self) -> str:
        return narrative.percent(self.matrix.total.done or 0, self.matrix.total.planned)

    @property
    def due_tasks_text(self) -> str:
        tasks = narrative.task_totals(self.content)
        return _of(tasks["due_done"], tasks["due"])

    @property
    def due_tasks_share(self) -> str:
        tasks = narrative.task_totals(self.content)
        return narrative.percent(tasks["due_done"], tasks["due"])

    @property
    def spent_text(self) -> str:
        return format_money(sum(row["spent"] or 0 for row in self.content["money"].values()))

    @property
    def spent_context(self) -> str:
        planned = sum(row["planned"] or 0 for row in self.content["money"].values())
        return f"kế hoạch {format_money(planned)}"

    @property
    def progress(self) -> list[dict]:
        """Indicators that were planned or done, with the share of the year's plan reached."""
        return [
            row | _share(row["year"], row["planned"])
            for row in self.content["indicators"]
            if row["adds"] and (row["planned"] is not None or row["year"] is not None)
        ]


def _on_time(found: dict) -> tuple[int, int]:
    """Reports on time (also within an extension) of those expected."""
    return len(found["on_time"]) + len(found["extended"]), found["expected"]


def _of(part: int, whole: int) -> str:
    return f"{format_number(part)}/{format_number(whole)}"


def _share(part: int | None, whole: int | None) -> dict:
    if part is None or not whole:
        return {"percent": None, "percent_text": ""}
    return {"percent": round(100 * part / whole), "percent_text": narrative.percent(part, whole)}


def periods_of(agency_ids: Iterable[int], on: date) -> list[Period]:
    """The periods that have begun, newest first, each with its roll-up's state."""
    return list(
        Period.objects.asked_of_units()
        .filter(agency__in=agency_ids, starts__lte=on)
        .select_related("agency")
        .prefetch_related("roll_ups")
        .order_by("-ends", "-pk")
    )


def default_period(periods: list[Period]) -> Period:
    """A roll-up waiting for approval comes first, else the newest with figures, else the newest period."""
    by_state = {period: getattr(period.roll_up, "state", None) for period in periods}
    for wanted in ((RollUpState.DIRECTOR_REVIEW,), tuple(set(RollUpState) - {RollUpState.COLLECTING})):
        for period, state in by_state.items():
            if state in wanted:
                return period
    return periods[0]


def year_start(period: Period) -> date:
    """The first day of the reporting year a period belongs to."""
    return date(period.year - 1, 12, 15)


def overview(period: Period, *, now: datetime) -> Overview:
    """The screen of a period: from its newest version, or live while there is none."""
    roll_up = period.roll_up
    version = roll_up.versions.first() if roll_up else None
    if roll_up and roll_up.snapshot:
        content = readable(roll_up.snapshot["content"])
    else:
        content = readable(version.content) if version else build_content(period, now=now, brief=True)
    return Overview(
        period=period,
        roll_up=roll_up,
        content=content,
        is_live=version is None,
        attention=list(_attention(roll_up, content)),
        matrix=matrix(content, url=reverse("figure_rows", args=[period.code]), with_reports=True),
        targets=_targets(period),
        trend=[*_earlier(period), (period.label, *_on_time(content["timeliness"]))],
    )


def _earlier(period: Period) -> list[tuple[str, int, int]]:
    """Reports on time in the cut roll-ups of the periods before, oldest first; the figures as they were cut."""
    cut = (
        RollUp.objects.standing()
        .filter(period__agency=period.agency_id, period__regime=period.regime, period__ends__lt=period.ends)
        .exclude(snapshot=None)
    )
    found = cut.order_by("-period__ends").values_list("period__label", "snapshot__content__timeliness")[:EARLIER]
    return [(label, *_on_time(timeliness)) for label, timeliness in reversed(found) if timeliness]


def _attention(roll_up: RollUp | None, content: dict) -> Iterator[Attention]:
    """What needs the Director, the gravest first."""
    report_of = {unit["name"]: unit["reports"] for unit in content["units"]}
    if roll_up and roll_up.state == RollUpState.DIRECTOR_REVIEW:
        yield Attention("pencil", "blue", f"{roll_up} chờ Giám đốc duyệt", reverse("roll_up", args=[roll_up.code]))
    for row in content["timeliness"]["missing"]:
        yield Attention("exclamation-triangle", "red", f"{row['unit']}: chưa báo cáo {row['period']}")
    for row in content["timeliness"]["late"]:
        url = _report_url(report_of[row["unit"]], "late")
        yield Attention("alarm", "amber", f"{row['unit']}: nộp báo cáo muộn {row['days']} ngày", url)
    active = {cell["area"] for cell in content["cells"]}
    for area in content["areas"]:
        if area["code"] not in active:
            yield Attention("circle", "amber", f"Nội dung {area['letter']}) {area['name']}: chưa có kết quả trong kỳ")
    for row in content["texts"]["difficulties"]:
        url = reverse("unit_report", args=[row["report"]])
        yield Attention("info-circle", "blue", f"Vướng mắc của {row['unit']}: {row['text']}", url)


def _report_url(reports: list[dict], group: str) -> str:
    found = next((report["id"] for report in reports if report["group"] == group and report["id"]), None)
    return reverse("unit_report", args=[found]) if found else ""


def _targets(period: Period) -> list[tuple[str, list[str]]]:
    """The plan's targets by index, every ranked index named even without one; values are not guessed."""
    rows = list(IndexTarget.objects.filter(plan=plan_of(period).values("pk")))
    return [(index, [target_words(row) for row in rows if row.index == index]) for index in INDICES]
