from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.agency import Agency


class WebhookQuerySet(models.QuerySet):
    def visible_to(self, user, *, on):
        return self.filter(user.scope(on).agency_wide())

    def active(self):
        return self.filter(is_active=True)


class Webhook(models.Model):
    """Another system that is told of reminders by a signed HTTPS request. Off until someone turns it on.

    `secret` signs (HMAC-SHA256), so it is kept as it is; a page shows it only while it is made.
    """

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="webhooks", verbose_name=_("cơ quan"))
    name = models.CharField(_("tên hệ thống nhận"), max_length=100)
    url = models.URLField(_("địa chỉ nhận (https)"), max_length=500)
    secret = models.CharField(_("khóa ký"), max_length=64)
    is_active = models.BooleanField(_("đang bật"), default=False)
    made_at = models.DateTimeField(_("tạo lúc"))

    objects = WebhookQuerySet.as_manager()

    class Meta:
        verbose_name = _("kết nối nhận thông báo")
        verbose_name_plural = _("kết nối nhận thông báo")
        ordering = ["agency", "name", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(url__startswith="https://"), name="webhook_over_https"),
            models.UniqueConstraint(fields=["agency", "name"], name="webhook_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class DeliveryState(models.TextChoices):
    PENDING = "pending", _("đang gửi")
    SENT = "sent", _("đã nhận")
    FAILED = "failed", _("không gửi được")
    DROPPED = "dropped", _("không gửi nữa")


class WebhookDelivery(models.Model):
    """One message to one webhook: made once per key, sent by the worker until it is taken or given up."""

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries", verbose_name=_("kết nối"))
    key = models.CharField(max_length=150)
    event = models.CharField(_("việc báo"), max_length=40)
    content = models.JSONField(_("nội dung"))
    state = models.CharField(_("trạng thái"), max_length=10, choices=DeliveryState.choices, default="pending")
    status = models.PositiveSmallIntegerField(_("mã trả lời"), null=True, blank=True)
    problem = models.CharField(_("lỗi"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("tạo lúc"))
    sent_at = models.DateTimeField(_("gửi lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("lần gửi kết nối")
        verbose_name_plural = _("lần gửi kết nối")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["webhook", "key"], name="webhook_delivery_once")]

    def __str__(self) -> str:
        return f"{self.webhook}: {self.event}"
