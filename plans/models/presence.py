from django.db import models
from django.utils.translation import gettext_lazy as _


class Presence(models.Model):
    """Who had which place open to write, and when last. Only a hint to others; locks nothing."""

    place = models.CharField(_("chỗ"), max_length=80)
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="+", verbose_name=_("người"))
    at = models.DateTimeField(_("lúc"), db_index=True)

    class Meta:
        verbose_name = _("người đang sửa")
        verbose_name_plural = _("người đang sửa")
        constraints = [models.UniqueConstraint(fields=["place", "user"], name="one_presence_a_place")]

    def __str__(self) -> str:
        return f"{self.user} – {self.place}"
