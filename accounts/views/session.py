"""Signing in and out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def locked_out(request: HttpRequest, response=None, credentials=None) -> HttpResponse:
    """Too many wrong passwords for this name: say until when."""
    return render(request, "accounts/locked_out.html", status=429)
