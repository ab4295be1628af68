from django.db import models
from django.utils.translation import gettext_lazy as _


class EventQuerySet(models.QuerySet):
    def about(self, obj):
        """The history of one object, oldest first."""
        return self.filter(object_type=obj._meta.label_lower, object_id=str(obj.pk)).order_by("pk")

    def visible_to(self, user, *, on):
        """Events of the agencies in which the person holds an agency-wide post."""
        return self.filter(user.scope(on).agency_wide("agency_id"))


class Event(models.Model):
    """Who did what, when and why (nhật ký). Append-only; names are kept as text so that it outlives its objects."""

    at = models.DateTimeField(_("lúc"))
    agency_id = models.BigIntegerField(null=True, db_index=True)
    actor_id = models.BigIntegerField(null=True)
    actor = models.CharField(_("người thực hiện"), max_length=100)
    post = models.CharField(_("vị trí"), max_length=200, blank=True)
    on_behalf_of = models.CharField(_("làm thay"), max_length=200, blank=True)
    action = models.CharField(_("hành động"), max_length=60)
    label = models.CharField(_("nội dung"), max_length=200)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40)
    object_label = models.CharField(_("đối tượng"), max_length=300)
    from_state = models.CharField(_("từ"), max_length=40, blank=True)
    to_state = models.CharField(_("đến"), max_length=40, blank=True)
    reason = models.TextField(_("lý do"), blank=True)
    data = models.JSONField(default=dict, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("nhật ký")
        verbose_name_plural = _("nhật ký")
        indexes = [models.Index(fields=["object_type", "object_id"], name="event_of_object")]

    def __str__(self) -> str:
        return f"{self.actor}: {self.label}"

    def save(self, *args, **kwargs) -> None:
        if self.pk is not None:
            raise TypeError("Nhật ký chỉ ghi thêm, không sửa.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("Nhật ký chỉ ghi thêm, không xóa.")

    @classmethod
    def record(cls, obj, **facts) -> "Event":
        """Write one row about `obj`; `by` is a user, or None for the schedule."""
        event = cls._about(obj, **facts)
        event.save()
        return event

    @classmethod
    def record_all(cls, objects, **facts) -> None:
        """Write the same about many objects in one statement; each tells its own agency and old state."""
        cls.objects.bulk_create(
            cls._about(obj, agency_id=obj.agency_id, from_state=obj.state, **facts) for obj in objects
        )

    @classmethod
    def _about(cls, obj, *, at, by, action, label, agency_id, post="", on_behalf_of="", **fields) -> "Event":
        return cls(
            at=at,
            agency_id=agency_id,
            actor_id=by.pk if by else None,
            actor=str(by) if by else _("Hệ thống (theo lịch)"),
            post=str(post),
            on_behalf_of=on_behalf_of,
            action=action,
            label=str(label)[:200],
            object_type=obj._meta.label_lower,
            object_id=str(obj.pk),
            object_label=str(obj)[:300],
            **fields,
        )
