"""Addresses of a plan on its way in."""

from django.urls import path

from plans.views import plan_import, plan_import_part

import_urls = [
    path("ke-hoach/nhap/", plan_import.plan_import, name="plan_import"),
    path("ke-hoach/nhap/<int:pk>/", plan_import.plan_import_detail, name="plan_import_detail"),
    path("ke-hoach/nhap/<int:pk>/tep/", plan_import.plan_import_file, name="plan_import_file"),
    path("ke-hoach/nhap/<int:pk>/luu/", plan_import.plan_import_store, name="plan_import_store"),
    path("ke-hoach/nhap/<int:pk>/bo/", plan_import.plan_import_drop, name="plan_import_drop"),
    path("ke-hoach/nhap/<int:pk>/bo-qua/<int:number>/", plan_import.plan_import_defect, name="plan_import_defect"),
    path("ke-hoach/nhap/<int:pk>/dua-lai/<int:number>/", plan_import.plan_import_back, name="plan_import_back"),
    path("ke-hoach/nhap/<int:pk>/sua/<slug:part>/", plan_import_part.plan_import_part, name="plan_import_part"),
    path(
        "ke-hoach/nhap/<int:pk>/sua/<slug:part>/<int:number>/",
        plan_import_part.plan_import_item,
        name="plan_import_item",
    ),
]
