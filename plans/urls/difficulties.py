"""Addresses of the register of difficulties."""

from django.urls import path

from plans.views import difficulties

difficulty_urls = [
    path("vuong-mac/", difficulties.difficulty_list, name="difficulty_list"),
    path("vuong-mac/excel/", difficulties.difficulty_excel, name="difficulty_excel"),
    path("vuong-mac/neu/", difficulties.difficulty_add, name="difficulty_add"),
    path("vuong-mac/<int:pk>/", difficulties.difficulty_detail, name="difficulty_detail"),
    path("vuong-mac/<int:pk>/viet/", difficulties.difficulty_say, name="difficulty_say"),
    path("vuong-mac/<int:pk>/chuyen/", difficulties.difficulty_move, name="difficulty_move"),
]
