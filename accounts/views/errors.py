"""The portal's own pages for what goes wrong."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's security mark has expired (signed in again elsewhere, cookie cleared)."""
    return render(request, "errors/csrf.html", status=403)
