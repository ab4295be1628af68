"""Form fields that read what Vietnamese people type, and forms whose every message names the way out.

A form derives from `CleanForm` or `CleanModelForm`. Fields that a ModelForm makes by itself (text, dates,
links) are turned into the ones here, so that no form can forget the cleaning. What was typed stays in the
box when it is refused; what was read is said back beneath it (`field.echo`).
"""

import uuid
from decimal import Decimal

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from documents.dates import UnreadableDate, parse_date
from documents.legacy import from_old_font
from documents.numbers import (
    UnreadableNumber,
    format_money,
    format_number,
    number_in_words,
    parse_count,
    parse_money,
    parse_number,
)
from documents.vietnamese import InvalidCharacters, clean, is_blank

TEXT_MAX = 20_000
COUNT_MAX = 2_147_483_647  # what the integer column of both databases holds
MONEY_MAX = 10**15 - 1
SHOWN = 200  # letters of a text that a message quotes
INVALID_CHARACTERS = "có ký tự không hợp lệ. Hãy xóa phần đó hoặc gõ lại."


def label_in_sentence(label: str) -> str:
    """The label as it stands inside a sentence: "Tên nhiệm vụ" → "tên nhiệm vụ", "URL" stays."""
    label = str(label).strip().rstrip(":")
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


class CleanCharField(forms.CharField):
    """One line of text: NFC, no control or zero-width characters, no line ends; blank means nothing to see.

    The browser gets no maxlength: it would cut pasted text silently.
    """

    multiline = False

    def __init__(self, *, max_length=None, **kwargs):
        super().__init__(max_length=None, **kwargs)
        self.max_length = max_length

    def to_python(self, value):
        try:
            text = clean(str(value)) if value not in self.empty_values else ""
        except InvalidCharacters:
            raise ValidationError(f"{self.label or _('Nội dung')} {INVALID_CHARACTERS}", code="nul") from None
        if not self.multiline:
            text = " ".join(text.split())
        if (converted := from_old_font(text)) is not None:
            raise ValidationError(
                _("%(label)s gõ bằng phông cũ (.VnTime, VNI). Ô đã đổi sang Unicode: “%(read)s”. Hãy đọc lại rồi gửi "
                  "lần nữa; nguyên văn đã gõ: “%(typed)s”."), code="old_font",
                params={
                    "label": self.label or _("Nội dung"), "read": Truncator(converted).chars(SHOWN),
                    "typed": Truncator(text).chars(SHOWN), "converted": converted,
                },
            )  # fmt: skip
        return self.empty_value if is_blank(text) else text.strip()

    def validate(self, value):
        super().validate(value)
        if self.max_length and value and len(value) > self.max_length:
            raise ValidationError(
                _("Tối đa %(most)s ký tự, hiện có %(now)s. Hãy rút ngắn.")
                % {"most": format_number(self.max_length), "now": format_number(len(value))},
                code="max_length",
            )


class CleanTextField(CleanCharField):
    """Text of several lines, up to 20,000 characters unless told otherwise."""

    multiline = True
    widget = forms.Textarea(attrs={"rows": 4})

    def __init__(self, *, max_length=TEXT_MAX, **kwargs):
        super().__init__(max_length=max_length, **kwargs)


class CleanUrlField(CleanCharField):
    """A web address, http or https only; one typed without a scheme gets https."""

    widget = forms.TextInput(attrs={"inputmode": "url"})

    def to_python(self, value):
        address = super().to_python(value)
        if not address:
            return address
        try:
            address = forms.URLField(assume_scheme="https").clean(address)
            URLValidator(schemes=["http", "https"])(address)
            return address
        except ValidationError:
            raise ValidationError(
                _("Địa chỉ chưa đúng. Hãy dán địa chỉ đầy đủ, ví dụ https://sldtbxh.ninhthuan.gov.vn."), code="invalid"
            ) from None


class VietnameseDateField(forms.DateField):
    """A day typed as people type it, the day first: 27/02/2026, 27-2-26, 2026-02-27. Gives a `date`."""

    widget = forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "text", "autocomplete": "off"})
    echo = ""

    def __init__(self, *, earliest=None, latest=None, **kwargs):
        super().__init__(**kwargs)
        self.earliest, self.latest = earliest, latest

    def to_python(self, value):
        if not isinstance(value, str):
            return super().to_python(value)
        try:
            if is_blank(value):
                return None
            day = parse_date(value)
        except InvalidCharacters:
            raise ValidationError(f"{self.label or _('Ngày')} {INVALID_CHARACTERS}", code="nul") from None
        except UnreadableDate as error:
            raise ValidationError(str(error), code="invalid") from None
        if value.strip() != f"{day:%d/%m/%Y}":
            self.echo = _("Đọc là ngày %s.") % f"{day:%d/%m/%Y}"
        return day

    def validate(self, value):
        super().validate(value)
        if value and self.earliest and value < self.earliest:
            raise ValidationError(_("Ngày phải từ %s trở đi.") % f"{self.earliest:%d/%m/%Y}", code="too_early")
        if value and self.latest and value > self.latest:
            raise ValidationError(_("Ngày không được sau %s.") % f"{self.latest:%d/%m/%Y}", code="too_late")


