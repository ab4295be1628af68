from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Unit
from accounts.search_text import SearchText, begins
from documents.vietnamese import fold
from plans.models import Activity, Audience, Channel, ContentArea, Indicator


class ResultQuerySet(models.QuerySet):
    def visible_to(self, user, *, on: date):
        return self.filter(user.scope(on).units("unit", "agency"))

    def within(self, starts: date, ends: date):
        """Results dated in the window, both ends included (Nghị định 09/2019/NĐ-CP, Điều 12)."""
        return self.filter(happened_on__gte=starts, happened_on__lte=ends)

    def matching(self, words: str):
        """Results in whose title, note or links each word is found, without marks and case."""
        found = self
        for word in fold(words).split():
            found = found.filter(begins("search_text", word))
        return found

    def without_supplements(self):
        """Leave out what was recorded after its period's report had been handed in."""
        return self.filter(supplement=False)


class Result(models.Model):
    """What was done on a day (kết quả): for a planned activity, or beside the plan.

    `happened_on` decides the period. `supplement` (bổ sung): recorded after the unit's report of
    that window was handed in; it counts in cumulative windows that are still open.
    `participants` and `reach` are persons or views, `money` is in đồng; empty means not known.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("cơ quan"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="results", db_index=False, verbose_name=_("đơn vị"))
    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="results", verbose_name=_("hoạt động")
    )
    title = models.CharField(_("việc đã làm"), max_length=500)
    happened_on = models.DateField(_("ngày thực hiện"))
    area = models.ForeignKey(ContentArea, models.PROTECT, related_name="+", verbose_name=_("nội dung"))
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="+", verbose_name=_("hình thức"))
    audience = models.ForeignKey(Audience, models.PROTECT, related_name="+", verbose_name=_("đối tượng"))
    participants = models.PositiveIntegerField(_("số người dự"), null=True, blank=True)
    reach = models.PositiveIntegerField(_("lượt xem, tiếp cận"), null=True, blank=True)
    money = models.PositiveBigIntegerField(_("kinh phí đã chi (đồng)"), null=True, blank=True)
    links = models.TextField(_("đường dẫn"), max_length=6_000, blank=True)
    note = models.TextField(_("ghi chú"), blank=True, max_length=20_000)
    search_text = SearchText(of=("title", "note", "links"))
    supplement = models.BooleanField(_("bổ sung"), default=False)
    version = models.PositiveIntegerField(default=1)
    key = models.CharField(max_length=64, unique=True, help_text=_("Mã của lần bấm lưu: gửi lại không ghi hai lần."))
    recorded_at = models.DateTimeField(_("ghi lúc"))
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("người ghi"))

    objects = ResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("kết quả")
        verbose_name_plural = _("kết quả")
        ordering = ["-happened_on", "-pk"]
        indexes = [
            models.Index(fields=["agency", "happened_on", "unit"], name="result_of_window"),
            models.Index(fields=["unit", "happened_on"], name="result_of_unit"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def link_list(self) -> list[str]:
        """The web addresses, of which `links` holds one a line."""
        return self.links.splitlines()


class ResultQuantity(models.Model):
    """How many, in one indicator's unit of measure."""

    result = models.ForeignKey(
        Result, models.CASCADE, related_name="quantities", db_index=False, verbose_name=_("kết quả")
    )  # the constraint below is its index
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+", verbose_name=_("chỉ tiêu"))
    value = models.PositiveBigIntegerField(_("số lượng"))

    class Meta:
        verbose_name = _("số lượng")
        verbose_name_plural = _("số lượng")
        constraints = [models.UniqueConstraint(fields=["result", "indicator"], name="one_value_per_indicator")]

    def __str__(self) -> str:
        return self.indicator.value_in_words(self.value)


def evidence_path(evidence: "Evidence", filename: str) -> str:
    """Stored under its hash: a person's file name is a label, never a path."""
    return f"evidence/{evidence.sha256[:2]}/{evidence.sha256}.{evidence.extension}"


class EvidenceQuerySet(models.QuerySet):
    def visible_to(self, user, *, on: date):
        return self.filter(user.scope(on).units("result__unit", "result__agency"))


class Evidence(models.Model):
    """A file that proves a result; checked by content and, for pictures, re-encoded without EXIF."""

    result = models.ForeignKey(Result, models.CASCADE, related_name="evidence", verbose_name=_("kết quả"))
    file = models.FileField(_("tệp"), upload_to=evidence_path, max_length=200)
    name = models.CharField(_("tên tệp"), max_length=150)
    extension = models.CharField(max_length=5)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(_("dung lượng (byte)"))
    sha256 = models.CharField("SHA-256", max_length=64)
    added_at = models.DateTimeField(_("thêm lúc"))
    added_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("người thêm"))

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("minh chứng")
        verbose_name_plural = _("minh chứng")
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="evidence_is_not_empty"),
            models.UniqueConstraint(fields=["result", "sha256"], name="a_file_once_per_result"),
        ]

    def __str__(self) -> str:
        return self.name
