"""Addresses of the ranking indices."""

from django.urls import path

from plans.views import rankings

ranking_urls = [
    path("chi-so/", rankings.index_list, name="index_list"),
    path("chi-so/<slug:code>/", rankings.ranking_index, name="ranking_index"),
    path("chi-so/<slug:code>/excel/", rankings.ranking_index_excel, name="ranking_index_excel"),
]
