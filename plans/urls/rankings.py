"""Addresses of the ranking indices."""

from django.urls import path

from plans.views import index_values, rankings

ranking_urls = [
    path("chi-so/", rankings.index_list, name="index_list"),
    path("chi-so/ghi/", index_values.index_value_edit, name="index_value_edit"),
    path("chi-so/ghi/mau/", index_values.index_value_template, name="index_value_template"),
    path("chi-so/ghi/excel/", index_values.index_value_excel, name="index_value_excel"),
    path("chi-so/<slug:code>/", rankings.ranking_index, name="ranking_index"),
    path("chi-so/<slug:code>/excel/", rankings.ranking_index_excel, name="ranking_index_excel"),
]
