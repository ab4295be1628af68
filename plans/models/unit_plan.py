from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Unit
from accounts.search_text import SearchText
from plans.models.catalogue import Audience, Channel, ContentArea, FundSource, Indicator
from plans.models.obligation import Obligation
from plans.models.plan import Plan


class UnitPlanState(models.TextChoices):
    NOT_STARTED = "not_started", _("Chưa bắt đầu")
    DRAFTING = "drafting", _("Đang soạn")
    HEAD_REVIEW = "head_review", _("Chờ trưởng đơn vị")
    SUBMITTED = "submitted", _("Đã nộp")
    IN_REVIEW = "in_review", _("Văn phòng đang xem")
    RETURNED = "returned", _("Trả lại")
    ACCEPTED = "accepted", _("Đã tiếp nhận")
    AMENDING = "amending", _("Đang điều chỉnh")
    EXEMPT = "exempt", _("Miễn")
    TRANSFERRED = "transferred", _("Đã bàn giao")


EDITABLE = (UnitPlanState.NOT_STARTED, UnitPlanState.DRAFTING, UnitPlanState.RETURNED, UnitPlanState.AMENDING)
WAITING = (UnitPlanState.SUBMITTED, UnitPlanState.IN_REVIEW)  # for whoever reviews


class UnitPlanQuerySet(models.QuerySet):
    def visible_to(self, user, *, on: date):
        return self.filter(user.scope(on).units("unit", "agency"))


