"""The Office keeps the list of indicators: adds, changes, ends; what is used anywhere is ended, never deleted."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import PROTECT, Max
from django.utils.translation import gettext as _

from accounts.models import Event, User
from accounts.workflow import MoveRefused, StaleState
from documents.vietnamese import without_marks
from plans import perms
from plans.models import Indicator
from plans.models.catalogue import IndicatorKind, IndicatorSource

# What a figure means; it may not change under the figures there are.
MEANING = ("unit_of_measure", "kind", "numerator", "denominator", "levels")
PLACES = ("channels", "areas")
CODE_MAX = 40


def used_by(indicator: Indicator) -> list[str]:
    """What stands upon an indicator, in words: results, lines of plans, ratios."""
    if indicator.pk is None:
        return []
    relations = (row for row in Indicator._meta.get_fields(include_hidden=True) if row.one_to_many)
    return sorted(
        {
            str(relation.related_model._meta.verbose_name)
            for relation in relations
            if relation.on_delete is PROTECT
            and relation.related_model._base_manager.filter(**{relation.field.name: indicator}).exists()
        }
    )


def means_figures(indicator: Indicator) -> bool:
    """Whether its meaning is fixed: it is shipped with a source of its own, or used, or a ratio of what is used."""
    parts = [indicator.numerator, indicator.denominator] if indicator.kind == IndicatorKind.RATIO else []
    own_source = indicator.source not in (IndicatorSource.QUANTITY, IndicatorSource.PARTS)
    return indicator.pk is not None and (own_source or bool(used_by(indicator)) or any(map(means_figures, parts)))


@transaction.atomic
def save(indicator: Indicator, *, by: User, now: datetime, version: int = 0, **facts) -> Indicator:
    """Add an indicator, or change the one that stood at `version`; its code is made once and stays.

    Raises PermissionDenied, StaleState when somebody saved first, MoveRefused when the change would give
    figures that are recorded another meaning.
    """
    post = _keeper(by, now)
    places = {name: facts.pop(name) for name in PLACES if name in facts}
    is_new = indicator.pk is None
    if not is_new:
        indicator = Indicator.objects.select_for_update().filter(pk=indicator.pk, version=version).first()
        if indicator is None:
            raise StaleState(_("Có người vừa sửa chỉ tiêu này."))
        _refuse_new_meaning(indicator, facts)
        indicator.version += 1
    for name, value in facts.items():
        setattr(indicator, name, value)
    if is_new:
        indicator.code = code_for(indicator.name)
        indicator.position = (Indicator.objects.aggregate(last=Max("position"))["last"] or 0) + 1
    if indicator.kind == IndicatorKind.RATIO:
        indicator.source = IndicatorSource.PARTS
    elif indicator.source == IndicatorSource.PARTS:
        indicator.source = IndicatorSource.QUANTITY
    try:
        with transaction.atomic():
            indicator.save()
    except IntegrityError:
        raise StaleState(_("Có người vừa thêm chỉ tiêu cùng tên.")) from None
    for name, rows in places.items():
        getattr(indicator, name).set(rows)
    label = _("Thêm chỉ tiêu thống kê") if is_new else _("Sửa chỉ tiêu thống kê")
    Event.record(indicator, at=now, by=by, post=post, action="save", label=label, agency_id=post.agency_id)
    return indicator


@transaction.atomic
def remove(indicator: Indicator, *, by: User, now: datetime) -> None:
    """Take away an indicator that nothing was ever recorded or planned for. Raises MoveRefused, PermissionDenied."""
    post = _keeper(by, now)
    indicator = Indicator.objects.select_for_update().filter(pk=indicator.pk).first()
    if indicator is None:
        raise StaleState(_("Chỉ tiêu này vừa được xóa."))
    used = used_by(indicator)
    if used or indicator.source not in (IndicatorSource.QUANTITY, IndicatorSource.PARTS):
        words = _("Chỉ tiêu này đã được dùng (%s)") % ", ".join(used) if used else _("Chỉ tiêu này có sẵn của cổng")
        raise MoveRefused([_("%s nên không xóa được. Hãy ghi ngày kết thúc để thôi dùng.") % words])
    label = _("Xóa chỉ tiêu thống kê %s") % indicator.name
    Event.record(indicator, at=now, by=by, post=post, action="remove", label=label, agency_id=post.agency_id)
    indicator.delete()


def code_for(name: str) -> str:
    """A code of the name that no indicator has: "so-buoi-chieu-phim", "so-buoi-chieu-phim-2"."""
    letters = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in without_marks(name).lower())
    stem = "-".join(letters.split())[: CODE_MAX - 4].strip("-") or "chi-tieu"
    known = set(Indicator.objects.filter(code__startswith=stem).values_list("code", flat=True))
    return next(
        code for number in range(1, 1_000) if (code := stem if number == 1 else f"{stem}-{number}") not in known
    )


def _refuse_new_meaning(indicator: Indicator, facts: dict) -> None:
    changed = [name for name in MEANING if name in facts and facts[name] != getattr(indicator, name)]
    if changed and means_figures(indicator):
        labels = ", ".join(str(Indicator._meta.get_field(name).verbose_name) for name in changed)
        raise MoveRefused(
            [
                _("Không đổi được %s: đã có số liệu theo nghĩa đang dùng. Hãy ghi ngày kết thúc cho chỉ tiêu này "
                  "rồi thêm chỉ tiêu mới.") % labels
            ]
        )  # fmt: skip


def _keeper(by: User, now: datetime):
    if (post := perms.may_keep_indicators(by, now.date())) is None:
        raise PermissionDenied
    return post
