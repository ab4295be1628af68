"""The Office enters what was published; a correction keeps what stood before, with its reason, in the history."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Agency, Event, User
from documents.dates import TZ
from documents.numbers import MISSING, format_number
from plans import perms
from plans.models import IndexScheme, IndexValue, Ranked, RankingIndex
from plans.rankings import checking

FACTS = (
    "scheme", "year", "as_of", "entity", "score", "maximum", "rank", "number_ranked", "group", "source", "published_on",
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """A row to be stored: a new one, or the value that stood at `version`; `mark` is the caller's own."""

    facts: Mapping
    stored: IndexValue | None = None
    version: int = 0
    reason: str = ""
    mark: object = None
    removed: bool = False


class EntryRefused(Exception):
    """An entry cannot be stored, so none was."""

    def __init__(self, entry: Entry, message: str):
        self.entry, self.message = entry, message
        super().__init__(message)


@dataclass
class Written:
    """How many values were entered, corrected, taken away, and were there already."""

    new: int = 0
    changed: int = 0
    removed: int = 0
    same: int = 0
    told: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        parts = (
            (self.new, _("%d số mới")), (self.changed, _("%d số sửa")), (self.removed, _("%d số bỏ")),
            (self.same, _("%d số đã có, giữ nguyên")),
        )  # fmt: skip
        return ", ".join(words % number for number, words in parts if number) or _("không có gì thay đổi")


def entity_of(index: RankingIndex, agency: Agency, year: int) -> str:
    """Who was ranked, by the name of that year's end: the agency, or the province of its people's committee."""
    day = datetime(year, 12, 31, tzinfo=TZ).date()
    if index.ranked == Ranked.AGENCY:
        return agency.name_on(day).name
    province = (agency.parent or agency).name_on(day).name.removeprefix("Ủy ban nhân dân ")
    return province[:1].upper() + province[1:]


def facts_of(value: IndexValue) -> dict:
    return {name: getattr(value, name) for name in FACTS}


def same_key(facts: Mapping) -> tuple:
    """What only one value has in an agency."""
    return facts["scheme"].pk, facts["year"], facts["as_of"], facts["entity"].casefold()


@transaction.atomic
def store(agency: Agency, entries: Iterable[Entry], *, by: User, now: datetime) -> Written:
    """Enter, correct and take away values: all or none. What is there already, word for word, adds nothing.

    Raises PermissionDenied, EntryRefused.
    """
    post = perms.may_keep_index_values(by, now.astimezone(TZ).date())
    if post is None or post.agency_id != agency.pk:
        raise PermissionDenied
    Agency.objects.select_for_update().get(pk=agency.pk)
    written = Written()
    for entry in sorted(entries, key=lambda entry: not entry.removed):
        stored = _standing(agency, entry)
        if stored and (entry.removed or facts_of(stored) != dict(entry.facts)) and not entry.reason:
            raise EntryRefused(entry, _("Ghi lý do sửa hoặc bỏ số đã ghi."))
        if entry.removed:
            _record(stored, _("Bỏ số %(index)s %(year)d: %(said)s"), _said(facts_of(stored)), entry, by, now, post)
            stored.delete()
            written.removed += 1
        elif stored is None:
            _add(agency, entry, written, by=by, now=now, post=post)
        elif facts_of(stored) == dict(entry.facts):
            written.same += 1
        else:
            _correct(stored, entry, by=by, now=now, post=post)
            written.changed += 1
    return written


def _standing(agency: Agency, entry: Entry) -> IndexValue | None:
    """The value as it stands now, for who saw it at the entry's version."""
    if entry.stored is None:
        return None
    found = IndexValue.objects.select_related("scheme__index").filter(pk=entry.stored.pk, agency=agency).first()
    if found is None:
        raise EntryRefused(entry, _("Có người vừa bỏ số này."))
    if found.version != entry.version and (entry.removed or facts_of(found) != dict(entry.facts)):
        raise EntryRefused(entry, _("Có người vừa sửa số này. Hãy mở lại rồi sửa trên bản mới."))
    return found


def _check(entry: Entry, now: datetime) -> None:
    scheme: IndexScheme = entry.facts["scheme"]
    today = now.astimezone(TZ).date()
    wrong = [checking.year_problem([scheme], scheme.index, entry.facts["year"], today)]
    wrong += checking.problems(entry.facts, scheme, today).values()
    if found := next(filter(None, wrong), ""):
        raise EntryRefused(entry, found)


def _add(agency: Agency, entry: Entry, written: Written, *, by: User, now: datetime, post) -> None:
    _check(entry, now)
    facts = entry.facts
    rows = IndexValue.objects.filter(agency=agency, scheme=facts["scheme"], year=facts["year"], as_of=facts["as_of"])
    twin = next((row for row in rows.select_related("scheme") if same_key(facts_of(row)) == same_key(facts)), None)
    if twin:
        if facts_of(twin) == dict(facts):
            written.same += 1
            return
        raise EntryRefused(entry, already(twin))
    value = IndexValue.objects.create(agency=agency, **facts)
    _record(value, _("Ghi số %(index)s %(year)d: %(said)s"), _said(facts), entry, by, now, post)
    written.new += 1


def already(value: IndexValue) -> str:
    """That there is a value, and where it is corrected."""
    return _("Đã có số %(scheme)s %(year)d của %(entity)s. Muốn đổi, hãy mở trang chỉ số và bấm Sửa ở dòng đó.") % {
        "scheme": value.scheme, "year": value.year, "entity": value.entity,
    }  # fmt: skip


def _correct(stored: IndexValue, entry: Entry, *, by: User, now: datetime, post) -> None:
    _check(entry, now)
    before = facts_of(stored)
    for name, fact in entry.facts.items():
        setattr(stored, name, fact)
    stored.version += 1
    try:
        with transaction.atomic():
            stored.save()
    except IntegrityError:
        raise EntryRefused(entry, already(stored)) from None
    changed = [name for name in FACTS if before[name] != entry.facts[name]]
    said = "; ".join(f"{_label(name)} {_told(before[name])} → {_told(entry.facts[name])}" for name in changed)
    _record(stored, _("Sửa số %(index)s %(year)d: %(said)s"), said, entry, by, now, post, before=before)


def _record(value: IndexValue, words: str, said: str, entry: Entry, by, now, post, *, before: Mapping | None = None):
    index = value.scheme.index
    Event.record(
        index, at=now, by=by, post=post, action="index_value", agency_id=value.agency_id, reason=entry.reason,
        label=words % {"index": value.scheme, "year": value.year, "said": said},
        data={
            "value": value.pk,
            "before": {name: _plain(fact) for name, fact in (before or {}).items()},
            "after": {} if entry.removed else {name: _plain(fact) for name, fact in facts_of(value).items()},
        },
    )  # fmt: skip


def _said(facts: Mapping) -> str:
    rank = f"{_('hạng')} {facts['rank']}/{facts['number_ranked']}" if facts["rank"] else ""
    score = f"{_('điểm')} {format_number(facts['score'])}" if facts["score"] is not None else ""
    return ", ".join(filter(None, (score, rank, facts["group"])))


def _label(name: str) -> str:
    return str(IndexValue._meta.get_field(name).verbose_name)


def _told(fact) -> str:
    if fact in (None, ""):
        return MISSING
    return f"{fact:%d/%m/%Y}" if hasattr(fact, "strftime") else str(fact) if isinstance(fact, str) else _number(fact)


def _number(fact) -> str:
    return str(fact) if isinstance(fact, IndexScheme) else format_number(fact)


def _plain(fact):
    return fact if isinstance(fact, int | str | None) else str(fact)
