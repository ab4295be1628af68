from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from accounts.search_text import SearchText
from plans.models.catalogue import AreaScheme, ContentArea
from plans.models.legal import LegalDocument


class PlanState(models.TextChoices):
    DRAFT = "draft", _("Đang soạn")
    OFFICE_REVIEW = "office_review", _("Chờ Chánh Văn phòng")
    DIRECTOR_REVIEW = "director_review", _("Chờ Giám đốc")
    APPROVED = "approved", _("Đã duyệt")
    ISSUED = "issued", _("Đã ban hành")
    CLOSED = "closed", _("Đã kết thúc")
    APPLIED = "applied", _("Đã điều chỉnh vào kế hoạch")
    RECALLED = "recalled", _("Đã thu hồi")
    CANCELLED = "cancelled", _("Đã hủy")


IN_FORCE = (PlanState.ISSUED, PlanState.CLOSED)
GONE = (PlanState.CANCELLED, PlanState.RECALLED)
ANNOUNCED = (*IN_FORCE, PlanState.RECALLED)  # what every unit has been told of


class PlanQuerySet(models.QuerySet):
    def visible_to(self, user, *, on: date):
        """What was issued for everyone of the agency, recalled or not; drafts for its agency-wide posts."""
        scope = user.scope(on)
        return self.filter(scope.agency_wide() | scope.members() & Q(state__in=ANNOUNCED))

    def in_force(self):
        return self.filter(state__in=IN_FORCE)

    def worth_finding(self):
        """Those whose text a search shows: not what stands word for word in another plan, not what is gone."""
        return self.exclude(state__in=(PlanState.APPLIED, *GONE))


class Plan(models.Model):
    """The department's plan of a year (kế hoạch của Sở), as it is printed.

    Number and day stay empty until it is issued; `date_day` empty prints as an open gap.

    An amendment (`amends` set) is drafted, reviewed and approved as a plan of its own beside the one in
    force; issuing it brings its content into that one, which then counts one `edition` more, and leaves
    the amendment `applied`. Every edition that was approved or issued is kept as a PlanVersion.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="plans", verbose_name=_("cơ quan"))
    year = models.PositiveSmallIntegerField(_("năm"))
    scheme = models.ForeignKey(AreaScheme, models.PROTECT, verbose_name=_("bộ nội dung"))
    state = models.CharField(_("trạng thái"), max_length=20, choices=PlanState.choices, default=PlanState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    edition = models.PositiveSmallIntegerField(_("lần ban hành"), default=1)
    amends = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="amendments",
        verbose_name=_("điều chỉnh kế hoạch"),
    )
    amending_reason = models.TextField(_("lý do điều chỉnh"), blank=True)
    amending_basis = models.CharField(_("văn bản làm căn cứ điều chỉnh"), max_length=300, blank=True)
    keeps_labels = models.BooleanField(
        _("giữ ký hiệu mục như đã nhập"), default=True,
        help_text=_("Bỏ chọn để cổng tự đánh số I., 1., a) theo thứ tự."),
    )  # fmt: skip
    title = models.CharField(_("trích yếu"), max_length=500)
    number = models.CharField(_("số"), max_length=11, blank=True)
    symbol = models.CharField(_("ký hiệu"), max_length=30)
    place = models.CharField(_("địa danh"), max_length=100)
    date_day = models.PositiveSmallIntegerField(_("ngày"), null=True, blank=True)
    date_month = models.PositiveSmallIntegerField(_("tháng"), null=True, blank=True)
    date_year = models.PositiveSmallIntegerField(_("năm ký"))
    motto = models.CharField(_("phương châm"), max_length=500, blank=True)
    signer_authority = models.CharField(
        _("quyền hạn ký"), max_length=200, blank=True, help_text=_("TM., KT., TL., TUQ.; mỗi dòng in một dòng.")
    )
    signer_title = models.CharField(_("chức vụ người ký"), max_length=100)
    signer_name = models.CharField(_("người ký"), max_length=50)
    absences = models.JSONField(
        _("nội dung không có"), default=dict, blank=True, help_text=_("Mã nội dung và lý do kế hoạch không có phần đó.")
    )
    source_text = models.TextField(_("văn bản gốc"), blank=True)
    created_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("người lập"))
    created_at = models.DateTimeField(_("lập lúc"))
    issued_at = models.DateTimeField(_("ban hành lúc"), null=True, blank=True)
    issued_by = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("người ban hành"),
    )
    search_text = SearchText(of=("title", "symbol", "motto", "year"))

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("kế hoạch của Sở")
        verbose_name_plural = _("kế hoạch của Sở")
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year"],
                condition=Q(amends=None) & ~Q(state__in=["cancelled", "recalled"]),
                name="one_live_plan_a_year",
            ),
            models.UniqueConstraint(
                fields=["amends"],
                condition=~Q(state__in=["applied", "cancelled"]),
                name="one_open_amendment_a_plan",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["issued", "closed"])
                | Q(issued_at__isnull=False, issued_by__isnull=False, date_day__isnull=False) & ~Q(number=""),
                name="an_issued_plan_has_number_and_date",
            ),
        ]

    def __str__(self) -> str:
        name = f"Kế hoạch tuyên truyền cải cách hành chính năm {self.year}"
        return f"Điều chỉnh {name}" if self.amends_id else name

    @property
    def date(self) -> date | None:
        """The date of the document, or None while its day is blank."""
        if self.date_day and self.date_month:
            return date(self.date_year, self.date_month, self.date_day)
        return None


class SectionLevel(models.TextChoices):
    ARTICLE = "article", _("Điều")
    ROMAN = "roman", _("mục")
    NUMBER = "number", _("khoản")
    LETTER = "letter", _("điểm")
    DASH = "dash", _("gạch đầu dòng")
    PLUS = "plus", _("gạch cộng")
    PARAGRAPH = "paragraph", _("đoạn")
    HEADER = "header", _("đầu bảng")
    GROUP = "group", _("nhóm trong bảng")
    ROW = "row", _("dòng của bảng")


class PlanSection(models.Model):
    """One numbered or bulleted part of a plan, in the order and with the label as printed."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="sections", verbose_name=_("kế hoạch"))
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children", verbose_name=_("mục cha")
    )
    position = models.PositiveIntegerField(_("thứ tự"))
    depth = models.PositiveSmallIntegerField(_("cấp"), default=0)
    level = models.CharField(_("loại"), max_length=10, choices=SectionLevel.choices)
    label = models.CharField(_("ký hiệu"), max_length=20, blank=True)
    mark = models.CharField(_("ký hiệu như in"), max_length=30, blank=True)
    cells = models.JSONField(_("các ô của bảng"), default=list, blank=True)
    version = models.PositiveIntegerField(default=1)
    title = models.TextField(_("tiêu đề"), blank=True)
    text = models.TextField(_("nội dung"), blank=True)
    area = models.ForeignKey(
        ContentArea, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("nội dung CCHC")
    )
    search_text = SearchText(of=("title", "text", "cells"))

    class Meta:
        verbose_name = _("mục của kế hoạch")
        verbose_name_plural = _("mục của kế hoạch")
        ordering = ["plan", "position"]
        constraints = [models.UniqueConstraint(fields=["plan", "position"], name="section_position_once")]

    def __str__(self) -> str:
        return f"{self.label} {self.title or self.text}"[:120]