class _NumberField(forms.Field):
    """A number as typed in Vietnam; blank is None, which is not 0."""

    widget = forms.TextInput(attrs={"autocomplete": "off"})
    echo = ""
    inputmode = "decimal"

    def __init__(self, *, max_value=None, **kwargs):
        super().__init__(**kwargs)
        self.max_value = self.most if max_value is None else max_value

    def widget_attrs(self, widget):
        return {"inputmode": self.inputmode}

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else format_number(value)

    def to_python(self, value):
        if value is None or (isinstance(value, str) and is_blank(value)):
            return None
        if not isinstance(value, str):
            return value
        try:
            number = self.read(value)
        except InvalidCharacters:
            raise ValidationError(f"{self.label or _('Số')} {INVALID_CHARACTERS}", code="nul") from None
        except UnreadableNumber as error:
            raise ValidationError(str(error), code="invalid") from None
        if not value.strip().isdecimal():
            self.echo = _("Đọc là %s.") % self.say(number)
        return number

    def say(self, number) -> str:
        """The number for the echo; large whole ones in words too, so that a misplaced dot is seen."""
        whole = number >= 1000 and number == int(number)
        return f"{self.show(number)} ({self.words(int(number))})" if whole else self.show(number)

    words = staticmethod(number_in_words)

    def validate(self, value):
        super().validate(value)
        if value is not None and value > self.max_value:
            raise ValidationError(_("Tối đa %s. Hãy kiểm tra lại số đã nhập.") % self.show(self.max_value), code="max")


class CountField(_NumberField):
    """How many: a whole number from 0 ("1.234" is 1234). Gives an `int`."""

    most = COUNT_MAX
    inputmode = "numeric"
    read = staticmethod(parse_count)
    show = staticmethod(format_number)


class NumberField(_NumberField):
    """A number from 0 with decimals after a comma. Gives a `Decimal`."""

    most = Decimal(MONEY_MAX)
    read = staticmethod(parse_number)
    show = staticmethod(format_number)


class MoneyField(_NumberField):
    """Money in đồng: "5.000.000đ", "12 triệu", "1,5 tỷ". Gives whole đồng as an `int`."""

    most = MONEY_MAX
    inputmode = "text"
    read = staticmethod(parse_money)
    show = staticmethod(format_money)

    @staticmethod
    def words(number: int) -> str:
        return f"{number_in_words(number)} đồng"

    def validate(self, value):
        super().validate(value)
        if value and not self.echo:
            self.echo = _("Đọc là %s.") % self.say(value)


class SeveralField(forms.ModelMultipleChoiceField):
    """Rows of a short list, looked up among those read: a number that no column holds is no choice."""

    widget = forms.CheckboxSelectMultiple

    def _check_values(self, value):
        known = {str(row.pk): row for row in self.queryset}
        try:
            return [known[str(key)] for key in dict.fromkeys(value)]
        except (KeyError, TypeError):
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from None


class KeyField(forms.UUIDField):
    """The hidden mark of one submission: the same key sent twice is one act. Gives a `UUID`."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs):
        kwargs.setdefault("initial", uuid.uuid4)
        kwargs.setdefault("label", _lazy("Mã gửi"))
        kwargs.setdefault("error_messages", {}).update(
            required=_lazy("Biểu mẫu thiếu mã gửi. Hãy tải lại trang rồi gửi lại."),
            invalid=_lazy("Mã gửi của biểu mẫu không đúng. Hãy tải lại trang rồi gửi lại."),
        )
        super().__init__(**kwargs)


_TURNED = (forms.CharField, forms.URLField, forms.DateField, forms.IntegerField)


def _turn(field: forms.Field) -> forms.Field:
    """The field of this module for one that Django made from a model, with its settings kept."""
    common = {
        "required": field.required,
        "label": field.label,
        "initial": field.initial,
        "help_text": field.help_text,
        "disabled": field.disabled,
    }
    if type(field) is forms.IntegerField:
        return CountField(max_value=field.max_value, **common) if field.min_value == 0 else field
    if type(field) is forms.DateField:
        return VietnameseDateField(**common)
    if type(field) is forms.URLField:
        return CleanUrlField(max_length=field.max_length, **common)
    if isinstance(field.widget, forms.Textarea):
        return CleanTextField(max_length=field.max_length or TEXT_MAX, widget=field.widget, **common)
    return CleanCharField(max_length=field.max_length, widget=field.widget, empty_value=field.empty_value, **common)


class CleanFormMixin:
    """Turns stock fields into clean ones, writes messages that name the field, and renders by crispy forms."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if type(field) in _TURNED:
                field = self.fields[name] = _turn(field)
            if field.label is None:
                field.label = forms.utils.pretty_name(name)
            self._word(field)

    @staticmethod
    def _word(field: forms.Field) -> None:
        label = label_in_sentence(field.label)
        chosen = isinstance(field, forms.ChoiceField | forms.ModelChoiceField | forms.FileField)
        wording = {"required": (_("Chọn %s.") if chosen else _("Nhập %s.")) % label}
        if isinstance(field, forms.BooleanField):
            wording = {"required": _("Đánh dấu ô “%s” để tiếp tục.") % field.label}
        if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
            wording["invalid_choice"] = _("Lựa chọn không có trong danh sách %s. Hãy chọn lại.") % label
            wording["invalid_pk_value"] = wording["invalid_list"] = wording["invalid_choice"]
        if not isinstance(field, KeyField):
            field.error_messages = {**field.error_messages, **wording}

    def add_error(self, field, error):
        """Django's lists to choose from answer a NUL in English; a text in an old font stands there converted."""
        if field and getattr(error, "code", "") == "old_font":
            self.data = self.data.copy()
            self.data[self.add_prefix(field)] = error.params["converted"]
        if field and getattr(error, "code", "") == "null_characters_not_allowed":
            error = ValidationError(f"{self.fields[field].label} {INVALID_CHARACTERS}", code="nul")
        super().add_error(field, error)

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper(self)
        helper.form_tag = False
        helper.disable_csrf = True
        helper.include_media = False
        return helper


class CleanForm(CleanFormMixin, forms.Form):
    """A form of the portal that is not of one model."""


class CleanModelForm(CleanFormMixin, forms.ModelForm):
    """A form of one model."""
