from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class MailState(models.TextChoices):
    PENDING = "pending", _("chờ gửi")
    SENT = "sent", _("đã gửi")
    FAILED = "failed", _("không gửi được")
    NO_ADDRESS = "no_address", _("không có địa chỉ")
    DROPPED = "dropped", _("không cần gửi nữa")


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(recipient=user)

    def unread(self):
        return self.filter(read_at__isnull=True)


class Notice(models.Model):
    """One message to one person, written in the transaction of what it tells; mailed later by the worker.

    `kind` names what is looked at once more before it is mailed (accounts.mail.LOOK_AGAIN); `due_at` is
    the deadline it is about, if any.
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name=_("người nhận")
    )
    key = models.CharField(max_length=150, help_text=_("Một việc chỉ báo một lần cho một người."))
    title = models.CharField(_("tiêu đề"), max_length=250)
    body = models.TextField(_("nội dung"), blank=True)
    url = models.CharField(_("đường dẫn"), max_length=200, blank=True)
    kind = models.CharField(_("loại"), max_length=20, blank=True)
    due_at = models.DateTimeField(_("hạn"), null=True, blank=True)
    created_at = models.DateTimeField(_("lúc"))
    read_at = models.DateTimeField(_("đã xem lúc"), null=True, blank=True)
    mail_state = models.CharField(_("thư"), max_length=20, choices=MailState.choices, default=MailState.PENDING)
    mail_error = models.CharField(_("lỗi gửi thư"), max_length=300, blank=True)
    mailed_at = models.DateTimeField(_("gửi thư lúc"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("thông báo")
        verbose_name_plural = _("thông báo")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["recipient", "key"], name="notice_once_per_person")]

    def __str__(self) -> str:
        return self.title