class UnitPlan(models.Model):
    """A unit's own plan of the year (kế hoạch đơn vị), handed in against its obligation."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("cơ quan"))
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="unit_plans", verbose_name=_("kế hoạch của Sở"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="unit_plans", verbose_name=_("đơn vị"))
    obligation = models.OneToOneField(Obligation, models.PROTECT, related_name="unit_plan", verbose_name=_("nghĩa vụ"))
    state = models.CharField(
        _("trạng thái"), max_length=20, choices=UnitPlanState.choices, default=UnitPlanState.NOT_STARTED
    )
    version = models.PositiveIntegerField(default=1)
    purpose = models.TextField(_("mục đích, yêu cầu"), blank=True, max_length=20_000)
    organisation = models.TextField(_("tổ chức thực hiện"), blank=True, max_length=20_000)
    contact = models.CharField(_("người theo dõi"), max_length=150, blank=True)
    return_reason = models.TextField(_("lý do trả lại"), blank=True)
    updated_at = models.DateTimeField(_("sửa lúc"), null=True, blank=True)
    updated_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người sửa")
    )
    search_text = SearchText(of=("purpose", "organisation", "contact"))

    objects = UnitPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("kế hoạch đơn vị")
        verbose_name_plural = _("kế hoạch đơn vị")
        ordering = ["plan", "unit__position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "unit"], name="one_unit_plan_a_year"),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(return_reason=""),
                name="a_returned_unit_plan_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Kế hoạch tuyên truyền CCHC năm {self.plan.year} – {self.unit}"

    @property
    def is_editable(self) -> bool:
        return self.state in EDITABLE

    @property
    def waits(self) -> bool:
        """Whether it waits for whoever reviews."""
        return self.state in WAITING


class AreaAbsence(models.Model):
    """ "Không có": the unit plans nothing in an area, and says why."""

    unit_plan = models.ForeignKey(UnitPlan, models.CASCADE, related_name="absences", verbose_name=_("kế hoạch"))
    area = models.ForeignKey(ContentArea, models.PROTECT, related_name="+", verbose_name=_("nội dung"))
    reason = models.CharField(_("lý do không có"), max_length=500)

    class Meta:
        verbose_name = _("nội dung không có")
        verbose_name_plural = _("nội dung không có")
        constraints = [
            models.UniqueConstraint(fields=["unit_plan", "area"], name="one_absence_per_area"),
            models.CheckConstraint(condition=~Q(reason=""), name="an_absence_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.area}: {self.reason}"


class Declined(models.Model):
    """ "Không thuộc chức năng": the unit says why something the department asks is not its own to do.

    `item` is the mark of the words that ask (plans.units.asked), which are kept beside it.
    """

    unit_plan = models.ForeignKey(UnitPlan, models.CASCADE, related_name="declined", verbose_name=_("kế hoạch"))
    item = models.CharField(_("mã yêu cầu"), max_length=16)
    text = models.TextField(_("yêu cầu"))
    reason = models.CharField(_("lý do không thuộc chức năng"), max_length=500)

    class Meta:
        verbose_name = _("yêu cầu không thuộc chức năng")
        verbose_name_plural = _("yêu cầu không thuộc chức năng")
        constraints = [
            models.UniqueConstraint(fields=["unit_plan", "item"], name="an_item_is_declined_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="declined_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.text}: {self.reason}"[:200]


class UnitPlanNote(models.Model):
    """A sentence of the unit that explains a caution of its plan (plans.units.cautions); frozen with it."""

    unit_plan = models.ForeignKey(UnitPlan, models.CASCADE, related_name="notes", verbose_name=_("kế hoạch"))
    key = models.CharField(_("về"), max_length=80)
    text = models.CharField(_("giải trình"), max_length=500)

    class Meta:
        verbose_name = _("giải trình")
        verbose_name_plural = _("giải trình")
        ordering = ["unit_plan", "key"]
        constraints = [models.UniqueConstraint(fields=["unit_plan", "key"], name="one_note_per_caution")]

    def __str__(self) -> str:
        return self.text[:80]


class ActivityQuerySet(models.QuerySet):
    def visible_to(self, user, *, on: date):
        return self.filter(user.scope(on).units("unit_plan__unit", "unit_plan__agency"))


class Activity(models.Model):
    """A line of a unit plan: what, for which area, by which channel, to whom, when, who, how much.

    `quantity` counts in the unit of measure of `indicator`. `money` is the whole in đồng; `funds` are the parts
    whose source is told (plans.actions keeps them together). `phrase` is the time as written ("quý II"), if it was.
    `asked` are the marks of what it answers (plans.units.asked); `origin` is last year's line it was taken from.
    """

    unit_plan = models.ForeignKey(UnitPlan, models.CASCADE, related_name="activities", verbose_name=_("kế hoạch"))
    position = models.PositiveIntegerField(_("thứ tự"), default=0)
    area = models.ForeignKey(ContentArea, models.PROTECT, related_name="+", verbose_name=_("nội dung"))
    title = models.CharField(_("tên nhiệm vụ"), max_length=500)
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="+", verbose_name=_("hình thức"))
    audience = models.ForeignKey(Audience, models.PROTECT, related_name="+", verbose_name=_("đối tượng"))
    starts = models.DateField(_("từ ngày"))
    ends = models.DateField(_("đến ngày"))
    phrase = models.CharField(_("thời gian như đã ghi"), max_length=100, blank=True)
    person = models.CharField(_("người thực hiện"), max_length=150)
    product = models.CharField(_("sản phẩm"), max_length=300, blank=True)
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("chỉ tiêu")
    )
    quantity = models.PositiveIntegerField(_("số lượng"), null=True, blank=True)
    money = models.PositiveBigIntegerField(_("kinh phí (đồng)"), null=True, blank=True)
    asked = models.JSONField(_("yêu cầu đáp ứng"), default=list, blank=True)
    origin = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("dòng năm trước")
    )
    version = models.PositiveIntegerField(default=1)
    search_text = SearchText(of=("title", "person", "product"))

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("hoạt động")
        verbose_name_plural = _("hoạt động")
        ordering = ["unit_plan", "area__position", "position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="activity_ends_after_start"),
            models.CheckConstraint(
                condition=Q(quantity__isnull=True) | Q(indicator__isnull=False),
                name="a_quantity_has_an_indicator",
            ),
            models.UniqueConstraint(fields=["unit_plan", "origin"], name="a_line_is_taken_over_once"),
        ]

    def __str__(self) -> str:
        return self.title


class ActivityFund(models.Model):
    """How much of an activity's money comes from one source, in đồng."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="funds", verbose_name=_("hoạt động"))
    source = models.ForeignKey(FundSource, models.PROTECT, related_name="+", verbose_name=_("nguồn kinh phí"))
    amount = models.PositiveBigIntegerField(_("số tiền (đồng)"))

    class Meta:
        verbose_name = _("kinh phí theo nguồn")
        verbose_name_plural = _("kinh phí theo nguồn")
        ordering = ["source__position", "pk"]
        constraints = [models.UniqueConstraint(fields=["activity", "source"], name="a_source_once_per_activity")]

    def __str__(self) -> str:
        return f"{self.source}: {self.amount}"
