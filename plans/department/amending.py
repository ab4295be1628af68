"""Amending and recalling a plan in force: what follows for whom, and how it is carried out.

An amendment is a plan of its own until it is issued; the plan in force stands untouched beside it. Issuing it
brings its content into the plan in force, and touches only what units owe by duties that changed:

- What was handed in stays as it is: its stamp is never rewritten, and whether it was on time is judged by the
  deadline that was in force when it was handed in.
- What was not handed in yet is owed by the new deadline; an extension that the new deadline reaches is spent.
- A new duty, or new occasions of one, are owed as far as they fall due from the day of issue on.
- What is no longer asked and was not handed in leaves the denominator from that day, with the reason.
- What was exempted before stays exempted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Role, Unit, User
from accounts.notices import holders, notify
from documents.dates import document_date, short_date
from documents.official import padded
from plans.deadlines.deadline_changes import write_due
from plans.deadlines.periods import occasion_label
from plans.deadlines.workdays import VIETNAM
from plans.department import versions
from plans.department.content import content_of_plan, fit, store_content
from plans.department.issuing import create_obligations, occasions, units_of
from plans.models import Duty, Holiday, Obligation, Plan, PlanState, RegisterState, VersionKind
from plans.models.obligation import ObligationKind
from plans.registers import register

MOVED, ADDED, ENDED, KEPT = "moved", "added", "ended", "kept"
TOUCHING = ("every_unit", "due_at", "recurrence")  # fields of a duty on which obligations depend


@dataclass(frozen=True)
class Consequence:
    """What an amendment means for one unit on one occasion: `kind` is MOVED, ADDED, ENDED, or KEPT (handed in).

    `old` and `new` are the last instants on time; `obligation` is None for what is new.
    """

    kind: str
    unit: Unit
    what: str
    old: datetime | None = None
    new: datetime | None = None
    obligation: Obligation | None = None

    @property
    def sentence(self) -> str:
        """What the unit is told."""
        old, new = (short_date(at.astimezone(VIETNAM)) if at else "" for at in (self.old, self.new))
        if self.kind == MOVED:
            return _("%(what)s: hạn %(old)s đổi thành %(new)s") % {"what": self.what, "old": old, "new": new}
        if self.kind == ADDED:
            return _("%(what)s: thêm, hạn %(new)s") % {"what": self.what, "new": new}
        if self.kind == ENDED:
            return _("%(what)s: không còn phải nộp") % {"what": self.what}
        return _("%(what)s: đã nộp, giữ nguyên") % {"what": self.what}


def consequences(amendment: Plan, *, now: datetime) -> list[Consequence]:
    """What issuing the amendment at `now` would change, by duty, occasion and unit."""
    plan = amendment.amends
    overrides, units = Holiday.objects.as_rules(), units_of(plan, now.date())
    found: list[Consequence] = []
    for stood, duty in _pairs(plan, amendment):
        if stood is None or duty is None or any(getattr(stood, name) != getattr(duty, name) for name in TOUCHING):
            found += _of_duty(plan, stood, duty, units, overrides, now)
    return found


def _pairs(plan: Plan, amendment: Plan) -> list[tuple[Duty | None, Duty | None]]:
    """(duty of the plan in force, duty of the amendment); None where one was added or dropped.

    A duty by which something else is handed in is another duty. One that was written anew in place of a
    dropped one of the same kind is that one, changed: a unit hands in one plan a year, one report a period.
    """
    left = {duty.pk: duty for duty in plan.duties.current()}
    pairs, new = [], []
    for duty in amendment.duties.current():
        stood = left.get(duty.origin_id)
        if stood and stood.kind == duty.kind:
            pairs.append((left.pop(stood.pk), duty))
        else:
            new.append(duty)
    for duty in new:
        twin = next((stood for stood in left.values() if stood.kind and stood.kind == duty.kind), None)
        pairs.append((left.pop(twin.pk) if twin else None, duty))
    return pairs + [(stood, None) for stood in left.values()]


def _of_duty(plan, stood: Duty | None, duty: Duty | None, units, overrides, now: datetime) -> Iterator[Consequence]:
    wanted = {
        (unit.pk, occasion): (unit, due_at)
        for occasion, due_at, day in (occasions(duty, plan.year, overrides) if duty and duty.kind else ())
        for unit in units
        if duty.is_asked_of(unit, day)
    }
    owed = stood.obligations.select_related("unit") if stood else ()
    for row in owed:
        unit, new = wanted.pop((row.unit_id, row.occasion), (row.unit, None))
        if row.exempt_from is not None:
            continue
        if new is None:
            kind = KEPT if row.first_submitted_at else ENDED
            yield Consequence(kind, unit, row.what, row.due_at, None, row)
        elif not duty.recurrence and new != row.due_at:
            kind = KEPT if row.first_submitted_at else MOVED
            yield Consequence(kind, unit, row.what, row.due_at, new, row)
    for (_unit, occasion), (unit, due_at) in wanted.items():
        if due_at >= now:
            label = ObligationKind(duty.kind).label
            yield Consequence(ADDED, unit, f"{label}, {occasion_label(occasion)}", None, due_at)


def amending_gaps(amendment: Plan, *, now: datetime) -> Iterator[str]:
    """What keeps an amendment from being issued at `now`, besides what every plan must have."""
    if amendment.amends.state != PlanState.ISSUED:
        yield _("Kế hoạch được điều chỉnh không còn hiệu lực.")
    past = {row.new for row in consequences(amendment, now=now) if row.kind == MOVED and row.new < now}
    for due_at in sorted(past):
        yield _("Hạn mới %s đã qua, đơn vị không thể nộp đúng hạn. Đưa về duyệt lại để sửa hạn.") % short_date(
            due_at.astimezone(VIETNAM)
        )


# Beginning


def begin(plan: Plan, *, by: User, now: datetime, reason: str, basis: str) -> Plan:
    """A draft that amends the plan in force: its content, to be changed. Part of the move that records why."""
    subject = re.sub(r"^về( việc)?\s+", "", plan.title, flags=re.IGNORECASE)
    title = subject[:1].lower() + subject[1:]
    amendment = Plan.objects.create(
        agency_id=plan.agency_id,
        year=plan.year,
        scheme_id=plan.scheme_id,
        amends=plan,
        edition=plan.edition + 1,
        amending_reason=reason,
        amending_basis=basis,
        date_year=now.year,
        created_by=by,
        created_at=now,
    )
    content = content_of_plan(plan)
    content["frame"] |= {
        "title": fit(Plan, "title", _("Điều chỉnh, bổ sung Kế hoạch số %(number)s/%(symbol)s %(date)s về %(title)s") % {
            "number": padded(plan.number), "symbol": plan.symbol, "date": document_date(plan.date), "title": title,
        }),
        "number": "", "date_day": None, "date_month": now.month, "date_year": now.year,
    }  # fmt: skip
    content["duties"] = [row | {"origin": row["id"]} for row in content["duties"]]
    store_content(amendment, content)
    return amendment


# Carrying out


@transaction.atomic
def carry_out(amendment: Plan, *, by: User, now: datetime, signed_file: str = "") -> list[int]:
    """Bring the issued amendment into the plan in force; gives the ids of the obligations that ended.

    One transaction with the move that issues it: content, edition, register, obligations, notices.
    """
    plan = Plan.objects.select_for_update().select_related("agency", "scheme").get(pk=amendment.amends_id)
    versions.freeze_edition(plan)
    list(plan.obligations.order_by("pk").select_for_update().values_list("pk"))  # nobody hands in from here on
    found = consequences(amendment, now=now)
    _bring_content(plan, amendment, by, now)
    old = register.entry_of(register.PLAN, plan.pk)
    entry = register.enter_plan(amendment, object_id=plan.pk, signed_file=signed_file)
    if old:
        register.mark(old, RegisterState.SUPERSEDED, by_entry=entry)
    ended = _change_obligations(found, _("Kế hoạch điều chỉnh số %s") % entry.full_number, now.date())
    create_obligations(plan, now=now, tell=False)
    _tell(plan, amendment, found, now)
    return ended


def _bring_content(plan: Plan, amendment: Plan, by: User, now: datetime) -> None:
    """The plan in force as its next edition; its duties keep their rows, those left out are dropped."""
    pairs = _pairs(plan, amendment)
    origins = {duty.pk: stood for stood, duty in pairs if duty}
    kept = {stood.pk for stood in origins.values() if stood}
    plan.duties.current().exclude(pk__in=kept).update(dropped_at=now)
    content = content_of_plan(amendment)
    content["duties"] = [
        row | {"id": origins[row["id"]].pk if origins[row["id"]] else -row["id"], "origin": None}
        for row in content["duties"]
    ]
    store_content(plan, content)
    again = [
        stood.pk for stood, duty in pairs
        if stood and duty and (stood.every_unit, stood.recurrence) != (duty.every_unit, duty.recurrence)
    ]  # fmt: skip
    plan.duties.current().filter(models.Q(pk__in=again) | ~models.Q(pk__in=kept)).update(since=now)
    plan.edition, plan.issued_at, plan.issued_by = plan.edition + 1, now, by
    plan.version += 1
    plan.save(update_fields=["edition", "issued_at", "issued_by", "version"])
    reason = "\n".join(filter(None, (amendment.amending_reason, amendment.amending_basis)))
    versions.freeze(plan, VersionKind.ISSUED, by=by, now=now, reason=reason)


def _change_obligations(found: list[Consequence], reason: str, on: date) -> list[int]:
    moved = [row for row in found if row.kind == MOVED]
    write_due((row.obligation, row.new) for row in moved)
    ended = [row.obligation.pk for row in found if row.kind == ENDED]
    Obligation.objects.filter(pk__in=ended).update(exempt_from=on, exempt_reason=reason)
    return ended


def _tell(plan: Plan, amendment: Plan, found: list[Consequence], now: datetime) -> None:
    """Each unit for which something changed is told what; the others nothing."""
    lines: dict[int, list[str]] = {}
    for row in found:
        lines.setdefault(row.unit.pk, []).append(row.sentence)
    alike: dict[str, set[int]] = {}
    for unit, sentences in lines.items():
        alike.setdefault("\n".join(sentences), set()).add(unit)
    for body, units in alike.items():
        notify(
            holders(Role.UNIT_EDITOR, Role.UNIT_HEAD, agency_id=plan.agency_id, on=now.date(), unit_ids=units),
            key=f"amended:{amendment.pk}",
            title=_("%(plan)s được điều chỉnh, có việc của đơn vị thay đổi") % {"plan": plan},
            body=body,
            now=now,
            url=reverse("plan_detail", args=[plan.pk]),
        )


def recall(plan: Plan, *, now: datetime, reason: str, document: str) -> list[int]:
    """What follows from recalling a plan: nothing more is owed by it, its line in the register says so.

    Gives the ids of the obligations that ended; part of the move. What was handed in stays.
    """
    versions.freeze_edition(plan)
    words = _("Thu hồi theo %s") % document
    if entry := register.entry_of(register.PLAN, plan.pk):
        register.mark(entry, RegisterState.RECALLED, note=words, by_entry=register.find(plan.agency_id, document))
    open_rows = plan.obligations.outstanding()
    ended = list(open_rows.select_for_update().order_by("pk").values_list("pk", flat=True))
    open_rows.update(exempt_from=now.date(), exempt_reason=fit(Obligation, "exempt_reason", f"{words}: {reason}"))
    notify(
        holders(Role.UNIT_EDITOR, Role.UNIT_HEAD, agency_id=plan.agency_id, on=now.date()),
        key=f"recalled:{plan.pk}",
        title=_("%(plan)s đã thu hồi") % {"plan": plan},
        body=f"{words}. {reason}",
        now=now,
        url=reverse("plan_detail", args=[plan.pk]),
    )
    return ended
