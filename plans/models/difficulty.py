from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Unit
from accounts.search_text import SearchText, begins
from documents.vietnamese import fold


class DifficultyState(models.TextChoices):
    NEW = "new", _("Mới nêu")
    RECEIVED = "received", _("Đã nhận")
    IN_HAND = "in_hand", _("Đang xử lý")
    WAITING_FOR_UNIT = "waiting_for_unit", _("Chờ đơn vị bổ sung")
    RESOLVED = "resolved", _("Đã giải quyết")


class DifficultyQuerySet(models.QuerySet):
    def visible_to(self, user, *, on: date):
        return self.filter(user.scope(on).units("unit", "agency"))

    def open(self):
        return self.exclude(state=DifficultyState.RESOLVED)

    def raised_between(self, start: datetime, end: datetime):
        """Raised from `start` on and before `end`."""
        return self.filter(raised_at__gte=start, raised_at__lt=end)

    def matching(self, words: str):
        """Those in whose words, solution included, each of `words` is found, without marks and case."""
        found = self
        for word in fold(words).split():
            found = found.filter(begins("search_text", word))
        return found


class Difficulty(models.Model):
    """What a unit cannot solve by itself (khó khăn, vướng mắc), and what became of it.

    `due_at`: the end of the fifth working day after it was raised; what is not solved by then, and does not wait
    for the unit, goes up to the director. `first_answered_at` and `resolved_at` are the two clocks. `about` and
    `about_url` tell from which page it was raised.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("cơ quan"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="difficulties", verbose_name=_("đơn vị"))
    title = models.CharField(_("vướng mắc"), max_length=200)
    text = models.TextField(_("nội dung, đề nghị"), blank=True, max_length=5_000)
    about = models.CharField(_("nêu từ"), max_length=300, blank=True)
    about_url = models.CharField(_("trang đã nêu"), max_length=300, blank=True)
    state = models.CharField(
        _("trạng thái"), max_length=20, choices=DifficultyState.choices, default=DifficultyState.NEW
    )
    version = models.PositiveIntegerField(default=1)
    key = models.UUIDField(unique=True, help_text=_("Mã của lần bấm gửi: gửi lại không nêu hai lần."))
    raised_at = models.DateTimeField(_("nêu lúc"), db_index=True)
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("người nêu")
    )
    due_at = models.DateTimeField(_("hạn giải quyết"))
    first_answered_at = models.DateTimeField(_("trả lời lần đầu lúc"), null=True, blank=True)
    resolved_at = models.DateTimeField(_("giải quyết lúc"), null=True, blank=True)
    escalated_at = models.DateTimeField(_("báo Giám đốc lúc"), null=True, blank=True)
    solution = models.TextField(_("cách giải quyết"), blank=True, max_length=5_000)
    search_text = SearchText(of=("title", "text", "solution"))

    objects = DifficultyQuerySet.as_manager()

    class Meta:
        verbose_name = _("khó khăn, vướng mắc")
        verbose_name_plural = _("khó khăn, vướng mắc")
        ordering = ["-raised_at", "-pk"]
        indexes = [models.Index(fields=["agency", "state", "due_at"], name="difficulty_open")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="resolved") | (Q(resolved_at__isnull=False) & ~Q(solution="")),
                name="a_resolved_difficulty_has_its_solution",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DifficultyMessage(models.Model):
    """What was written about a difficulty; `internal` is read by people of the whole agency only, never by the unit."""

    difficulty = models.ForeignKey(Difficulty, models.CASCADE, related_name="messages", verbose_name=_("vướng mắc"))
    at = models.DateTimeField(_("lúc"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("người viết"))
    internal = models.BooleanField(_("ghi chú nội bộ"), default=False)
    text = models.TextField(_("nội dung"), max_length=5_000)
    key = models.UUIDField(unique=True, null=True, blank=True)

    class Meta:
        verbose_name = _("trao đổi về vướng mắc")
        verbose_name_plural = _("trao đổi về vướng mắc")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:80]
