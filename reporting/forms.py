"""What people type into a unit report and into the Office's part of a roll-up."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import CleanCharField, CleanForm, CleanTextField, VietnameseDateField
from plans.models import ContentArea
from reporting.actions import TEXT_FIELDS
from reporting.models import UnitReport

VERSION_MESSAGE = _("Biểu mẫu thiếu số phiên bản. Hãy mở lại trang rồi gửi lại; nội dung đã nhập vẫn ở dưới.")


class VersionField(forms.IntegerField):
    """The hidden version that a form was opened with; another one stored means a conflict."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs):
        messages = dict.fromkeys(("required", "invalid", "min_value", "max_value"), VERSION_MESSAGE)
        super().__init__(min_value=1, max_value=2**31 - 1, error_messages=messages, **kwargs)

    def to_python(self, value):
        return super().to_python(value if not isinstance(value, str) else value.replace("\x00", "?"))


def _text(label, help_text="", rows=5) -> CleanTextField:
    return CleanTextField(
        label=label, required=False, help_text=help_text, widget=forms.Textarea(attrs={"rows": rows})
    )  # fmt: skip


class VersionedForm(CleanForm):
    """A form that carries the version it was opened with; a missing one is said once, at the top."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"] = VersionField()

    def clean(self):
        if self.errors.pop("version", None):
            self.add_error(None, VERSION_MESSAGE)
        return super().clean()


class UnitReportForm(VersionedForm):
    """The words of a unit report: common texts and one text an area (`area_<id>`)."""

    nil = forms.BooleanField(label=_("Không phát sinh trong kỳ"), required=False)
    nil_reason = CleanCharField(
        label=_("Lý do không phát sinh"), required=False, max_length=500,
        help_text=_("Chỉ ghi khi chọn “Không phát sinh”."),
    )  # fmt: skip
    highlights = _text(_("Kết quả nổi bật"), _("Việc gì có kết quả rõ, người dân và doanh nghiệp được gì."))
    shortcomings = _text(_("Tồn tại, hạn chế"))
    causes = _text(_("Nguyên nhân"))
    difficulties = _text(_("Khó khăn, vướng mắc"))
    proposals = _text(_("Kiến nghị, đề xuất"), _("Kiến nghị ai, việc gì."))
    next_steps = _text(_("Phương hướng, nhiệm vụ kỳ tới"))

    def __init__(self, *args, areas: list[ContentArea], **kwargs):
        super().__init__(*args, **kwargs)
        self.areas = areas
        for area in areas:
            self.fields[f"area_{area.pk}"] = _text(str(area), rows=3)

    @property
    def area_fields(self) -> list:
        return [self[f"area_{area.pk}"] for area in self.areas]

    @property
    def common_fields(self) -> list:
        return [self[name] for name in TEXT_FIELDS if name not in ("nil", "nil_reason")]

    def clean(self):
        data = super().clean()
        if data.get("nil") and not data.get("nil_reason") and "nil_reason" not in self.errors:
            self.add_error("nil_reason", _("“Không phát sinh” cần lý do."))
        return data

    @property
    def texts(self) -> dict:
        """The common fields as save_report takes them."""
        return {name: self.cleaned_data[name] for name in TEXT_FIELDS}

    @property
    def assessments(self) -> dict[int, str]:
        """Area id → text."""
        return {area.pk: self.cleaned_data[f"area_{area.pk}"] for area in self.areas}


def initial_of(report: UnitReport) -> dict:
    """What the form of a stored report begins with."""
    texts = {f"area_{row.area_id}": row.text for row in report.assessments.all()}
    return {name: getattr(report, name) for name in (*TEXT_FIELDS, "version")} | texts


class ReopenForm(CleanForm):
    """Until which day a report is given back to its unit."""

    until = VietnameseDateField(label=_("Mở đến hết ngày"))


class AssessmentForm(VersionedForm):
    """The Office's own words on the whole."""

    assessment = _text(
        _("Nhận xét chung của Văn phòng"),
        _("In ở mục III. Đánh giá chung. Tổng hợp lại không làm mất phần này."), rows=14,
    )  # fmt: skip


class IssueForm(CleanForm):
    """The clerk's number and day."""

    number = CleanCharField(
        label=_("Số văn bản"), max_length=11, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )  # fmt: skip
    on = VietnameseDateField(label=_("Ngày ban hành"))
