"""The forms of a webhook: where it leads, whether it is on, its key while it is made."""

import ipaddress
import re
from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import CleanForm, CleanModelForm, CleanUrlField
from accounts.models import Webhook

SECRET = re.compile(r"[0-9a-f]{64}", re.ASCII)
LOCAL = ("localhost", ".localhost", ".local", ".internal", ".lan")


class SecretForm(CleanForm):
    """The key as it was shown; it comes back as it is."""

    secret = forms.CharField(label=_("Khóa ký"), widget=forms.HiddenInput)

    def clean_secret(self):
        if not SECRET.fullmatch(self.cleaned_data["secret"]):
            raise forms.ValidationError(_("Khóa ký không đúng. Hãy tải lại trang để lấy khóa mới."))
        return self.cleaned_data["secret"]


class WebhookForm(CleanModelForm):
    """Where messages go, over https to a public name; whether they go at all."""

    url = CleanUrlField(
        label=_("Địa chỉ nhận"), max_length=500,
        help_text=_("Bắt đầu bằng https://, không phải địa chỉ trong mạng nội bộ."),
    )  # fmt: skip

    class Meta:
        model = Webhook
        fields = ("name", "url", "is_active")

    def __init__(self, *args, agency, **kwargs):
        super().__init__(*args, **kwargs)
        self.agency = agency
        self.fields["is_active"].label = _("Bật: gửi khi cổng nhắc hạn")

    def clean_name(self):
        name = self.cleaned_data["name"]
        if Webhook.objects.filter(agency=self.agency, name=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Đã có kết nối tên này. Hãy đặt tên khác."))
        return name

    def clean_url(self):
        parts = urlsplit(self.cleaned_data["url"])
        if parts.scheme != "https" or not parts.hostname:
            raise forms.ValidationError(_("Địa chỉ nhận phải bắt đầu bằng https://."))
        if parts.username or parts.password:
            raise forms.ValidationError(_("Địa chỉ nhận không được kèm tên và mật khẩu."))
        if _is_inside(parts.hostname):
            raise forms.ValidationError(_("Địa chỉ nhận phải là một tên miền trên Internet, không phải trong mạng."))
        return self.cleaned_data["url"]

    def validate_unique(self):
        """Said by clean_name, in words that tell what to do."""


def _is_inside(host: str) -> bool:
    """Whether the name alone says that it is not public; what it leads to is looked at when something is sent."""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return host.endswith(LOCAL) or "." not in host
