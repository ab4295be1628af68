from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.delegation import Delegation
from accounts.models.post import AGENCY_ROLES, Post, Role
from documents.vietnamese import fold


@dataclass(frozen=True)
class Scope:
    """Which rows a person sees on a day: whole agencies, or single units of theirs."""

    agency_ids: frozenset[int]
    unit_ids: frozenset[int]
    member_agency_ids: frozenset[int]

    def units(self, unit: str, agency: str) -> Q:
        """A filter for rows that belong to a unit (lookup `unit`) of an agency (lookup `agency`)."""
        return Q(**{f"{agency}__in": self.agency_ids}) | Q(**{f"{unit}__in": self.unit_ids})

    def agency_wide(self, agency: str = "agency") -> Q:
        """A filter for rows that only agency-wide posts see (drafts, roll-ups)."""
        return Q(**{f"{agency}__in": self.agency_ids})

    def members(self, agency: str = "agency") -> Q:
        """A filter for rows that everyone with a post in the agency sees."""
        return Q(**{f"{agency}__in": self.member_agency_ids})


class User(AbstractUser):
    """A person who signs in. What they may do follows from their posts on that day, never from flags here."""

    first_name = None
    last_name = None
    full_name = models.CharField(_("họ và tên"), max_length=100)
    search_name = models.CharField(max_length=100, editable=False, db_index=True, default="")
    phone = models.CharField(_("điện thoại"), max_length=30, blank=True)

    REQUIRED_FIELDS = ["email", "full_name"]

    class Meta:
        verbose_name = _("người dùng")
        verbose_name_plural = _("người dùng")

    def __str__(self) -> str:
        return self.full_name or self.username

    def save(self, *args, **kwargs) -> None:
        self.search_name = fold(self.full_name)
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name.rpartition(" ")[2]

    def posts_on(self, day: date) -> list[Post]:
        """The posts held on `day`, their own before those held by delegation; a disabled person holds none.

        One query a day asked for and request; two of a unit's editors, to whom alone a head may delegate, three of
        a delegate.
        """
        if not self.is_active:
            return []
        cache = self.__dict__.setdefault("_posts_on", {})
        if day not in cache:
            own = list(self.posts.on(day).select_related("unit", "agency").order_by("pk"))
            cache[day] = own + (
                self._posts_of_others(day) if any(post.role == Role.UNIT_EDITOR for post in own) else []
            )
        return cache[day]

    def _posts_of_others(self, day: date) -> list[Post]:
        # Whether the head still is one takes long to ask; most people were never delegated to.
        if not Delegation.objects.filter(delegate=self, starts__lte=day, ends__gte=day).exists():
            return []
        rows = Delegation.objects.on(day).filter(delegate=self).select_related("unit", "agency", "head").order_by("pk")
        return [row.as_post() for row in rows]

    def holds(self, *roles: Role, on: date, agency_id: int, unit_id: int | None = None) -> bool:
        """Whether one of `roles` is held on that day in the agency (and in the unit, when given)."""
        return self.post_as(*roles, on=on, agency_id=agency_id, unit_id=unit_id) is not None

    def post_as(self, *roles: Role, on: date, agency_id: int, unit_id: int | None = None) -> Post | None:
        for post in self.posts_on(on):
            if post.role in roles and post.agency_id == agency_id and (unit_id is None or post.unit_id == unit_id):
                return post
        return None

    def scope(self, on: date) -> Scope:
        """What this person sees on `day`; nothing for a disabled person."""
        posts = self.posts_on(on)
        return Scope(
            agency_ids=frozenset(post.agency_id for post in posts if post.role in AGENCY_ROLES),
            unit_ids=frozenset(post.unit_id for post in posts if post.unit_id and post.role not in AGENCY_ROLES),
            member_agency_ids=frozenset(post.agency_id for post in posts),
        )
