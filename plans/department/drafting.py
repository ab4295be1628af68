"""What people do to a draft of the department's plan: each act is one transaction, one step to be taken back."""

from collections.abc import Callable
from copy import deepcopy
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.models import Event, User
from accounts.workflow import StaleState
from plans import perms
from plans.department import editing
from plans.department.content import cite, content_of_plan, store_content
from plans.models import IndexTarget, LegalDocument, Plan, PlanSection, PlanState, PlanUndo

STEPS = 50
TOGETHER = timedelta(minutes=15)  # what one person saves at one place meanwhile is one step
LABEL_MAX = PlanUndo._meta.get_field("label").max_length

Edit = Callable[[dict], None]


class Conflict(StaleState):
    """Somebody else saved the same part meanwhile; `section` is what is stored, None when it was deleted."""

    def __init__(self, message: str, section: PlanSection | None):
        super().__init__(message)
        self.section = section


@transaction.atomic
def change(
    plan: Plan, edit: Edit, *, by: User, now: datetime, label: str, key: str = "", event: str = ""
) -> dict[int, PlanSection]:
    """Let `edit` change the draft's content in place and store it; the state before is kept as a step.

    Gives the stored parts by the ids of the content; nothing is stored, and {} given, when nothing changed.
    Saves with the same `key` by one person within a quarter of an hour are one step. `event` names the act
    in the plan's history. Raises PermissionDenied, StaleState, and whatever `edit` raises.
    """
    lock(plan, by=by, now=now)
    before = content_of_plan(plan)
    content = deepcopy(before)
    edit(content)
    if content == before:
        return {}
    content["sections"] = editing.relabel(content["sections"], keep=content["frame"]["keeps_labels"])
    cite(content)
    is_new = _keep_step(plan, before, by, now, label[:LABEL_MAX], key)
    sections = store_content(plan, content)
    _forget_uncited(before, content)
    _count(plan)
    if event and is_new:
        Event.record(plan, at=now, by=by, action=event, label=label, agency_id=plan.agency_id)
    return sections


def lock(plan: Plan, *, by: User, now: datetime) -> None:
    """Hold the draft's row as it is stored now; raises PermissionDenied, or StaleState when it is no draft."""
    if perms.may_draft_plan(by, plan, now.date()) is None:
        raise PermissionDenied
    plan.refresh_from_db(from_queryset=Plan.objects.select_for_update(of=("self",)).select_related("agency", "scheme"))
    if plan.state != PlanState.DRAFT:
        raise StaleState(_("Kế hoạch không còn ở bước soạn thảo nên không sửa được."))


def _keep_step(plan: Plan, before: dict, by: User, now: datetime, label: str, key: str) -> bool:
    """Whether it is a step of its own."""
    last = plan.undo_steps.defer("content").first()
    if key and last and last.key == key and last.by_id == by.pk and now - last.at < TOGETHER:
        return False
    PlanUndo.objects.create(plan=plan, label=label, key=key, content=before, at=now, by=by)
    old = list(plan.undo_steps.values_list("pk", flat=True)[STEPS:])
    if old:
        PlanUndo.objects.filter(pk__in=old).delete()
    return True


def _forget_uncited(before: dict, after: dict) -> None:
    """A document that only this draft named, half typed perhaps, and nobody described leaves the register."""
    dropped = [key for key, facts in before["documents"].items() if facts != after["documents"].get(key)]
    if dropped:
        LegalDocument.objects.filter(
            ~models.Exists(IndexTarget.objects.filter(basis=models.OuterRef("pk"))),
            key__in=dropped, citations=None, replaces=None, replaced_by=None, subject="", starts=None, ends=None,
            version=1,
        ).delete()  # fmt: skip


def _count(plan: Plan) -> None:
    Plan.objects.filter(pk=plan.pk).update(version=models.F("version") + 1)
    plan.version += 1


# The text of one part


@transaction.atomic
def save_section(
    plan: Plan, number: int, *, version: int, title: str, text: str, cells: list[str], by: User, now: datetime
) -> PlanSection:
    """Store the words of one part. Raises Conflict when another text of it was saved since `version`.

    Parts are apart: two people who write in different ones never meet.
    """
    lock(plan, by=by, now=now)
    section = plan.sections.filter(pk=number).first()
    if section is None:
        raise Conflict(_("Mục này không còn trong kế hoạch: có người vừa xóa nó."), None)
    words = {"title": title, "text": text, "cells": cells}
    if all(getattr(section, name) == value for name, value in words.items()):
        return section
    if section.version != version:
        raise Conflict(_("Có người vừa lưu bản khác của mục này."), section)

    def write(content: dict) -> None:
        content["sections"][editing.place_of(content["sections"], number)].update(words)

    stored = change(plan, write, by=by, now=now, label=_("Sửa %s") % name_of(section), key=f"section:{number}")
    return stored[number]


