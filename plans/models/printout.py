import re
import secrets
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Job
from documents.vietnamese import without_marks

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0 and O, no 1, I and L
CODE_LENGTH = 8


def new_code() -> str:
    """A look-up code that nobody guesses: "A7F3-K2Q9"."""
    letters = "".join(secrets.choice(CODE_LETTERS) for _letter in range(CODE_LENGTH))
    return f"{letters[:4]}-{letters[4:]}"


def typed_code(text: str) -> str:
    """The code that a person typed or scanned, however it was spaced: "a7f3 k2q9" → "A7F3-K2Q9"; "" if it is none."""
    letters = re.sub(r"[\s-]", "", text).upper()
    return f"{letters[:4]}-{letters[4:]}" if re.fullmatch(f"[{CODE_LETTERS}]{{{CODE_LENGTH}}}", letters) else ""


class PrintFormat(models.TextChoices):
    """In what a document is printed; the value is also the file's extension."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "Word"
    XLSX = "xlsx", "Excel"


CONTENT_TYPES = {
    PrintFormat.PDF: "application/pdf",
    PrintFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    PrintFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def printout_path(printout: "Printout", filename: str) -> str:
    return f"printouts/{printout.agency_id}/{printout.sha256[:2]}/{printout.sha256}.{printout.format}"


class PrintoutQuerySet(models.QuerySet):
    def visible_to(self, user, *, on: date):
        scope = user.scope(on)
        return self.filter(scope.units("unit", "agency") | scope.members() & models.Q(unit=None, open_to_all=True))


class Printout(models.Model):
    """A document printed by the worker, once per content and format: `kind` and `key` name what in which version."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("cơ quan"))
    unit = models.ForeignKey(
        "accounts.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("đơn vị")
    )
    open_to_all = models.BooleanField(_("mọi đơn vị xem được"), default=False)
    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=100)
    code = models.CharField(
        _("mã tra cứu"), max_length=CODE_LENGTH + 1, unique=True, default=new_code, editable=False,
        help_text=_("In ở trang cuối; dẫn về trang cho biết văn bản này là gì và còn hiệu lực không."),
    )  # fmt: skip
    format = models.CharField(_("dạng tệp"), max_length=4, choices=PrintFormat.choices, default=PrintFormat.PDF)
    object_id = models.BigIntegerField()
    title = models.CharField(_("tên văn bản"), max_length=300)
    job = models.ForeignKey(Job, models.PROTECT, null=True, related_name="+", verbose_name=_("việc in"))
    file = models.FileField(_("tệp"), upload_to=printout_path, blank=True, max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    pages = models.PositiveIntegerField(_("số trang"), null=True, blank=True)
    printed_at = models.DateTimeField(_("in lúc"), null=True, blank=True)

    objects = PrintoutQuerySet.as_manager()

    class Meta:
        verbose_name = _("bản in")
        verbose_name_plural = _("bản in")
        constraints = [models.UniqueConstraint(fields=["kind", "key", "format"], name="one_printout_per_version")]

    def __str__(self) -> str:
        return self.title

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES[self.format]

    @property
    def file_name(self) -> str:
        """What the file is called where it is saved, without marks: "Ke hoach tuyen truyen CCHC nam 2022.docx"."""
        title = without_marks(self.title.replace("cải cách hành chính", "CCHC"))
        return f"{' '.join(re.sub(r'[^A-Za-z0-9 ()-]+', ' ', title).split())[:120].strip()}.{self.format}"
