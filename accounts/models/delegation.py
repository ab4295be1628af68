from datetime import date

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from accounts.models.agency import Agency
from accounts.models.dated import Dated, DatedQuerySet
from accounts.models.post import Post, Role
from accounts.models.unit import Unit


class AuthorityForm(models.TextChoices):
    """In whose name one signs (Nghị định 30/2020/NĐ-CP, Điều 13)."""

    KT = "KT.", _("KT. – ký thay (cấp phó)")
    TL = "TL.", _("TL. – ký thừa lệnh")
    TUQ = "TUQ.", _("TUQ. – ký thừa ủy quyền")


class DelegationQuerySet(DatedQuerySet):
    def on(self, day: date):
        """Those that hold on `day`: not ended, the head still is one and the delegate still belongs to the unit.

        Each carries `head_title`, the head's title on that day.
        """
        posts = Post.objects.on(day).filter(unit=OuterRef("unit")).order_by("pk")
        heads = posts.filter(role=Role.UNIT_HEAD, user=OuterRef("head"))
        return (
            super()
            .on(day)
            .filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day))
            .filter(Exists(posts.filter(user=OuterRef("delegate"))))
            .annotate(head_title=Subquery(heads.values("title")[:1]))
            .filter(head_title__isnull=False)
        )

    def visible_to(self, user, *, on: date):
        return self.filter(user.scope(on).units("unit", "agency"))


class Delegation(Dated):
    """While it runs, `delegate` may do in the unit what its head may, in the head's name (ủy quyền).

    `title` is the delegate's own, printed under the authority ("KT. TRƯỞNG PHÒNG / PHÓ TRƯỞNG PHÒNG"). From
    `ended_on` it holds no more. Resolved where posts are: `User.posts_on` and `accounts.notices.holders`.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("cơ quan"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="delegations", verbose_name=_("đơn vị"))
    head = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="delegations_given", verbose_name=_("người ủy quyền")
    )
    delegate = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="delegations_held", verbose_name=_("người được ủy quyền")
    )
    form = models.CharField(_("hình thức ký"), max_length=5, choices=AuthorityForm.choices)
    title = models.CharField(_("chức vụ của người ký"), max_length=100)
    document = models.CharField(_("số, ký hiệu văn bản"), max_length=100, blank=True)
    document_date = models.DateField(_("ngày văn bản"), null=True, blank=True)
    made_at = models.DateTimeField(_("lập lúc"))
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("người lập"))
    ended_on = models.DateField(_("thôi từ ngày"), null=True, blank=True)

    objects = DelegationQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("ủy quyền")
        verbose_name_plural = _("ủy quyền")
        ordering = ["-starts", "-pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(starts__isnull=False, ends__isnull=False), name="a_delegation_has_both_ends"
            ),
            models.CheckConstraint(condition=~Q(head=F("delegate")), name="nobody_delegates_to_themselves"),
            models.CheckConstraint(
                condition=Q(document="", document_date__isnull=True)
                | (~Q(document="") & Q(document_date__isnull=False)),
                name="a_delegations_document_has_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(form=AuthorityForm.TUQ) | ~Q(document=""), name="signing_by_proxy_has_a_document"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.head} → {self.delegate} ({self.form})"

    def as_post(self) -> Post:
        """The head's post as the delegate holds it (never stored); of a row found by `on()`."""
        title = f"{self.form} {self.head_title or Role.UNIT_HEAD.label}"
        post = Post(
            user_id=self.delegate_id, agency=self.agency, unit=self.unit, role=Role.UNIT_HEAD, title=title,
            starts=self.starts, ends=self.ends,
        )  # fmt: skip
        post.delegation = self
        return post
