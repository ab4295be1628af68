"""Addresses of directives."""

from django.urls import path

from plans.views import directives

directive_urls = [
    path("chi-dao/", directives.directive_list, name="directive_list"),
    path("chi-dao/excel/", directives.directive_excel, name="directive_excel"),
    path("chi-dao/giao/", directives.directive_add, name="directive_add"),
    path("chi-dao/<int:pk>/", directives.directive_detail, name="directive_detail"),
    path("chi-dao/<int:pk>/tra-loi/", directives.directive_answer, name="directive_answer"),
    path("chi-dao/<int:pk>/chuyen/", directives.directive_move, name="directive_move"),
    path("chi-dao/tep/<int:pk>/", directives.directive_file, name="directive_file"),
]
