"""The register of documents that plans cite: found under any spelling, in force or not on a day, merged when double."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from accounts.models import Event, User
from accounts.search_text import begins
from accounts.workflow import MoveRefused, StaleState
from documents.references import reference_key
from documents.vietnamese import fold
from plans import perms
from plans.models import Citation, IndexTarget, LegalDocument, Plan

IN_FORCE, NOT_YET, OVER, REPLACED = "in_force", "not_yet", "over", "replaced"
FIELDS = ("type", "symbol", "date", "issuer", "subject", "starts", "ends", "replaced_by")


def standing(document: LegalDocument, day: date) -> str:
    """How it stands on `day`: in force, not yet, over, or replaced by another."""
    starts = document.starts or document.date
    if starts and day < starts:
        return NOT_YET
    if document.ends and day > document.ends:
        return REPLACED if document.replaced_by_id else OVER
    return IN_FORCE


def standing_on(rows: models.QuerySet, asked: str, day: date) -> models.QuerySet:
    """Those of `rows` whose `standing` on `day` is `asked`."""
    rows = rows.annotate(begins=Coalesce("starts", "date"))
    not_yet = models.Q(begins__isnull=False, begins__gt=day)
    over = models.Q(ends__isnull=False, ends__lt=day)
    conditions = {
        NOT_YET: not_yet,
        IN_FORCE: ~not_yet & ~over,
        OVER: ~not_yet & over & models.Q(replaced_by=None),
        REPLACED: ~not_yet & over & ~models.Q(replaced_by=None),
    }
    return rows.filter(conditions[asked])


def expired(plan: Plan, on: date) -> list[LegalDocument]:
    """The documents that the plan cites although they are no longer in force on `on`, in the order of citing."""
    cited = {row.document_id: row.document for row in plan.citations.select_related("document__replaced_by")}
    return [document for document in cited.values() if standing(document, on) in (OVER, REPLACED)]


def search(rows: models.QuerySet, words: str) -> models.QuerySet:
    """Those of `rows` that hold every word, marks apart; a number and symbol is found under any spelling."""
    found = models.Q()
    for word in fold(words.replace("\x00", "")).split():
        found &= begins("search_text", word)
    key = reference_key(words.replace("\x00", "")[:100])
    return rows.filter(models.Q(key=key) | found if key else found)


def match(rows: Iterable[LegalDocument], day: date | None) -> LegalDocument | None:
    """Which of the documents of one key is meant by a mention with that day, or None when it is none of them.

    One of the same year, else one whose day is not known yet; a mention without a day means the latest.
    """
    rows = list(rows)
    if day is None:
        return max(rows, key=lambda row: row.date or date.min, default=None)
    of_year = [row for row in rows if row.date and row.date.year == day.year]
    exact = [row for row in of_year if row.date == day]
    return next(iter([*exact, *of_year, *(row for row in rows if row.date is None)]), None)


# Double entries


def loose_key(document: LegalDocument) -> tuple:
    """Equal for spellings that even the key tells apart: order and strokes of the symbol, a year left out."""
    parts = re.findall(r"\w+", fold(document.symbol))
    number = re.match(r"0*(\d+)(\w*)", parts[0]) if parts else None
    letters = sorted(part for part in parts[1:] if not re.fullmatch(r"(19|20)\d\d", part))
    return ((number[1], number[2]) if number else "", *letters)


def year_of(document: LegalDocument) -> int | None:
    """The year of its symbol, or of its date."""
    found = re.search(r"/((?:19|20)\d\d)/", document.symbol)
    return int(found[1]) if found else document.date and document.date.year


def duplicates(documents: Iterable[LegalDocument]) -> list[list[LegalDocument]]:
    """Groups that may be one document each: alike but for spelling, with no two different years or days."""
    groups = defaultdict(list)
    for document in documents:
        groups[loose_key(document)].append(document)
    return [
        group
        for group in groups.values()
        if len(group) > 1
        and len({year_of(row) for row in group} - {None}) <= 1
        and len({row.date for row in group} - {None}) <= 1
    ]


@dataclass(frozen=True)
class Merge:
    """What merging would move from `gone` to `kept`."""

    kept: LegalDocument
    gone: LegalDocument
    citations: int
    targets: int
    replacing: int


def preview(kept: LegalDocument, gone: LegalDocument) -> Merge:
    """What merging `gone` into `kept` would move."""
    return Merge(
        kept,
        gone,
        Citation.objects.filter(document=gone).count(),
        IndexTarget.objects.filter(basis=gone).count(),
        LegalDocument.objects.filter(replaced_by=gone).exclude(pk=kept.pk).count(),
    )


@transaction.atomic
def merge(kept: LegalDocument, gone: LegalDocument, *, by: User, now: datetime) -> None:
    """Make two entries one: everything that points to `gone` points to `kept`, blanks of `kept` are filled.

    Raises PermissionDenied, or MoveRefused when they are one entry already.
    """
    post = _keeper(by, now)
    if kept.pk == gone.pk:
        raise MoveRefused([_("Hãy chọn hai văn bản khác nhau.")])
    rows = LegalDocument.objects.select_for_update().in_bulk([kept.pk, gone.pk])
    if len(rows) < 2:
        raise StaleState(_("Một trong hai văn bản đã được gộp trước đó."))
    kept, gone = rows[kept.pk], rows[gone.pk]
    Citation.objects.filter(document=gone).update(document=kept)
    IndexTarget.objects.filter(basis=gone).update(basis=kept)
    LegalDocument.objects.filter(replaced_by=gone).exclude(pk=kept.pk).update(replaced_by=kept)
    if kept.replaced_by_id == gone.pk:
        kept.replaced_by = None
    for name in ("date", "issuer", "subject", "starts", "ends"):
        if not getattr(kept, name):
            setattr(kept, name, getattr(gone, name))
    if not kept.replaced_by_id and gone.replaced_by_id != kept.pk:
        kept.replaced_by_id = gone.replaced_by_id
    kept.version += 1
    label = _("Gộp %(gone)s vào %(kept)s") % {"gone": gone.symbol, "kept": kept.symbol}
    gone.delete()
    kept.save()
    Event.record(kept, at=now, by=by, post=post, action="merge", label=label, agency_id=post.agency_id)


# Keeping it


def _keeper(by: User, now: datetime):
    if (post := perms.may_keep_legal_documents(by, now.date())) is None:
        raise PermissionDenied
    return post


@transaction.atomic
def save(document: LegalDocument, *, by: User, now: datetime, version: int | None = None, **facts) -> LegalDocument:
    """Add an entry, or store a changed one; its key follows from its symbol.

    What is replaced without an end ends the day before its successor begins. Raises PermissionDenied,
    StaleState when somebody changed it since `version`, MoveRefused when the document is there already.
    """
    post = _keeper(by, now)
    is_new = document.pk is None
    if not is_new:
        stored = LegalDocument.objects.select_for_update().filter(pk=document.pk, version=version).first()
        if stored is None:
            raise StaleState(_("Có người vừa sửa văn bản này."))
        document = stored
        document.version += 1
    for name, value in facts.items():
        setattr(document, name, value)
    document.key = reference_key(document.symbol) or document.symbol
    successor = document.replaced_by
    if successor and document.ends is None and (begins := successor.starts or successor.date):
        document.ends = begins - timedelta(days=1)
    _refuse_circles(document)
    if twin := match(LegalDocument.objects.filter(key=document.key).exclude(pk=document.pk), document.date):
        raise MoveRefused([_("Văn bản này đã có trong danh mục: %s.") % twin])
    try:
        with transaction.atomic():
            document.save()
    except IntegrityError:
        raise StaleState(_("Có người vừa thêm văn bản này.")) from None
    label = _("Thêm văn bản căn cứ") if is_new else _("Sửa văn bản căn cứ")
    Event.record(document, at=now, by=by, post=post, action="save", label=label, agency_id=post.agency_id)
    return document


def _refuse_circles(document: LegalDocument) -> None:
    seen, after = {document.pk}, document.replaced_by
    while after is not None:
        if after.pk in seen:
            raise MoveRefused([_("Văn bản thay thế lại được thay bằng chính văn bản này. Hãy chọn văn bản khác.")])
        seen.add(after.pk)
        after = after.replaced_by
