"""What every page's frame shows."""

from django.conf import settings
from django.http import HttpRequest


def portal(request: HttpRequest) -> dict:
    """The frame: demo flag, the day, the person's posts and the number of unread notices."""
    context = {"demo": settings.DEMO, "now": getattr(request, "now", None)}
    if getattr(request, "user", None) and request.user.is_authenticated and context["now"]:
        context["posts"] = request.user.posts_on(request.today)
        context["unread_notices"] = request.user.notices.unread().count()
    return context
