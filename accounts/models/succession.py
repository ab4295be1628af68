"""What becomes of units: merged, split, renamed, dissolved, from a day on and by a document."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.agency import Agency
from accounts.models.unit import Unit


class SuccessionKind(models.TextChoices):
    MERGED = "merged", _("Sáp nhập, hợp nhất")
    SPLIT = "split", _("Chia, tách")
    RENAMED = "renamed", _("Đổi tên")
    DISSOLVED = "dissolved", _("Giải thể")


class SuccessionQuerySet(models.QuerySet):
    def visible_to(self, user, *, on: date):
        return self.filter(user.scope(on).agency_wide())


class Succession(models.Model):
    """Some units become others (many to many) from `effective_on` on, that day included. Never deleted.

    A predecessor that is a successor too goes on; another ends the day before. `basis` is the number of the
    decision, `basis_date` its day. What was still open is handed over by an act of its own (`handed_over_at`).
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="successions", verbose_name=_("cơ quan"))
    kind = models.CharField(_("hình thức"), max_length=10, choices=SuccessionKind.choices)
    predecessors = models.ManyToManyField(Unit, related_name="successions", verbose_name=_("đơn vị trước"))
    successors = models.ManyToManyField(Unit, related_name="origins", blank=True, verbose_name=_("đơn vị sau"))
    effective_on = models.DateField(_("có hiệu lực từ ngày"))
    basis = models.CharField(_("số, ký hiệu quyết định"), max_length=100)
    basis_date = models.DateField(_("ngày quyết định"))
    key = models.UUIDField(_("mã lần gửi"), unique=True)
    made_at = models.DateTimeField(_("ghi lúc"))
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("người ghi"))
    handed_over_at = models.DateTimeField(_("bàn giao lúc"), null=True, blank=True)
    handed_over_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người bàn giao")
    )

    objects = SuccessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("thay đổi đơn vị")
        verbose_name_plural = _("thay đổi đơn vị")
        ordering = ["-effective_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(basis=""), name="a_succession_has_a_basis"),
            models.CheckConstraint(
                condition=Q(handed_over_at__isnull=True, handed_over_by__isnull=True)
                | Q(handed_over_at__isnull=False, handed_over_by__isnull=False),
                name="a_hand_over_has_its_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} – {self.document}"

    @property
    def document(self) -> str:
        """ "Quyết định số 12/QĐ-SLĐTBXH ngày 01/07/2022"."""
        return str(_("Quyết định số %(number)s ngày %(day)s")) % {
            "number": self.basis, "day": f"{self.basis_date:%d/%m/%Y}"
        }  # fmt: skip

    @property
    def moves_work(self) -> bool:
        """Whether anything changes hands: a renamed unit keeps what is its own."""
        return self.kind != SuccessionKind.RENAMED
