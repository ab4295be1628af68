from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.agency import Agency
from accounts.models.dated import Dated, DatedQuerySet
from accounts.search_text import SearchText


class UnitKind(models.TextChoices):
    OFFICE = "office", _("Văn phòng Sở")
    INSPECTORATE = "inspectorate", _("Thanh tra")
    DIVISION = "division", _("Phòng chuyên môn")
    SUB_DEPARTMENT = "sub_department", _("Chi cục")
    CENTRE = "centre", _("Đơn vị sự nghiệp trực thuộc")


class UnitQuerySet(DatedQuerySet):
    def visible_to(self, user, *, on: date):
        """All units of the agencies where the person holds an agency-wide post, else the own units."""
        return self.filter(user.scope(on).units("pk", "agency"))


class Unit(Dated):
    """A reporting unit of an agency; active from `starts` to `ends`, never deleted.

    The Department Office is one of them: it coordinates, and hands in its own plan and reports.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="units", verbose_name=_("cơ quan"))
    code = models.SlugField(_("mã"), max_length=40)
    kind = models.CharField(_("loại"), max_length=20, choices=UnitKind.choices)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("đơn vị cấp trên"),
    )
    symbol = models.CharField(
        _("ký hiệu trên văn bản"),
        max_length=20,
        help_text=_("Chữ viết tắt sau loại văn bản, ví dụ LĐVL trong BC-LĐVL."),
    )
    position = models.PositiveSmallIntegerField(_("thứ tự"), default=0)
    name = models.CharField(
        _("tên hiện hành"), max_length=200, help_text=_("Tên đang dùng; tên theo ngày nằm ở bảng tên đơn vị.")
    )
    search_text = SearchText(of=("name", "symbol"))

    objects = UnitQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("đơn vị")
        verbose_name_plural = _("đơn vị")
        ordering = ["agency", "position", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "code"], name="unit_code_once_per_agency"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_office(self) -> bool:
        return self.kind == UnitKind.OFFICE

    def name_on(self, day: date) -> str:
        """The unit's name on `day`; without a dated row, the current one."""
        return next((row.name for row in self.names.all() if row.holds_on(day)), self.name)


class UnitName(Dated):
    """A unit's name from a day to a day, for documents printed with the name of their date."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="names", verbose_name=_("đơn vị"))
    name = models.CharField(_("tên"), max_length=200)

    class Meta(Dated.Meta):
        verbose_name = _("tên đơn vị")
        verbose_name_plural = _("tên đơn vị")

    def __str__(self) -> str:
        return self.name
