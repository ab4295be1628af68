from django.db import models
from django.utils.translation import gettext_lazy as _


class DemoClock(models.Model):
    """The instant at which the demo's calendar stands; read only when settings.DEMO is on."""

    at = models.DateTimeField(_("thời điểm"))

    class Meta:
        verbose_name = _("đồng hồ bản minh họa")
        verbose_name_plural = _("đồng hồ bản minh họa")

    def __str__(self) -> str:
        return self.at.isoformat()
