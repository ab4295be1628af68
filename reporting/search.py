"""Search over everything a person may see: one table of sources; a new kind joins by a row."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Count, Min, Prefetch, Q, QuerySet, Window
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Post, Unit, User
from accounts.search_text import begins
from documents.dates import short_date
from documents.snippets import marked, stands_in
from documents.vietnamese import fold, nfc
from plans.models import Activity, Citation, Difficulty, Directive, Plan, PlanSection, UnitPlan
from propaganda.models import Result
from reporting.models import AreaAssessment, RollUp, RollUpParagraph, UnitReport
from reporting.models.unit_report import TEXTS

LONGEST = 200
PAGE = 10
OWN = ("search_text",)

Pieces = list[tuple[str, bool]]


@dataclass(frozen=True)
class Source:
    """One kind of thing that is searched, as one group of the page.

    rows(user, on): what the person sees of it, in the order shown, with all its words need.
    fields: the folded texts in which a syllable must begin with each word; number: a field that may be the word.
    said: what every title of the kind begins with.
    texts: the title, then what a snippet may come from. place: where it belongs. url: "" leads nowhere.
    """

    key: str
    label: Promise
    rows: Callable[[User, date], QuerySet]
    texts: Callable[[object], Iterable[str]]
    place: Callable[[object], str]
    url: Callable[[object], str]
    fields: tuple[str, ...] = OWN
    number: str = ""
    said: str = ""

    def found(self, user: User, on: date, words: list[str]) -> QuerySet:
        """The rows in which each word is found."""
        said, condition = fold(self.said), Q()
        for word in words:
            if not stands_in(said, word):
                anywhere = Q(**{f"{self.number}__iexact": word}) if self.number else Q()
                for field in self.fields:
                    anywhere |= begins(field, word)
                condition &= anywhere
        return self.rows(user, on).filter(condition)


@dataclass(frozen=True)
class Hit:
    """A row found: title and snippet in pieces (text, whether it is a word searched for)."""

    title: Pieces
    snippet: Pieces
    place: str
    url: str


@dataclass(frozen=True)
class Group:
    """What one source has: a page of hits, the count of all in its paginator."""

    source: Source
    page: Page
    hits: list[Hit]


def words_of(query: str) -> list[str]:
    """The words to look for, each once: no marks, no case; none when nothing would be seen."""
    return list(dict.fromkeys(fold(query).split()))


def is_too_long(query: str) -> bool:
    """More than LONGEST letters, however they are coded."""
    return len(nfc(query[: 4 * LONGEST])) > LONGEST


def search(user: User, words: list[str], *, on: date, only: str = "", page: str | None = None) -> list[Group]:
    """The groups in which something is found; `only` one of them, from which `page` is given."""
    sources = [source for source in SOURCES if source.key == only] or SOURCES
    groups = (_group(source, user, words, on, page if source.key == only else None) for source in sources)
    return [group for group in groups if group.hits]


def _group(source: Source, user: User, words: list[str], on: date, number: str | None) -> Group:
    rows = source.found(user, on, words)
    paginator = Paginator(rows, PAGE)
    if number is None:  # the count comes with the rows: one query a source
        first = list(rows.annotate(found_in_all=Window(Count("pk")))[:PAGE])
        paginator.count = first[0].found_in_all if first else 0
        page = Page(first, 1, paginator)
    else:
        page = paginator.get_page(number)
    return Group(source, page, [_hit(source, row, words) for row in page])


def _hit(source: Source, row, words: list[str]) -> Hit:
    title, *texts = (str(text) for text in source.texts(row))
    best = max(texts, key=lambda text: _kinds_found(text, words), default="")
    says_more = _kinds_found(best, words) and _kinds_found(title, words) < len(words)
    snippet = marked(best, words) if says_more else []
    return Hit(marked(title, words), snippet, source.place(row), source.url(row))


def _kinds_found(text: str, words: list[str]) -> int:
    plain = fold(text)
    return sum(stands_in(plain, word) for word in words)


def _seen(model, *related: str, order: tuple[str, ...] = ()) -> Callable[[User, date], QuerySet]:
    """What is visible of a model, with its `related` rows; its own order unless another is given."""

    def rows(user: User, on: date) -> QuerySet:
        return model.objects.visible_to(user, on=on).select_related(*related).order_by(*order or model._meta.ordering)

    return rows


def _sections(user: User, on: date) -> QuerySet:
    rows = PlanSection.objects.filter(plan__in=Plan.objects.visible_to(user, on=on).worth_finding())
    return rows.select_related("plan").order_by("-plan__year", "-plan", "position")


def _section_texts(section: PlanSection) -> list[str]:
    text = section.text or " – ".join(map(str, section.cells))
    mark = section.mark or section.label
    return [f"{mark} {section.title}", text] if section.title else [f"{mark} {text}"]


def _citations(user: User, on: date) -> QuerySet:
    """The first place of each plan that cites a document."""
    seen = Citation.objects.filter(plan__in=Plan.objects.visible_to(user, on=on).worth_finding()).order_by()
    first = seen.values("plan", "document").annotate(first=Min("pk")).values("first")
    rows = Citation.objects.filter(pk__in=first).select_related("document", "plan", "section")
    return rows.order_by("-plan__year", "position")


def _assessments(user: User, on: date) -> QuerySet:
    rows = AreaAssessment.objects.filter(report__in=UnitReport.objects.visible_to(user, on=on))
    return rows.select_related("area", "report__unit", "report__period").order_by("-report__period__ends", "pk")


def _paragraphs(user: User, on: date) -> QuerySet:
    rows = RollUpParagraph.objects.kept().filter(roll_up__in=RollUp.objects.visible_to(user, on=on))
    return rows.select_related("roll_up__period").order_by("-roll_up__period__ends", "part", "position")


def _people(user: User, on: date) -> QuerySet:
    """Everyone with a post in an agency which the person oversees; a unit sees no list of people."""
    posts = Post.objects.on(on).filter(user.scope(on).agency_wide()).select_related("unit").order_by("pk")
    rows = User.objects.filter(pk__in=posts.order_by().values("user"))
    return rows.prefetch_related(Prefetch("posts", posts)).order_by("search_name", "pk")


def _posts(person: User) -> str:
    return "; ".join(f"{post}, {post.unit}" if post.unit else str(post) for post in person.posts.all())


def _in_plan(plan: Plan, section: int | None) -> str:
    return reverse("plan_detail", args=[plan.pk]) + (f"#muc-{section}" if section is not None else "")


def _report_texts(report: UnitReport) -> list[str]:
    return [str(report), report.nil_reason, *(getattr(report, name) for name in TEXTS)]


SOURCES = (
    Source(
        "ke-hoach", _("Kế hoạch của Sở"), _seen(Plan),
        texts=lambda plan: [plan, plan.title, plan.motto],
        place=lambda plan: " · ".join(filter(None, (plan.number and f"Số {plan.number}/{plan.symbol}",
                                                    str(plan.get_state_display())))),
        url=lambda plan: _in_plan(plan, None),
        number="number", said="Kế hoạch",
    ),
    Source(
        "muc", _("Nội dung kế hoạch của Sở"), _sections,
        texts=_section_texts,
        place=lambda section: str(section.plan),
        url=lambda section: _in_plan(section.plan, section.pk),
    ),
    Source(
        "can-cu", _("Văn bản căn cứ"), _citations,
        texts=lambda row: [row.document, row.as_written],
        place=lambda row: str(row.plan),
        url=lambda row: _in_plan(row.plan, row.section_id),
        fields=("document__search_text",),
    ),
    Source(
        "ke-hoach-don-vi", _("Kế hoạch đơn vị"),
        _seen(UnitPlan, "plan", "unit", order=("-plan__year", "unit__position", "pk")),
        texts=lambda row: [row, row.purpose, row.organisation, row.contact],
        place=lambda row: str(row.get_state_display()),
        url=lambda row: reverse("unit_plan", args=[row.pk]),
        fields=(*OWN, "unit__search_text", "plan__search_text"),
        said="Kế hoạch tuyên truyền CCHC năm",
    ),
    Source(
        "hoat-dong", _("Hoạt động trong kế hoạch đơn vị"),
        _seen(Activity, "unit_plan__unit", order=("-starts", "pk")),
        texts=lambda row: [row.title, row.product, row.person],
        place=lambda row: f"{row.unit_plan.unit} · {short_date(row.starts)} – {short_date(row.ends)}",
        url=lambda row: f"{reverse('unit_plan', args=[row.unit_plan_id])}#hoat-dong-{row.pk}",
    ),
    Source(
        "ket-qua", _("Kết quả"),
        _seen(Result, "unit"),
        texts=lambda row: [row.title, row.note, row.links],
        place=lambda row: f"{row.unit} · {short_date(row.happened_on)}",
        url=lambda row: reverse("result_detail", args=[row.pk]),
    ),
    Source(
        "bao-cao", _("Báo cáo của đơn vị"),
        _seen(UnitReport, "unit", "period", order=("-period__ends", "unit__position", "pk")),
        texts=_report_texts,
        place=lambda row: str(row.get_state_display()),
        url=lambda row: reverse("unit_report", args=[row.pk]),
        fields=(*OWN, "unit__search_text", "period__search_text"), said="Báo cáo",
    ),
    Source(
        "danh-gia", _("Đánh giá theo nội dung"),
        _assessments,
        texts=lambda row: [row.area, row.text, row.shortcomings, row.causes],
        place=lambda row: str(row.report),
        url=lambda row: f"{reverse('unit_report', args=[row.report_id])}#noi-dung-bao-cao",
    ),
    Source(
        "vuong-mac", _("Khó khăn, vướng mắc"),
        _seen(Difficulty, "unit"),
        texts=lambda row: [row.title, row.text, row.solution],
        place=lambda row: f"{row.unit} · {row.get_state_display()}",
        url=lambda row: reverse("difficulty_detail", args=[row.pk]),
    ),
    Source(
        "chi-dao", _("Ý kiến chỉ đạo"),
        _seen(Directive, "unit"),
        texts=lambda row: [row, row.text, row.about],
        place=lambda row: f"{row.owner} · {row.get_state_display()}",
        url=lambda row: reverse("directive_detail", args=[row.pk]),
    ),
    Source(
        "tong-hop", _("Báo cáo tổng hợp"),
        _seen(RollUp, "period", order=("-period__ends", "pk")),
        texts=lambda row: [row],
        place=lambda row: str(row.get_state_display()),
        url=lambda row: reverse("roll_up", args=[row.code]),
        fields=("period__search_text",), number="number", said="Báo cáo tổng hợp",
    ),
    Source(
        "loi-van-tong-hop", _("Lời văn báo cáo tổng hợp"), _paragraphs,
        texts=lambda row: [row.roll_up, row.text],
        place=lambda row: row.unit,
        url=lambda row: f"{reverse('roll_up_narrative', args=[row.roll_up.code])}#doan-{row.pk}",
    ),
    Source(
        "don-vi", _("Đơn vị"), _seen(Unit),
        texts=lambda unit: [unit.name],
        place=lambda unit: f"{unit.get_kind_display()} · {unit.symbol}",
        url=lambda unit: f"{reverse('result_list')}?unit={unit.pk}",
    ),
    Source(
        "nguoi", _("Cán bộ, công chức"), _people,
        texts=lambda person: [person.full_name],
        place=_posts,
        url=lambda person: "",
        fields=("search_name",),
    ),
)  # fmt: skip
