"""Middleware of the portal: the request's clock, and refusal of bytes that no database stores."""

from django.http import Http404, HttpRequest

from accounts import clock


class NulRefused:
    """A NUL in the address or query answers 404; PostgreSQL would raise on it (500)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest):
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs):
        if "\x00" in request.path or any("\x00" in value for values in request.GET.lists() for value in values[1]):
            raise Http404


class RequestClock:
    """`request.now` and `request.today`: one reading of the clock for the whole request."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest):
        request.now = clock.now()
        request.today = request.now.date()
        return self.get_response(request)
