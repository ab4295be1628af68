"""The forms of signing in, changing the password and moving the demo's calendar."""

from datetime import datetime

from django import forms
from django.contrib.auth import authenticate, password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.forms import CleanCharField, CleanForm, VietnameseDateField
from documents.dates import TZ


class PasswordField(forms.CharField):
    """A password as typed: nothing is cleaned away. `autocomplete` tells the browser which one it is."""

    def __init__(self, *, autocomplete: str, **kwargs):
        widget = forms.PasswordInput(attrs={"autocomplete": autocomplete, "autocapitalize": "none"})
        wrong = {"null_characters_not_allowed": _lazy("Mật khẩu có ký tự không hợp lệ. Hãy gõ lại.")}
        super().__init__(strip=False, widget=widget, error_messages=wrong, **kwargs)


class SignInForm(CleanForm):
    """Name and password; one neutral answer whatever was wrong. `user` is the person after is_valid()."""

    username = CleanCharField(
        label=_lazy("Tên đăng nhập"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = PasswordField(label=_lazy("Mật khẩu"), autocomplete="current-password")

    def __init__(self, request, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.request, self.user = request, None

    def clean(self):
        data = super().clean()
        if "username" in data and "password" in data:
            self.user = authenticate(self.request, username=data["username"], password=data["password"])
            if self.user is None:
                raise ValidationError(_("Tên đăng nhập hoặc mật khẩu không đúng. Hãy kiểm tra lại cả hai."))
        return data


WEAK = {
    "password_too_short": _lazy("Mật khẩu mới quá ngắn. Hãy dùng ít nhất 10 ký tự, ví dụ bốn từ ghép lại."),
    "password_too_common": _lazy("Mật khẩu mới quá phổ biến, dễ bị đoán. Hãy chọn mật khẩu khác."),
    "password_too_similar": _lazy("Mật khẩu mới quá giống tên hoặc thư điện tử. Hãy chọn mật khẩu khác."),
}


class ChangePasswordForm(CleanForm):
    """The present password once, the new one twice."""

    old = PasswordField(label=_lazy("Mật khẩu hiện nay"), autocomplete="current-password")
    new = PasswordField(label=_lazy("Mật khẩu mới"), autocomplete="new-password", help_text=_lazy("Ít nhất 10 ký tự."))
    again = PasswordField(label=_lazy("Mật khẩu mới lần thứ hai"), autocomplete="new-password")

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_old(self):
        if not self.user.check_password(self.cleaned_data["old"]):
            raise ValidationError(_("Mật khẩu hiện nay không đúng."))
        return self.cleaned_data["old"]

    def clean_new(self):
        try:
            password_validation.validate_password(self.cleaned_data["new"], self.user)
        except ValidationError as refusal:
            raise ValidationError([WEAK.get(error.code, error) for error in refusal.error_list]) from None
        return self.cleaned_data["new"]

    def clean(self):
        data = super().clean()
        if "new" in data and "again" in data and data["new"] != data["again"]:
            self.add_error("again", _("Hai lần nhập mật khẩu mới không giống nhau."))
        return data


class DemoClockForm(CleanForm):
    """Where the demo's calendar shall stand: a preset instant, or a day and a time. Gives `at` (aware, Vietnam)."""

    preset = forms.DateTimeField(label=_lazy("Thời điểm"), required=False, input_formats=["%Y-%m-%dT%H:%M"])
    day = VietnameseDateField(label=_lazy("Ngày"), required=False)
    time = forms.TimeField(
        label=_lazy("Giờ"), required=False, error_messages={"invalid": _lazy("Giờ viết dạng 08:00 hoặc 23:59.")}
    )

    def clean(self):
        data = super().clean()
        if data.get("preset"):
            data["at"] = data["preset"].astimezone(TZ)
        elif data.get("day") and data.get("time"):
            data["at"] = datetime.combine(data["day"], data["time"], tzinfo=TZ)
        elif not self.errors:
            raise ValidationError(_("Nhập ngày và giờ."))
        return data
