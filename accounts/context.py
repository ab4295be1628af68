"""What every page's frame shows."""

from django.conf import settings
from django.http import HttpRequest

from accounts import demo, menu
from accounts.models import Role


def portal(request: HttpRequest) -> dict:
    """The frame: demo flag, the moment, where the person works, the menu and the number of unread notices.

    Also called for error pages of requests that never reached sign-in or the clock.
    """
    context = {"demo": settings.DEMO, "now": getattr(request, "now", None)}
    if settings.DEMO:
        context["demo_moments"] = demo.MOMENTS
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated and context["now"]:
        posts = user.posts_on(request.today)
        context |= {
            "posts": posts,
            "writes_for_unit": any(post.role in (Role.UNIT_EDITOR, Role.UNIT_HEAD) for post in posts),
            "directs": any(post.role in (Role.DIRECTOR, Role.CHIEF_OF_OFFICE) for post in posts),
            "workplace": _workplace(posts, request.today),
            "menu": menu.items(request),
            "unread_notices": user.notices.unread().count(),
        }
    return context


def _workplace(posts, on) -> dict:
    """The unit (if any) and the agency of the person's first post, as the header names them."""
    if not posts:
        return {}
    return {"unit": posts[0].unit and posts[0].unit.name, "agency": posts[0].agency.name_on(on).name}
