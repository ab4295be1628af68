from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.dated import Dated


class AgencyQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The agencies in which this person holds, or held, a post."""
        return self.filter(pk__in=user.posts.values("agency"))


class Agency(models.Model):
    """A department (Sở) that issues plans; its parent is the people's committee it belongs to.

    What is printed on a document (name, symbol, place) is dated: see AgencyName.
    """

    code = models.SlugField(_("mã"), max_length=40, unique=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("cơ quan chủ quản"),
    )

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("cơ quan")
        verbose_name_plural = _("cơ quan")

    def __str__(self) -> str:
        return self.code

    def name_on(self, day: date) -> "AgencyName":
        """The name, symbol and place in force on `day`.

        The name printed on a document is the name on that document's date; before the first
        known name the earliest one is given.
        """
        names = sorted(self.names.all(), key=lambda name: name.starts or date.min)
        return next((name for name in reversed(names) if name.holds_on(day)), names[0])


class AgencyName(Dated):
    """An agency's printed names from a day to a day."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="names", verbose_name=_("cơ quan"))
    name = models.CharField(_("tên"), max_length=200)
    short_name = models.CharField(_("tên gọi tắt"), max_length=100)
    symbol = models.CharField(_("ký hiệu"), max_length=30)
    place = models.CharField(_("địa danh"), max_length=100)

    class Meta(Dated.Meta):
        verbose_name = _("tên cơ quan")
        verbose_name_plural = _("tên cơ quan")

    def __str__(self) -> str:
        return self.name
