"""Two lights apart, progress and likelihood, as the Office judges them; until it has, the figures tell the progress."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reporting.judging.judgements import Judged, Judgements, judgements
from reporting.models import Period
from reporting.roll_ups.narrative import percent, task_totals

GREEN_FROM, AMBER_FROM = 90, 70  # from which share of what is due the light of the figures changes
WORST_FIRST = ("red", "amber", "grey", "green")
PROGRESS = {
    "green": ("check-circle", gettext_lazy("Đúng tiến độ")),
    "amber": ("alarm", gettext_lazy("Chậm tiến độ")),
    "red": ("exclamation-triangle", gettext_lazy("Chậm nhiều")),
    "grey": ("circle", gettext_lazy("Chưa có gì đến hạn")),
}


def of(period: Period, content: dict, index_rows: list[dict]) -> dict:
    """The lights as plain values: `rows` for the screen, `subjects` for the table behind; one query."""
    found = judgements(period.agency_id, period)
    subjects = list(_subjects(found, content, index_rows))
    is_judged = any(row["progress"] for row in subjects)
    progress = _worst(_("Tiến độ"), "progress", subjects) if is_judged else measured(content)
    rows = [progress, _worst(_("Khả năng đạt"), "likelihood", subjects)]
    return {"rows": rows, "subjects": subjects, "url": reverse("judging", args=[period.code])}


def _subjects(found: Judgements, content: dict, index_rows: list[dict]):
    for area in content["areas"]:
        yield _subject(f"{area['letter']}) {area['name']}", f"{area['letter']})", found.areas[area["code"]])
    for row in index_rows:
        judged = found.indices[row["code"]]
        if row["goals"] or judged.current:
            yield _subject(row["name"], row["name"], judged)


def _subject(name: str, short: str, judged: Judged) -> dict:
    """What is judged of one area or index, and what was judged of it the period before."""
    lights = {"name": name, "short": short, "reason": judged.current.reason if judged.current else ""}
    for light in ("progress", "likelihood"):
        for when, judgement in (("", judged.current), ("_before", judged.previous)):
            lights[light + when] = _light(judgement, light)
    return lights


def _light(judgement, name: str) -> dict | None:
    if judgement is None:
        return None
    icon, tone = getattr(judgement, f"{name}_light")
    return {"icon": icon, "tone": tone, "label": getattr(judgement, f"get_{name}_display")()}


def _worst(name: str, light: str, subjects: Iterable[dict]) -> dict:
    """The worst of what was judged, how many are like it, the first of their reasons. Pure."""
    judged = [row for row in subjects if row[light]]
    if not judged:
        why = _("Văn phòng chưa đánh giá kỳ này")
        return {"name": name, "icon": "circle", "tone": "grey", "label": _("chưa đánh giá"), "why": why}
    tone = min((row[light]["tone"] for row in judged), key=WORST_FIRST.index)
    alike = [row for row in judged if row[light]["tone"] == tone]
    if tone == "green":
        why = _("%(count)d/%(all)d nội dung, chỉ số") % {"count": len(alike), "all": len(judged)}
    else:
        which = ", ".join(row["short"] for row in alike)
        reason = next((row["reason"] for row in alike if row["reason"]), "")
        why = f"{which}: {reason}" if reason else which
    return {"name": name, **alike[0][light], "why": why}


def measured(content: dict) -> dict:
    """What the figures say: tasks done of those due, reports on time; the lower share counts. Pure."""
    tasks, found = task_totals(content), content["timeliness"]
    on_time = len(found["on_time"]) + len(found["extended"])
    pairs = (
        (tasks["due_done"], tasks["due"], _("việc đến hạn đã làm")),
        (on_time, found["expected"], _("báo cáo đúng hạn")),
    )
    lowest = min((100 * part / whole for part, whole, _words in pairs if whole), default=None)
    icon, label = PROGRESS[tone := _tone(lowest)]
    why = "; ".join(f"{part}/{whole} {words} ({percent(part, whole)})" for part, whole, words in pairs if whole)
    return {"name": _("Tiến độ"), "icon": icon, "tone": tone, "label": str(label), "why": why}


def _tone(share: float | None) -> str:
    if share is None:
        return "grey"
    return "green" if share >= GREEN_FROM else "amber" if share >= AMBER_FROM else "red"