def words_of(section: PlanSection) -> str:
    """Everything a part says, without its label."""
    return " ".join(filter(None, (section.title, section.text, " | ".join(section.cells))))


def name_of(section: PlanSection) -> str:
    """A part as it is called in a sentence: “a) Tuyên truyền công tác …”."""
    words = " ".join(filter(None, (section.mark, section.title or words_of(section))))
    return f"“{Truncator(words).chars(80)}”" if words else _("mục trống")


# Acts on the tree


def _tree(operation: Callable, *arguments) -> Edit:
    def edit(content: dict) -> None:
        content["sections"] = operation(content["sections"], *arguments)

    return edit


@transaction.atomic
def rearrange(plan: Plan, operation: Callable, number: int, *arguments, words: str, by: User, now: datetime) -> None:
    """One of the operations of plans.department.editing on a part; `words` has a place for its name.

    Raises editing.CannotEdit when it makes no sense there.
    """
    lock(plan, by=by, now=now)
    label = words % name_of(_part(plan, number))
    event = "delete_section" if operation is editing.delete else ""
    change(plan, _tree(operation, number, *arguments), by=by, now=now, label=label, event=event)


@transaction.atomic
def add_section(plan: Plan, operation: Callable, number: int | None, *, by: User, now: datetime) -> PlanSection:
    """A new empty part by editing.add_after or editing.add_below; gives it as stored."""
    added: list[int] = []

    def edit(content: dict) -> None:
        content["sections"], new = operation(content["sections"], number)
        added.append(new)

    stored = change(plan, edit, by=by, now=now, label=_("Thêm mục mới"))
    return stored[added[0]]


def number_anew(plan: Plan, *, by: User, now: datetime) -> None:
    """The portal numbers the parts itself from now on."""

    def edit(content: dict) -> None:
        content["frame"]["keeps_labels"] = False

    change(plan, edit, by=by, now=now, label=_("Đánh số lại toàn bộ"), event="number_anew")


def _part(plan: Plan, number: int) -> PlanSection:
    section = plan.sections.filter(pk=number).first()
    if section is None:
        raise editing.CannotEdit(_("Mục này không còn trong kế hoạch: có người vừa xóa nó."))
    return section


# Facts


def set_areas(
    plan: Plan, sections: dict[str, int | None], absences: dict[str, str], *, by: User, now: datetime
) -> None:
    """Which part opens which area (by code), and why the plan has nothing for the others."""

    def edit(content: dict) -> None:
        for area, number in sections.items():
            content["sections"] = editing.set_area(content["sections"], number, area)
        content["frame"]["absences"] = absences

    change(plan, edit, by=by, now=now, label=_("Sửa các nội dung cải cách hành chính"), event="edit_areas")


def set_frame(plan: Plan, values: dict, *, by: User, now: datetime) -> None:
    """Title, symbol, place, date, motto, signer; `values` are fields of plans.department.content.FRAME."""

    def edit(content: dict) -> None:
        content["frame"] |= values

    change(plan, edit, by=by, now=now, label=_("Sửa thể thức văn bản"), key="frame", event="edit_frame")


def set_list(plan: Plan, name: str, rows: list, *, label: str, by: User, now: datetime) -> None:
    """One of the content's lists (targets, duties, recipients, channels, audiences) as a whole."""

    def edit(content: dict) -> None:
        content[name] = rows

    change(plan, edit, by=by, now=now, label=label, event=f"edit_{name}")


# Taking back


@transaction.atomic
def take_back(plan: Plan, step: int, *, by: User, now: datetime) -> PlanUndo:
    """Restore the draft as it stood before its last step, whoever made it.

    Raises StaleState unless `step` still is the last one: what was done since is never lost unseen.
    """
    lock(plan, by=by, now=now)
    last = plan.undo_steps.select_related("by").first()
    if last is None or last.pk != step:
        raise StaleState(_("Có người vừa sửa thêm, nên chưa hoàn tác. Xem lại bước cuối cùng rồi bấm lại."))
    before = content_of_plan(plan)
    store_content(plan, last.content)
    _forget_uncited(before, last.content)
    label = _("Hoàn tác: %s") % last.label
    Event.record(plan, at=now, by=by, action="take_back", label=label, agency_id=plan.agency_id)
    last.delete()
    _count(plan)
    return last
