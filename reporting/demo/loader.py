"""The demo: the real plan of 2022 and an invented year of fourteen units, walked through the portal's own acts.

Every state here was reached by the moves people make, at the times they would have made them, so
that the demo cannot show what the product cannot do. Chance is seeded: every load gives the same year.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

from django.db import transaction

import documents
from accounts import clock, jobs
from accounts.cast import Cast, load_cast
from accounts.models import Job, User
from accounts.models.job import JobState
from plans import actions as plan_actions
from plans import handing_in
from plans import reference as plan_reference
from plans.deadlines.workdays import VIETNAM, is_workday
from plans.department.importing import read_text, store_reading
from plans.difficulties.acts import DIFFICULTY, raise_difficulty
from plans.models import Activity, Audience, Channel, FundSource, Indicator, Plan, UnitPlan, UnitPlanState
from plans.units.asked import asked_of
from plans.units.funds import Fund
from plans.workflow import PLAN, UNIT_PLAN
from propaganda.actions import record_result
from reporting import opening
from reporting.actions import save_words
from reporting.demo import lines
from reporting.models import Period, RollUp, UnitReport
from reporting.roll_ups.building import start_build
from reporting.roll_ups.narrating import add_paragraph, take_texts
from reporting.roll_ups.outline import outline, unit_texts
from reporting.roll_ups.papers import outgoing
from reporting.roll_ups.sending import Sending, record_sendings
from reporting.rules import units_to_acknowledge
from reporting.unit_reports.snapshots import unit_report_snapshot
from reporting.unit_reports.words import NOTE, area_field
from reporting.workflow import ROLL_UP, UNIT_REPORT

PLAN_TEXT = Path(documents.__file__).parent / "samples" / "ke-hoach-tuyen-truyen-cchc-2022.txt"
STANDS_AT = datetime(2022, 12, 8, 8, 30, tzinfo=VIETNAM)

# When each unit handed in its plan; those not named did so between 21 and 25 February.
LATE_PLANS = {"ctxh": datetime(2022, 2, 28, 10, 5, tzinfo=VIETNAM), "cnmt": datetime(2022, 3, 1, 9, 15, tzinfo=VIETNAM)}
RETURNED_PLAN = "ncc"
MISSING_PLAN = "ddncc"
NOT_CONCERNED = {"apparatus": ("dvvl", "ttbtxh", "ctxh"), "institutions": ("cnmt",)}

# Reports by quarter: days late, missing, nil, returned once.
LATE_REPORTS = {"2022-Q1": {"cnmt": 2}, "2022-Q2": {"ctxh": 1, "gdnn": 3}, "2022-Q3": {"cnmt": 1}}
MISSING_REPORTS = {"2022-Q1": ("ddncc",), "2022-Q2": ("ddncc",), "2022-Q3": ()}
NIL_REPORTS = {"2022-Q3": ("thanh-tra",)}
RETURNED_REPORTS = {"2022-Q2": ("btxh",)}
ISSUE_NUMBERS = {
    "2022-Q1": "28",
    "2022-Q2": "61",
    "2022-Q3": "97",
    "2022-CCHC-Q1": "31",
    "2022-CCHC-H1": "64",
    "2022-CCHC-Q3": "99",
}


def at(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=VIETNAM)


def on_day(instant: datetime, hour: int, minute: int = 0) -> datetime:
    """An hour of the day in Vietnam on which `instant` falls."""
    return instant.astimezone(VIETNAM).replace(hour=hour, minute=minute, second=0, microsecond=0)


def is_loaded() -> bool:
    return Plan.objects.filter(agency__code="sldtbxh-ninh-thuan", year=2022, state="issued").exists()


@transaction.atomic
def load() -> None:
    """Load the whole demo, or nothing; what has been loaded stays as it is."""
    plan_reference.load()
    cast = load_cast()
    if is_loaded():
        return
    addresses = dict(User.objects.values_list("pk", "email"))
    User.objects.update(email="")  # the year is told at once: no letters about it
    year = Year(cast)
    year.plan()
    year.unit_plans()
    for quarter in ("Q1", "Q2", "Q3"):
        year.quarter(quarter)
    year.fourth_quarter()
    people = list(User.objects.filter(pk__in=addresses))
    for person in people:
        person.email = addresses[person.pk]
    User.objects.bulk_update(people, ["email"])
    clock.set_demo(STANDS_AT)


class Year:
    """The year 2022 of the demo department, in the order in which it happened."""

    def __init__(self, cast: Cast):
        self.cast = cast
        self.chance = Random(2022)  # noqa: S311  invented figures, not secrets
        self.channels = {row.code: row for row in Channel.objects.all()}
        self.audiences = {row.code: row for row in Audience.objects.all()}
        self.indicators = {row.code: row for row in Indicator.objects.all()}
        self.quantities: dict[int, tuple[str, bool]] = {}

    # The department's plan

    def plan(self) -> None:
        cast = self.cast
        text = PLAN_TEXT.read_text(encoding="utf-8")
        plan = store_reading(
            read_text(text), agency=cast.agency, by=cast.office_staff, now=at(2022, 2, 8), source_text=text
        )
        for defect in plan.defects.all():
            plan_actions.settle_defect(defect, by=cast.office_staff, now=at(2022, 2, 8, 10))
        PLAN.move(plan, "send_to_office", by=cast.office_staff, now=at(2022, 2, 8, 11))
        PLAN.move(plan, "send_to_director", by=cast.chief, now=at(2022, 2, 9, 8))
        PLAN.move(plan, "approve", by=cast.director, now=at(2022, 2, 9, 15))
        PLAN.move(plan, "issue", by=cast.clerk, now=at(2022, 2, 10, 8, 30), number="12", on=date(2022, 2, 10))
        self.areas = {area.code: area for area in plan.scheme.areas.all()}

    # The units' plans

    def unit_plans(self) -> None:
        for number, (code, unit) in enumerate(self.cast.units.items()):
            unit_plan = UnitPlan.objects.select_related("plan", "unit", "obligation").get(unit=unit)
            drafted = at(2022, 2, 14 + number % 5, 9, number)
            self._draft(unit_plan, code, drafted)
            if code == MISSING_PLAN:
                continue
            handed_in = LATE_PLANS.get(code) or at(2022, 2, 21 + number % 5, 10, 3 * number)
            self._hand_in(UNIT_PLAN, unit_plan, code, handed_in)
            if code == RETURNED_PLAN:
                handed_in = self._return_and_resubmit(UNIT_PLAN, unit_plan, code, handed_in, lines.RETURN_REASON)
            UNIT_PLAN.move(unit_plan, "accept", by=self._reviewer(code), now=handed_in + timedelta(hours=4))

    def _draft(self, unit_plan: UnitPlan, code: str, now: datetime) -> None:
        editor = self.cast.editor(code)
        plan_actions.begin_edit(unit_plan, by=editor, now=now)
        plan_actions.save_texts(
            unit_plan,
            by=editor,
            now=now,
            version=unit_plan.version,
            purpose=lines.PURPOSE,
            organisation=lines.ORGANISATION,
            contact=str(editor),
        )
        asked: dict[str, list] = {}
        for item in asked_of(unit_plan):
            asked.setdefault(item.area, []).append(item)
        for area_code, tasks in lines.TASKS.items():
            if code in NOT_CONCERNED.get(area_code, ()):
                plan_actions.declare_absence(unit_plan, self.areas[area_code], reason=lines.ABSENCE, by=editor, now=now)
                continue
            chosen = self.chance.sample(tasks, k=self.chance.randint(1, min(2, len(tasks))))
            items = asked.get(area_code, [])
            if len(items) > 3:  # something is always another unit's
                plan_actions.decline_item(unit_plan, items.pop(), reason=lines.NOT_OURS, by=editor, now=now)
            for number, task in enumerate(chosen):
                answered = [item.key for item in items[number :: len(chosen)]]
                self._line(unit_plan, self.areas[area_code], task, answered, editor, now)
        unit_plan.refresh_from_db()

    def _line(self, unit_plan: UnitPlan, area, task: tuple, asked: list[str], editor: User, now: datetime) -> None:
        title, channel, audience, indicator, least, most, product, millions, has_people = task
        first = self.chance.randint(2, 8)
        last = self.chance.randint(first + 1, 12)
        activity = plan_actions.save_activity(
            Activity(
                unit_plan=unit_plan,
                area=area,
                title=title,
                channel=self.channels[channel],
                audience=self.audiences[audience],
                starts=date(2022, first, 1),
                ends=date(2022, last, 28),
                person=str(editor),
                product=product,
                indicator=self.indicators[indicator],
                quantity=self.chance.randint(least, most),
                money=millions * 1_000_000 or None,
                asked=asked,
            ),
            by=editor,
            now=now,
            funds=self._funds(millions * 1_000_000),
        )
        self.quantities[activity.pk] = (indicator, has_people)

    def _funds(self, money: int) -> tuple[Fund, ...]:
        """Small sums from the autonomous budget; of large ones three tenths are given by others."""
        sources = {row.code: row for row in FundSource.objects.all()}
        if money < 10_000_000:
            return (Fund(sources["autonomous"], money),) if money else ()
        given = money * 3 // 10
        return Fund(sources["not-autonomous"], money - given), Fund(sources["social"], given)

    def _hand_in(self, workflow, obj, code: str, when: datetime) -> None:
        workflow.move(obj, "send_to_head", by=self.cast.editor(code), now=when - timedelta(hours=2))
        handing_in.submit(
            workflow, obj, by=self.cast.head(code), now=when, key=f"demo:{obj._meta.label_lower}:{obj.pk}:1"
        )

    def _return_and_resubmit(self, workflow, obj, code: str, handed_in: datetime, reason: str) -> datetime:
        workflow.move(obj, "send_back", by=self._reviewer(code), now=handed_in + timedelta(hours=3), reason=reason)
        again = handed_in + timedelta(hours=22)
        handing_in.submit(
            workflow, obj, by=self.cast.head(code), now=again, key=f"demo:{obj._meta.label_lower}:{obj.pk}:2"
        )
        return again

    def _reviewer(self, code: str) -> User:
        return self.cast.director if code == "van-phong" else self.cast.office_staff

    # Results

    def results(self, starts: date, ends: date, idle: tuple[str, ...] = ()) -> None:
        """What the units did in a window: planned tasks that ran then, or one beside the plan; `idle` units nothing."""
        activities = (
            Activity.objects.filter(unit_plan__state=UnitPlanState.ACCEPTED, starts__lte=ends, ends__gte=starts)
            .select_related("unit_plan__unit", "area", "channel", "audience", "indicator")
            .order_by("pk")
        )
        period = f"{starts:%m%d}"
        for activity in activities:
            code = activity.unit_plan.unit.code
            if code in idle or self.chance.random() < 0.2:
                continue
            self._record(code, self._day(max(starts, activity.starts), min(ends, activity.ends)), period, activity)
        for code in self.cast.units:
            if code not in idle and not self.cast.units[code].results.within(starts, ends).exists():
                self._record(code, self._day(starts, ends), period, None)

    def _day(self, first: date, last: date) -> date:
        days = [first + timedelta(n) for n in range((last - first).days + 1)]
        return self.chance.choice([day for day in days if is_workday(day)] or days)

    def _record(self, code: str, day: date, period: str, activity: Activity | None) -> None:
        indicator, has_people = self.quantities[activity.pk] if activity else ("posts", False)
        most = max(1, (activity.quantity or 1) // 2) if activity else 3
        number = self.chance.randint(1, 10**6)
        record_result(
            unit=self.cast.units[code],
            by=self.cast.editor(code),
            now=datetime.combine(day, datetime.min.time(), VIETNAM) + timedelta(hours=16, minutes=number % 50),
            key=f"demo:{period}:{code}:{activity.pk if activity else 'ngoai'}:{number}",
            activity=activity,
            title=activity.title if activity else self.chance.choice(lines.UNPLANNED),
            happened_on=day,
            area=activity.area if activity else self.areas["procedures"],
            channel=activity.channel if activity else self.channels["zalo"],
            audience=activity.audience if activity else self.audiences["people"],
            quantities={self.indicators[indicator]: self.chance.randint(1, most)},
            participants=self.chance.randint(12, 60) if has_people else None,
            reach=self.chance.randint(80, 900) if indicator in ("posts", "articles") else None,
            money=self._spent(activity),
        )

    def _spent(self, activity: Activity | None) -> int | None:
        if not activity or not activity.money:
            return None
        return activity.money // self.chance.choice((2, 3, 4)) // 10_000 * 10_000

    # Reports

    def quarter(self, kind: str) -> None:
        code = f"2022-{kind}"
        opening.make_missing_periods()
        period = Period.objects.get(agency=self.cast.agency, code=code)
        self.results(max(period.starts, date(2022, 2, 28)), period.ends, NIL_REPORTS.get(code, ()))
        self.difficulties(period)
        opening.look(period.unit_due_at - timedelta(days=9))
        for number, report in enumerate(self._reports(period)):
            self._report(report, period, number)
        self._finish_roll_ups(period)

    def _reports(self, period: Period) -> Iterator[UnitReport]:
        return UnitReport.objects.filter(period=period).select_related("unit", "period", "obligation__plan", "agency")

    def _report(self, report: UnitReport, period: Period, number: int) -> None:
        unit = report.unit.code
        if unit in MISSING_REPORTS[period.code]:
            return
        due = on_day(period.unit_due_at, 9, number)
        self._write(report, due - timedelta(days=1), nil=unit in NIL_REPORTS.get(period.code, ()))
        when = due + timedelta(days=LATE_REPORTS[period.code].get(unit, 0), hours=number % 6)
        self._hand_in(UNIT_REPORT, report, unit, when)
        if unit in RETURNED_REPORTS.get(period.code, ()):
            reason = "Phần đánh giá chưa nêu tồn tại, nguyên nhân; đề nghị bổ sung."
            when = self._return_and_resubmit(UNIT_REPORT, report, unit, when, reason)
        UNIT_REPORT.move(report, "accept", by=self._reviewer(unit), now=when + timedelta(hours=3))

    def _write(self, report: UnitReport, now: datetime, *, nil: bool) -> None:
        pick = self.chance.choice
        areas = [] if nil else self.chance.sample(list(lines.AREA_TEXTS), k=self.chance.randint(2, 4))
        words = {
            "nil": nil,
            "nil_reason": "Trong quý tập trung thực hiện kế hoạch thanh tra, chưa triển khai hoạt động tuyên truyền."
            if nil
            else "",
            "highlights": pick(lines.HIGHLIGHTS) if not nil else "",
            "shortcomings": pick(lines.SHORTCOMINGS),
            "causes": pick(lines.CAUSES),
            "difficulties": pick(lines.DIFFICULTIES),
            "proposals": pick(lines.PROPOSALS),
            "next_steps": pick(lines.NEXT_STEPS),
            **{area_field(self.areas[area].pk, "text"): lines.AREA_TEXTS[area] for area in areas},
        }
        for area in areas[:1]:
            words[area_field(self.areas[area].pk, "shortcomings")] = lines.AREA_SHORTCOMINGS[area]
        editor = self.cast.editor(report.unit.code)
        save_words(report, by=editor, now=now, words=words)
        found = unit_report_snapshot(report)["cautions"]
        notes = {NOTE + row["key"]: lines.EXPLANATIONS[row["key"].partition("-")[0]] for row in found}
        save_words(report, by=editor, now=now, words=notes)

    def _finish_roll_ups(self, period: Period) -> None:
        """Every roll-up of the same cut-off: built, cut, reviewed, approved, issued, sent."""
        same_day = Period.objects.filter(agency=self.cast.agency, ends=period.ends)
        for roll_up in RollUp.objects.filter(period__in=same_day).select_related("period"):
            now = on_day(roll_up.period.office_due_at, 8, 30)
            build(roll_up, now)
            roll_up.refresh_from_db()
            self._narrate(roll_up, now)
            roll_up.refresh_from_db()
            self._sign(roll_up, now)

    def _narrate(self, roll_up: RollUp, now: datetime) -> None:
        """The Office's own judgement, and what the units wrote under the common headings."""
        content, acts = roll_up.versions.first().content, {"by": self.cast.office_staff, "now": now}
        for part in outline(content):
            if part.code == "assessment":
                add_paragraph(roll_up, part, text=lines.ASSESSMENT, key="demo", **acts)
            elif texts := unit_texts(content, part):
                take_texts(roll_up, part, texts[:3], **acts)

    def _sign(self, roll_up: RollUp, now: datetime) -> None:
        cast, hour = self.cast, timedelta(hours=1)
        known = frozenset(unit["code"] for unit in units_to_acknowledge(roll_up.versions.first().content))
        ROLL_UP.move(roll_up, "cut", by=cast.office_staff, now=now + hour, acknowledged=known)
        ROLL_UP.move(roll_up, "send_to_office", by=cast.office_staff, now=now + 2 * hour)
        ROLL_UP.move(roll_up, "send_to_director", by=cast.chief, now=now + 3 * hour)
        signed = on_day(roll_up.period.director_due_at, 9, 0)
        ROLL_UP.move(roll_up, "approve", by=cast.director, now=signed)
        ROLL_UP.move(
            roll_up, "issue", by=cast.clerk, now=signed + hour,
            number=ISSUE_NUMBERS[roll_up.period.code], on=signed.date(),
        )  # fmt: skip
        sent = signed + 2 * hour
        sendings = [Sending(name, "axis", sent) for name in outgoing(roll_up, roll_up.issued_on).everybody]
        record_sendings(roll_up, sendings, by=cast.clerk, now=sent)

    def difficulties(self, period: Period) -> None:
        """Those raised in the period: one solved, one that waits for its unit, one that nobody has received yet."""
        office = self.cast.office_staff
        for number, (code, raised, title, text, steps) in enumerate(lines.RAISED):
            now = datetime.fromisoformat(raised).replace(tzinfo=VIETNAM)
            if not period.starts <= now.date() <= period.ends:
                continue
            row = raise_difficulty(
                unit=self.cast.units[code], by=self.cast.editor(code), now=now, key=UUID(int=number),
                title=title, text=text,
            )  # fmt: skip
            for hours, (move, words) in enumerate(steps, start=2):
                DIFFICULTY.move(row, move, by=office, now=now + timedelta(hours=hours), reason=words)

    def fourth_quarter(self) -> None:
        period = Period.objects.get(agency=self.cast.agency, code="2022-Q4")
        self.results(period.starts, date(2022, 12, 7))
        self.difficulties(period)
        opening.look(STANDS_AT)
        for number, report in enumerate(self._reports(period)):
            if number % 3 == 0:
                self._write(report, STANDS_AT - timedelta(hours=20, minutes=number), nil=False)


def build(roll_up: RollUp, now: datetime) -> None:
    """Build the next version here and now, with the worker's own code."""
    clock.set_demo(now)
    job: Job = start_build(roll_up, by=None, now=now)
    if job.state != JobState.DONE:
        jobs.run(job.pk)
