"""Addresses of the list of indicators."""

from django.urls import path

from plans.views import indicators

indicator_urls = [
    path("chi-tieu/", indicators.indicator_list, name="indicator_list"),
    path("chi-tieu/them/", indicators.indicator_edit, name="indicator_add"),
    path("chi-tieu/<slug:code>/sua/", indicators.indicator_edit, name="indicator_edit"),
    path("chi-tieu/<slug:code>/xoa/", indicators.indicator_remove, name="indicator_remove"),
]
