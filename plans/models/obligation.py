"""What must be handed in, by whom and when; with stamps that are written once."""

from datetime import date, datetime

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Unit
from plans.deadlines.periods import occasion_label
from plans.deadlines.timeliness import Timeliness, timeliness
from plans.models.plan import Plan


class ObligationKind(models.TextChoices):
    UNIT_PLAN = "unit_plan", _("Kế hoạch của đơn vị")
    UNIT_REPORT = "unit_report", _("Báo cáo của đơn vị")
    ROLL_UP = "roll_up", _("Báo cáo tổng hợp trình Giám đốc")


class Recurrence(models.TextChoices):
    MONTHLY = "monthly", _("hằng tháng")
    QUARTERLY = "quarterly", _("hằng quý")
    HALF_YEARLY = "half_yearly", _("6 tháng")
    YEARLY = "yearly", _("hằng năm")


class DutyQuerySet(models.QuerySet):
    def current(self):
        """Those the plan still gives: not dropped by an amendment."""
        return self.filter(dropped_at__isnull=True)


class Duty(models.Model):
    """What the plan asks of whom, by when, how often; the phrase stays beside what was read from it.

    In an amendment `origin` is the duty of the plan in force that it changes. What an amendment added or whose
    occasions it changed is asked only for what falls due from `since` on.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="duties", verbose_name=_("kế hoạch"))
    position = models.PositiveIntegerField(_("thứ tự"))
    section = models.ForeignKey(
        "plans.PlanSection",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="duties",
        verbose_name=_("mục"),
    )
    kind = models.CharField(
        _("phải nộp"), max_length=20, choices=ObligationKind.choices, blank=True,
        help_text=_("Để trống nếu nhiệm vụ không phải nộp gì."),
    )  # fmt: skip
    who = models.CharField(_("ai"), max_length=200)
    every_unit = models.BooleanField(_("mọi đơn vị"), default=False)
    what = models.TextField(_("việc"))
    phrase = models.CharField(_("thời hạn như đã viết"), max_length=200, blank=True)
    due_at = models.DateTimeField(_("hạn"), null=True, blank=True)
    recurrence = models.CharField(_("định kỳ"), max_length=20, choices=Recurrence.choices, blank=True)
    to = models.CharField(_("nộp về"), max_length=200, blank=True)
    origin = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("nhiệm vụ được điều chỉnh")
    )
    since = models.DateTimeField(_("giao từ lúc"), null=True, blank=True)
    dropped_at = models.DateTimeField(
        _("bỏ lúc"), null=True, blank=True, help_text=_("Do kế hoạch điều chỉnh; những gì đã nộp vẫn giữ.")
    )

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = _("nhiệm vụ giao")
        verbose_name_plural = _("nhiệm vụ giao")
        ordering = ["plan", "position"]

    def __str__(self) -> str:
        return f"{self.who}: {self.what}"[:200]

    def is_asked_of(self, unit: Unit, day: date) -> bool:
        """Whether the unit owes what falls due for `day`: every unit does, or the Office alone."""
        return (self.every_unit or unit.is_office) and unit.holds_on(day)


def work_due() -> Coalesce:
    """`Obligation.work_due_at` for the database."""
    return Coalesce("return_due_at", "effective_due_at")


class ObligationQuerySet(models.QuerySet):
    def visible_to(self, user, *, on: date):
        return self.filter(user.scope(on).units("unit", "agency"))

    def expected(self):
        """Those that count: not exempt, not transferred."""
        return self.filter(exempt_from__isnull=True)

    def outstanding(self):
        return self.expected().filter(first_submitted_at__isnull=True)

    def to_hand_in(self):
        """What waits for its unit: what nobody has handed in, and what was returned."""
        return self.expected().filter(Q(first_submitted_at__isnull=True) | Q(return_due_at__isnull=False))

    def work_due_between(self, start: datetime, end: datetime):
        """Those to be worked on until an instant from `start` to `end` (see `work_due_at`)."""
        first_time = Q(return_due_at__isnull=True, effective_due_at__range=(start, end))
        return self.to_hand_in().filter(first_time | Q(return_due_at__range=(start, end)))

    def overdue(self, now: datetime):
        return self.outstanding().filter(effective_due_at__lt=now)

    def due_between(self, start: datetime, end: datetime):
        return self.outstanding().filter(effective_due_at__gte=start, effective_due_at__lte=end)


class Obligation(models.Model):
    """One duty × one unit × one occasion.

    `due_at` is the last instant on time, fixed when the obligation is made and moved only by an amendment
    of the plan while nothing was handed in; `extended_due_at` is what was granted later.
    `return_due_at` is when what was returned must come back: a working deadline that stands until it is
    handed in again and by which nothing is judged.
    `first_submitted_at` is written once, and voided only by a withdrawal or a return before the deadline
    is judged (both logged). All instants are aware.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="obligations", verbose_name=_("cơ quan"))
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="obligations", verbose_name=_("kế hoạch"))
    duty = models.ForeignKey(Duty, models.PROTECT, related_name="obligations", verbose_name=_("nhiệm vụ"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="obligations", verbose_name=_("đơn vị"))
    kind = models.CharField(_("phải nộp"), max_length=20, choices=ObligationKind.choices)
    occasion = models.CharField(_("kỳ"), max_length=20, help_text=_("2022, hoặc mã kỳ báo cáo 2022-Q1"))
    due_at = models.DateTimeField(_("hạn"))
    extended_due_at = models.DateTimeField(_("gia hạn đến"), null=True, blank=True)
    effective_due_at = models.GeneratedField(
        expression=Coalesce("extended_due_at", "due_at"),
        output_field=models.DateTimeField(),
        db_persist=True,
    )
    first_submitted_at = models.DateTimeField(_("nộp lần đầu lúc"), null=True, blank=True)
    returns = models.PositiveSmallIntegerField(_("số lần trả lại"), default=0)
    returned_at = models.DateTimeField(_("trả lại lúc"), null=True, blank=True)
    return_due_at = models.DateTimeField(_("phải nộp lại trước"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("tiếp nhận lúc"), null=True, blank=True)
    exempt_from = models.DateField(_("miễn từ ngày"), null=True, blank=True)
    exempt_reason = models.CharField(_("lý do miễn"), max_length=500, blank=True)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        verbose_name = _("nghĩa vụ phải nộp")
        verbose_name_plural = _("nghĩa vụ phải nộp")
        ordering = ["due_at", "unit__position"]
        constraints = [
            models.UniqueConstraint(fields=["duty", "unit", "occasion"], name="one_obligation_per_occasion"),
            models.CheckConstraint(
                condition=Q(extended_due_at__isnull=True) | Q(extended_due_at__gt=F("due_at")),
                name="an_extension_is_later",
            ),
            models.CheckConstraint(
                condition=Q(exempt_from__isnull=True) | ~Q(exempt_reason=""), name="an_exemption_has_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "kind", "occasion"], name="obligation_of_occasion"),
            models.Index(
                fields=["effective_due_at"],
                condition=Q(first_submitted_at__isnull=True, exempt_from__isnull=True),
                name="obligation_outstanding",
            ),
            models.Index(
                fields=["return_due_at"], condition=Q(return_due_at__isnull=False), name="obligation_to_come_back"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} – {self.unit}"

    @property
    def what(self) -> str:
        """What must be handed in: "Báo cáo của đơn vị, Quý I/2022"."""
        return f"{self.get_kind_display()}, {occasion_label(self.occasion)}"

    def timeliness(self, now: datetime) -> Timeliness:
        """How the obligation stands against its deadline at `now`; never stored."""
        return timeliness(
            due_at=self.due_at,
            extended_due_at=self.extended_due_at,
            submitted_at=self.first_submitted_at,
            exempt=self.exempt_from is not None,
            now=now,
        )

    @property
    def work_due_at(self) -> datetime:
        """Until when who owes it has to work: what was returned comes back by the day the Office gave."""
        return self.return_due_at or self.effective_due_at

    @property
    def waits_for_unit(self) -> bool:
        """Nobody has handed it in yet, or it was returned."""
        return self.exempt_from is None and (self.first_submitted_at is None or self.return_due_at is not None)

    @property
    def task(self) -> str:
        """What there is to do: "Nộp lại Báo cáo của đơn vị, Quý I/2022" once it was returned, else `what`."""
        return str(_("Nộp lại %s")) % self.what if self.return_due_at else self.what

    def time_left(self, now: datetime) -> Timeliness:
        """How `work_due_at` stands at `now`; for what was not returned the same as `timeliness`."""
        if self.return_due_at is None:
            return self.timeliness(now)
        return timeliness(due_at=self.return_due_at, extended_due_at=None, submitted_at=None, exempt=False, now=now)

    def stamp_submission(self, now: datetime) -> None:
        """Write the time of the first submission, unless one is already there."""
        type(self).objects.filter(pk=self.pk, first_submitted_at__isnull=True).update(first_submitted_at=now)
        self.refresh_from_db(fields=["first_submitted_at"])


class ReceiptQuerySet(models.QuerySet):
    def visible_to(self, user, *, on: date):
        return self.filter(user.scope(on).units("obligation__unit", "obligation__agency"))

    def on_paper(self):
        """What the Office entered for a unit (nộp thay) and still stands."""
        return self.filter(voided_at__isnull=True).exclude(on_behalf_of="")


def came_on_paper(obligation: str = "pk") -> Exists:
    """For `annotate(on_paper=…)`: whether what answers an obligation, found by that lookup, was entered from paper."""
    return Exists(Receipt.objects.on_paper().filter(obligation=OuterRef(obligation)))


def paper_path(_receipt: "Receipt | None", filename: str) -> str:
    """`filename` is the hash of the scan: a person's file name is a label, never a path."""
    return f"paper/{filename[:2]}/{filename}"


class Receipt(models.Model):
    """Proof of one submission: number, time, the frozen content and its SHA-256. Never changed.

    What the Office entered for a unit that brought paper says so: `on_behalf_of` names the unit,
    `scan` is the paper, `paper_note` its number, day and who brought it; the time is that of entry.
    """

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="receipts", verbose_name=_("nghĩa vụ"))
    number = models.CharField(_("số biên nhận"), max_length=30, unique=True)
    key = models.CharField(max_length=64, unique=True, help_text=_("Mã của lần bấm nộp: gửi lại cho cùng biên nhận."))
    submitted_at = models.DateTimeField(_("nộp lúc"))
    submitted_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("người nộp"))
    snapshot = models.JSONField(_("bản chốt"))
    sha256 = models.CharField("SHA-256", max_length=64)
    voided_at = models.DateTimeField(_("rút lại lúc"), null=True, blank=True)
    on_behalf_of = models.CharField(_("nộp thay"), max_length=200, blank=True)
    scan = models.FileField(_("bản giấy đã quét"), upload_to=paper_path, max_length=200, blank=True)
    scan_name = models.CharField(_("tên tệp bản giấy"), max_length=150, blank=True)
    paper_note = models.TextField(_("số, ngày bản giấy; người giao"), blank=True)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = _("biên nhận")
        verbose_name_plural = _("biên nhận")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(on_behalf_of="", scan="", scan_name="", paper_note="")
                | ~(Q(on_behalf_of="") | Q(scan="") | Q(scan_name="") | Q(paper_note="")),
                name="what_came_on_paper_has_its_scan",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def agency_id(self) -> int:
        return self.obligation.agency_id
