"""Addresses of the first page, the Director's screen, unit reports and roll-ups."""

from django.urls import path

from reporting.views import overview

overview_urls = [
    path("", overview.home, name="home"),
    path("dieu-hanh/", overview.dashboard, name="dashboard"),
    path("so-lieu/<str:code>/", overview.figure_rows, name="figure_rows"),
]

report_urls: list = []

urlpatterns = [*overview_urls, *report_urls]
