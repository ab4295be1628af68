"""Middleware of the portal: the request's clock, bytes that no database stores, sign-in that loses no form."""

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from accounts import clock, interrupted, recent


class PermissionsPolicy:
    """What a page may never ask the browser for; the camera stays, a photo is taken with it."""

    VALUE = "geolocation=(), microphone=(), payment=(), usb=(), serial=(), bluetooth=(), display-capture=()"

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest):
        response = self.get_response(request)
        response["Permissions-Policy"] = self.VALUE
        return response


class NulRefused:
    """A NUL in the address or query answers 404; PostgreSQL would raise on it (500)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest):
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs):
        if "\x00" in request.path or any("\x00" in value for values in request.GET.lists() for value in values[1]):
            raise Http404


class NotKept:
    """Pages of who is signed in are not kept by the browser: after signing out, Back shows none of them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest):
        response = self.get_response(request)
        if request.user.is_authenticated and "Cache-Control" not in response:
            add_never_cache_headers(response)
        return response


class RequestClock:
    """`request.now` and `request.today`: one reading of the clock for the whole request."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest):
        request.now = clock.now()
        request.today = request.now.date()
        return self.get_response(request)


class SignInRequired(LoginRequiredMiddleware):
    """Sign-in is the default; a form sent after the session's end is kept and offered again after signing in."""

    def process_view(self, request: HttpRequest, view_func, view_args, view_kwargs):
        if request.method == "POST" and request.user.is_authenticated:
            interrupted.drop_if_sent(request)
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request: HttpRequest, view_func):
        if request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Refresh": "true"})
        if request.method == "POST" and request.headers.get("Accept") != "application/json":
            interrupted.keep(request)  # what a script saves by itself its page keeps until the next press
        return super().handle_no_permission(request, view_func)


class OwnPageForWrongMethod:
    """405 with a page of ours: a GET where only a POST acts, and everything that no page of the portal reads."""

    METHODS = ("GET", "HEAD", "POST")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest):
        if request.method not in self.METHODS:
            return self._page(request, ", ".join(self.METHODS))
        response = self.get_response(request)
        if response.status_code != 405 or response.content:
            return response
        return self._page(request, response["Allow"])

    @staticmethod
    def _page(request: HttpRequest, allowed: str) -> HttpResponse:
        from accounts.views.errors import method_not_allowed

        page = method_not_allowed(request)
        page["Allow"] = allowed
        return page


class RecentlyOpened:
    """Remembers in the person's cookie which of the registered pages they opened (accounts.recent)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest):
        response = self.get_response(request)
        match = request.resolver_match
        if request.method == "GET" and response.status_code == 200 and match and match.url_name in recent.KINDS:
            [key] = match.kwargs.values()
            recent.remember(request, response, match.url_name, key)
        return response
