"""How the year runs, in a page."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_not_required
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/help.html")
