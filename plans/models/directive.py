from datetime import date, datetime

from django.db import models
from django.db.models import Case, F, IntegerField, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Role, Unit
from accounts.search_text import SearchText, begins
from documents.vietnamese import fold


class DirectiveState(models.TextChoices):
    GIVEN = "given", _("Mới giao")
    TAKEN_UP = "taken_up", _("Đang thực hiện")
    ANSWERED = "answered", _("Đã trả lời, chờ xem")
    RETURNED = "returned", _("Trả lại, làm tiếp")
    ACCEPTED = "accepted", _("Đã hoàn thành")
    WITHDRAWN = "withdrawn", _("Đã rút")


WITH_OWNER = (DirectiveState.GIVEN, DirectiveState.TAKEN_UP, DirectiveState.RETURNED)
OPEN = (*WITH_OWNER, DirectiveState.ANSWERED)
# The posts of the whole agency that carry out what concerns no single unit.
OWNER_ROLES = (Role.CHIEF_OF_OFFICE, Role.OFFICE_STAFF, Role.CLERK, Role.INSPECTOR, Role.ADMINISTRATOR)


class DirectiveQuerySet(models.QuerySet):
    def visible_to(self, user, *, on: date):
        return self.filter(user.scope(on).units("unit", "agency"))

    def open(self):
        return self.filter(state__in=OPEN)

    def with_owner(self):
        """Those that wait for whoever was told to carry them out."""
        return self.filter(state__in=WITH_OWNER)

    def with_due(self):
        """With `due`: the day that counts, the later one given with a return included."""
        return self.annotate(due=Coalesce(F("extended_due_at"), F("due_at")))

    def late(self, now: datetime):
        """Still with their owner although the day has passed."""
        return self.with_due().with_owner().filter(due__lt=now)

    def most_urgent_first(self, now: datetime):
        """Late ones, the longest first; then the others that are open, by their day; then those that are over."""
        late = When(state__in=WITH_OWNER, due__lt=now, then=Value(0))
        rank = Case(late, When(state__in=OPEN, then=Value(1)), default=Value(2), output_field=IntegerField())
        return self.with_due().annotate(rank=rank).order_by("rank", "due", "pk")

    def matching(self, words: str):
        """Those in whose words each of `words` is found, without marks and case."""
        found = self
        for word in fold(words).split():
            found = found.filter(begins("search_text", word))
        return found


