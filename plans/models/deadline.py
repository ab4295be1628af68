"""What happens to a deadline: extensions, changes by the Office, reminders, pauses, and each person's calendar."""

import secrets
from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Notice, Unit
from accounts.models.dated import Dated, DatedQuerySet
from plans.models.obligation import Duty, Obligation


class ExtensionState(models.TextChoices):
    REQUESTED = "requested", _("Chờ trả lời")
    GRANTED = "granted", _("Đã gia hạn")
    REFUSED = "refused", _("Không đồng ý")
    USED = "used", _("Đã nộp trong hạn mới")
    EXPIRED = "expired", _("Hết hiệu lực")


class ExtensionQuerySet(models.QuerySet):
    def visible_to(self, user, *, on: date):
        return self.filter(user.scope(on).units("unit", "agency"))

    def open(self):
        """Those that wait for an answer."""
        return self.filter(state=ExtensionState.REQUESTED)


class Extension(models.Model):
    """A unit asks for more time (gia hạn): reason, proposed day, and the answer. Instants are aware.

    `old_due_at` is the deadline in force when it was asked for. Only a grant writes the obligation's
    `extended_due_at`; `granted_due_at` keeps what this grant gave.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="extensions", verbose_name=_("cơ quan"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="extensions", verbose_name=_("đơn vị"))
    obligation = models.ForeignKey(
        Obligation, models.PROTECT, related_name="extensions", verbose_name=_("nghĩa vụ phải nộp")
    )
    state = models.CharField(
        _("trạng thái"), max_length=10, choices=ExtensionState.choices, default=ExtensionState.REQUESTED
    )
    version = models.PositiveIntegerField(default=1)
    key = models.UUIDField(_("mã lần gửi"), unique=True)
    reason = models.TextField(_("lý do đề nghị"))
    old_due_at = models.DateTimeField(_("hạn khi đề nghị"))
    proposed_due_at = models.DateTimeField(_("hạn đề nghị"))
    requested_at = models.DateTimeField(_("đề nghị lúc"))
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("người đề nghị")
    )
    granted_due_at = models.DateTimeField(_("gia hạn đến"), null=True, blank=True)
    answer = models.TextField(_("ý kiến trả lời"), blank=True)
    decided_at = models.DateTimeField(_("trả lời lúc"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("người trả lời"),
    )  # fmt: skip

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        verbose_name = _("đề nghị gia hạn")
        verbose_name_plural = _("đề nghị gia hạn")
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["obligation"], condition=Q(state="requested"), name="one_open_extension_request"
            ),
            models.CheckConstraint(
                condition=Q(proposed_due_at__gt=F("old_due_at")) & ~Q(reason=""), name="an_extension_asks_for_more"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["granted", "used"])
                | Q(granted_due_at__isnull=False, decided_at__isnull=False, decided_by__isnull=False),
                name="a_grant_has_its_day_and_granter",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | (Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(answer="")),
                name="a_refusal_has_its_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Gia hạn: %s") % self.obligation)


class DeadlineChangeQuerySet(models.QuerySet):
    def of_plan(self, plan_id: int) -> dict[tuple[int, str], datetime]:
        """(duty, occasion) → the deadline last set after the issue of a plan."""
        rows = self.filter(duty__plan=plan_id).order_by("pk").values_list("duty", "occasion", "due_at")
        return {(duty, occasion): due_at for duty, occasion, due_at in rows}


class DeadlineChange(models.Model):
    """The chief of office moved the deadline of a duty's occasion after the issue. Append-only.

    The last row tells what a unit founded later owes by; obligations themselves carry their own day.
    """

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="deadline_changes", verbose_name=_("nhiệm vụ"))
    occasion = models.CharField(_("kỳ"), max_length=20)
    key = models.UUIDField(_("mã lần gửi"), unique=True)
    from_due_at = models.DateTimeField(_("hạn cũ"))
    due_at = models.DateTimeField(_("hạn mới"))
    reason = models.TextField(_("lý do"))
    moved = models.PositiveIntegerField(_("số đơn vị đổi hạn"))
    at = models.DateTimeField(_("lúc"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("người đổi"))

    objects = DeadlineChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("lần đổi hạn")
        verbose_name_plural = _("lần đổi hạn")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="a_changed_deadline_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.duty}: {self.due_at:%d/%m/%Y}"


class ReturnDayChange(models.Model):
    """The Office gave what it had returned another day to come back by. Append-only; instants are aware."""

    obligation = models.ForeignKey(
        Obligation, models.PROTECT, related_name="return_day_changes", verbose_name=_("nghĩa vụ phải nộp")
    )
    key = models.UUIDField(_("mã lần gửi"), unique=True)
    from_due_at = models.DateTimeField(_("ngày nộp lại cũ"))
    due_at = models.DateTimeField(_("ngày nộp lại mới"))
    reason = models.TextField(_("lý do"))
    at = models.DateTimeField(_("lúc"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("người đổi"))

    class Meta:
        verbose_name = _("lần đổi ngày nộp lại")
        verbose_name_plural = _("lần đổi ngày nộp lại")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="a_changed_return_day_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.obligation}: {self.due_at:%d/%m/%Y}"


def return_day_set_at() -> Coalesce:
    """For `annotate(return_day_set_at=…)`: when the unit was last told by when what was returned must come back."""
    since = ReturnDayChange.objects.filter(obligation=OuterRef("pk"), at__gte=OuterRef("returned_at"))
    return Coalesce(Subquery(since.order_by("-pk").values("at")[:1]), F("returned_at"))


class ReminderChannel(models.TextChoices):
    PORTAL = "portal", _("trên cổng")
    MAIL = "mail", _("thư điện tử")


class ReminderQuerySet(models.QuerySet):
    def visible_to(self, user, *, on: date):
        return self.filter(user.scope(on).units("obligation__unit", "obligation__agency"))


class Reminder(models.Model):
    """One person was reminded of one obligation over one channel: at most once a milestone of one deadline.

    `milestone` counts days from the deadline (-14 … 3); a deadline that was moved or extended has
    milestones of its own, so `due_at` belongs to the key. What a person of the Office sent by hand has
    no milestone but the key of that sending. `notice` is the digest that carried it; the state of its
    mail stands there.
    """

    obligation = models.ForeignKey(Obligation, models.CASCADE, related_name="reminders", verbose_name=_("nghĩa vụ"))
    due_at = models.DateTimeField(_("hạn được nhắc"))
    milestone = models.SmallIntegerField(_("mốc nhắc"), null=True, blank=True)
    sending = models.CharField(_("lần nhắc ngay"), max_length=36, blank=True)
    channel = models.CharField(_("kênh"), max_length=10, choices=ReminderChannel.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="reminders", verbose_name=_("người được nhắc")
    )
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="reminders", verbose_name=_("thông báo"))
    sent_at = models.DateTimeField(_("nhắc lúc"))
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người nhắc")
    )

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("lần nhắc hạn")
        verbose_name_plural = _("lần nhắc hạn")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["obligation", "due_at", "milestone", "channel", "person"],
                condition=Q(milestone__isnull=False),
                name="one_reminder_per_milestone",
            ),
            models.UniqueConstraint(
                fields=["obligation", "sending", "channel", "person"],
                condition=Q(milestone__isnull=True),
                name="one_reminder_per_sending",
            ),
            models.CheckConstraint(
                condition=Q(milestone__isnull=True) ^ Q(sending="", sent_by__isnull=True),
                name="a_reminder_is_planned_or_sent_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.obligation}"


def times_reminded() -> Coalesce:
    """For `annotate(times_reminded=…)`: on how many occasions somebody was reminded of an obligation."""
    sent = Reminder.objects.filter(obligation=OuterRef("pk")).order_by().values("obligation")
    return Coalesce(Subquery(sent.annotate(times=Count("sent_at", distinct=True)).values("times")), 0)


class ReminderPauseQuerySet(DatedQuerySet):
    def visible_to(self, user, *, on: date):
        return self.filter(user.scope(on).agency_wide("unit__agency"))


class ReminderPause(Dated):
    """The Office reminds a unit of nothing from a day to a day (both included), and says why."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="reminder_pauses", verbose_name=_("đơn vị"))
    reason = models.CharField(_("lý do"), max_length=500)
    made_at = models.DateTimeField(_("đặt lúc"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("người đặt"))

    objects = ReminderPauseQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("tạm dừng nhắc")
        verbose_name_plural = _("tạm dừng nhắc")
        ordering = ["-ends", "-pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(starts__isnull=False, ends__isnull=False) & ~Q(reason=""),
                name="a_pause_has_an_end_and_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.reason}"


def new_token() -> str:
    """256 random bits, fit for an address."""
    return secrets.token_urlsafe(32)


class CalendarFeed(models.Model):
    """The private link under which a person's calendar program reads their deadlines.

    Whoever has the token reads the deadlines and nothing else, so it is kept as it is, to be shown
    again; a new one makes the old link dead.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feed", verbose_name=_("người dùng")
    )
    token = models.CharField(_("mã liên kết"), max_length=43, unique=True, default=new_token)
    made_at = models.DateTimeField(_("tạo lúc"))

    class Meta:
        verbose_name = _("lịch hạn nộp cá nhân")
        verbose_name_plural = _("lịch hạn nộp cá nhân")

    def __str__(self) -> str:
        return str(self.user)

    def renew(self, now: datetime) -> None:
        """Another link; the old one is dead at once."""
        self.token, self.made_at = new_token(), now
        self.save(update_fields=["token", "made_at"])