class PlanRow(models.Model):
    """An ordered line of a plan."""

    position = models.PositiveIntegerField(_("thứ tự"))

    class Meta:
        abstract = True
        ordering = ["plan", "position"]


class PlanChannel(PlanRow):
    """A channel as the plan words it (III.2 Hình thức tuyên truyền)."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="channels", verbose_name=_("kế hoạch"))
    text = models.TextField(_("hình thức"))

    class Meta(PlanRow.Meta):
        verbose_name = _("hình thức trong kế hoạch")
        verbose_name_plural = _("hình thức trong kế hoạch")

    def __str__(self) -> str:
        return self.text[:80]


class PlanAudience(PlanRow):
    """An audience as the plan words it."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="audiences", verbose_name=_("kế hoạch"))
    text = models.TextField(_("đối tượng"))

    class Meta(PlanRow.Meta):
        verbose_name = _("đối tượng trong kế hoạch")
        verbose_name_plural = _("đối tượng trong kế hoạch")

    def __str__(self) -> str:
        return self.text[:80]


class Recipient(PlanRow):
    """A line of "Nơi nhận" with its purpose (B/c, P/h, chỉ đạo, thực hiện, biết)."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="recipients", verbose_name=_("kế hoạch"))
    name = models.CharField(_("nơi nhận"), max_length=200)
    purpose = models.CharField(_("mục đích"), max_length=60, blank=True)

    class Meta(PlanRow.Meta):
        verbose_name = _("nơi nhận")
        verbose_name_plural = _("nơi nhận")

    def __str__(self) -> str:
        return self.name


class PlanDefect(PlanRow):
    """Something doubtful the reader found in the text: pointed out, never repaired."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="defects", verbose_name=_("kế hoạch"))
    code = models.CharField(_("mã"), max_length=40)
    severity = models.CharField(_("mức"), max_length=10)
    where = models.CharField(_("ở đâu"), max_length=200, blank=True)
    text = models.TextField(_("điều cần xem"))
    section = models.ForeignKey(
        PlanSection, models.SET_NULL, null=True, blank=True, related_name="defects", verbose_name=_("mục")
    )
    settled_at = models.DateTimeField(_("đã xem lúc"), null=True, blank=True)
    settled_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người xem")
    )

    class Meta(PlanRow.Meta):
        verbose_name = _("điểm cần xem lại")
        verbose_name_plural = _("điểm cần xem lại")

    def __str__(self) -> str:
        return self.text[:80]


class TargetKind(models.TextChoices):
    RANK_CHANGE = "rank_change", _("tăng bậc")
    SCORE_CHANGE = "score_change", _("tăng điểm")
    LEVEL = "level", _("đạt mức")
    POSITION = "position", _("nằm trong nhóm đầu")


class IndexTarget(PlanRow):
    """What the plan aims at on a ranking index.

    `value` in `unit` (bậc, điểm, %, hạng); a range goes up to `value_max`; a change is against `baseline_year`.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="targets", verbose_name=_("kế hoạch"))
    index = models.CharField(_("chỉ số"), max_length=20)
    kind = models.CharField(_("loại"), max_length=20, choices=TargetKind.choices)
    value = models.DecimalField(_("giá trị"), max_digits=10, decimal_places=3)
    value_max = models.DecimalField(_("đến"), max_digits=10, decimal_places=3, null=True, blank=True)
    unit = models.CharField(_("đơn vị"), max_length=20)
    baseline_year = models.PositiveSmallIntegerField(_("so với năm"), null=True, blank=True)
    by_year = models.PositiveSmallIntegerField(_("đến năm"), null=True, blank=True)
    basis = models.ForeignKey(
        LegalDocument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("căn cứ")
    )

    class Meta(PlanRow.Meta):
        verbose_name = _("chỉ tiêu chỉ số")
        verbose_name_plural = _("chỉ tiêu chỉ số")

    def __str__(self) -> str:
        return f"{self.index}: {self.get_kind_display()} {self.value}"