class Directive(models.Model):
    """An instruction of the director (ý kiến chỉ đạo) about anything the portal shows, as a task with owner and date.

    What it is about is `about_kind` and `about_id` with the words it then had (`about`) and where they stood
    (`about_url`), as a Remark keeps them: it stays readable whatever becomes of the thing. Its owner is a unit, or an
    agency-wide post (`owner_role`). `due_at` is never changed; a return may give a later day (`extended_due_at`).
    `answered_at` is the last answer's: by it a directive is on time or late.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("cơ quan"))
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="directives", verbose_name=_("đơn vị thực hiện")
    )
    owner_role = models.CharField(_("vị trí thực hiện"), max_length=20, choices=Role.choices, blank=True)
    text = models.TextField(_("ý kiến chỉ đạo"), max_length=5_000)
    about_kind = models.CharField(_("loại của điều được nói tới"), max_length=40, blank=True)
    about_id = models.CharField(_("mã của điều được nói tới"), max_length=200, blank=True)
    about = models.CharField(_("về"), max_length=300, blank=True)
    about_url = models.CharField(_("trang được nói tới"), max_length=600, blank=True)
    state = models.CharField(
        _("trạng thái"), max_length=20, choices=DirectiveState.choices, default=DirectiveState.GIVEN
    )
    version = models.PositiveIntegerField(default=1)
    key = models.CharField(max_length=80, unique=True, help_text=_("Mã của lần giao: gửi lại không giao hai lần."))
    given_at = models.DateTimeField(_("giao lúc"), db_index=True)
    given_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("người giao"))
    for_director = models.BooleanField(_("Chánh Văn phòng giao thay mặt Giám đốc"), default=False)
    due_at = models.DateTimeField(_("hạn"))
    extended_due_at = models.DateTimeField(_("hạn mới khi trả lại"), null=True, blank=True)
    answered_at = models.DateTimeField(_("trả lời lúc"), null=True, blank=True)
    closed_at = models.DateTimeField(_("kết thúc lúc"), null=True, blank=True)
    search_text = SearchText(of=("text", "about"))

    objects = DirectiveQuerySet.as_manager()

    class Meta:
        verbose_name = _("ý kiến chỉ đạo")
        verbose_name_plural = _("ý kiến chỉ đạo")
        ordering = ["-given_at", "-pk"]
        indexes = [
            models.Index(fields=["agency", "state", "due_at"], name="directive_open"),
            models.Index(fields=["about_kind", "about_id"], name="directive_about"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False, owner_role="") | (Q(unit__isnull=True) & ~Q(owner_role="")),
                name="a_directive_has_one_owner",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="a_directive_says_something"),
            models.CheckConstraint(
                condition=~Q(state__in=["answered", "accepted"]) | Q(answered_at__isnull=False),
                name="an_answered_directive_says_when",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["accepted", "withdrawn"], closed_at__isnull=False)
                | (~Q(state__in=["accepted", "withdrawn"]) & Q(closed_at__isnull=True)),
                name="a_closed_directive_says_when",
            ),
        ]

    def __str__(self) -> str:
        return " ".join(self.text.split())[:150]

    @property
    def owner(self) -> str:
        """Who carries it out, in words; needs `unit`."""
        return self.unit.name if self.unit_id else str(self.get_owner_role_display())

    @property
    def effective_due_at(self) -> datetime:
        return self.extended_due_at or self.due_at

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    def is_late(self, now: datetime) -> bool:
        """Answered after its day, or still without an answer although that has passed."""
        done = self.answered_at if self.state not in WITH_OWNER else None
        return (done or now) > self.effective_due_at


class DirectiveAnswer(models.Model):
    """What the owner did about it; only ever added, the last one is what is judged."""

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="answers", verbose_name=_("ý kiến chỉ đạo"))
    text = models.TextField(_("kết quả thực hiện"), max_length=5_000)
    links = models.TextField(_("đường dẫn"), blank=True)
    at = models.DateTimeField(_("lúc"))
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("người trả lời"))
    key = models.CharField(max_length=80, unique=True)

    class Meta:
        verbose_name = _("trả lời ý kiến chỉ đạo")
        verbose_name_plural = _("trả lời ý kiến chỉ đạo")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def addresses(self) -> list[str]:
        """The web addresses, one a line in `links`."""
        return self.links.split()


def proof_path(instance, filename: str) -> str:
    """Kept under the content's hash; the name is a label only."""
    return f"directives/{instance.sha256[:2]}/{instance.sha256}.{instance.extension}"


class DirectiveFileQuerySet(models.QuerySet):
    def visible_to(self, user, *, on: date):
        return self.filter(user.scope(on).units("answer__directive__unit", "answer__directive__agency"))


class DirectiveFile(models.Model):
    """A file that proves what an answer says; checked by content, as Evidence is."""

    answer = models.ForeignKey(DirectiveAnswer, models.PROTECT, related_name="files", verbose_name=_("trả lời"))
    file = models.FileField(_("tệp"), upload_to=proof_path, max_length=200)
    name = models.CharField(_("tên tệp"), max_length=150)
    extension = models.CharField(_("đuôi tệp"), max_length=5)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(_("dung lượng (byte)"))
    sha256 = models.CharField("SHA-256", max_length=64)

    objects = DirectiveFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("tệp minh chứng của trả lời")
        verbose_name_plural = _("tệp minh chứng của trả lời")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["answer", "sha256"], name="a_file_once_per_answer")]

    def __str__(self) -> str:
        return self.name
