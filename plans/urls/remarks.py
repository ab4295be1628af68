"""Addresses of remarks and their answers, whatever they are about."""

from django.urls import path

from plans.views import remarks

remark_urls = [
    path("y-kien/<slug:kind>/<int:pk>/", remarks.remark_list, name="remark_list"),
    path("y-kien/<slug:kind>/<int:pk>/them/", remarks.remark_add, name="remark_add"),
    path("y-kien/<int:pk>/tra-loi/", remarks.remark_answer, name="remark_answer"),
    path("y-kien/<int:pk>/xu-ly/", remarks.remark_act, name="remark_act"),
]
