from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.agency import Agency
from accounts.models.dated import Dated
from accounts.models.unit import Unit


class Role(models.TextChoices):
    UNIT_EDITOR = "unit_editor", _("Cán bộ soạn thảo của đơn vị")
    UNIT_HEAD = "unit_head", _("Trưởng đơn vị")
    OFFICE_STAFF = "office_staff", _("Chuyên viên Văn phòng Sở")
    CHIEF_OF_OFFICE = "chief_of_office", _("Chánh Văn phòng Sở")
    DIRECTOR = "director", _("Lãnh đạo Sở")
    CLERK = "clerk", _("Văn thư")
    INSPECTOR = "inspector", _("Người kiểm tra")
    ADMINISTRATOR = "administrator", _("Quản trị hệ thống")


UNIT_ROLES = frozenset({Role.UNIT_EDITOR, Role.UNIT_HEAD})
AGENCY_ROLES = frozenset(set(Role) - UNIT_ROLES)


class Post(Dated):
    """A person holds a role from a day to a day: in a unit (editor, head) or for the whole agency.

    One that is held by delegation is never stored; `delegation` then says whose it is.
    """

    delegation = None

    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="posts", verbose_name=_("người giữ"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="posts", verbose_name=_("cơ quan"))
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="posts", verbose_name=_("đơn vị")
    )
    role = models.CharField(_("vai trò"), max_length=20, choices=Role.choices)
    title = models.CharField(_("chức vụ ghi trên văn bản"), max_length=100, blank=True)

    class Meta(Dated.Meta):
        verbose_name = _("vị trí")
        verbose_name_plural = _("vị trí")
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(role__in=sorted(role.value for role in UNIT_ROLES)) | Q(unit__isnull=False),
                name="post_in_a_unit_names_it",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.get_role_display()

    @property
    def on_behalf_of(self) -> str:
        """The head in whose name it is held; "" for one's own."""
        return str(self.delegation.head) if self.delegation else ""
