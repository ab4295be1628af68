"""Addresses of a unit's plan as an Excel file."""

from django.urls import path

from plans.views import unit_plan_excel as views

unit_plan_excel_urls = [
    path("ke-hoach-don-vi/<int:pk>/excel/", views.unit_plan_excel, name="unit_plan_excel"),
    path("ke-hoach-don-vi/<int:pk>/excel/mau/", views.unit_plan_excel_template, name="unit_plan_excel_template"),
    path(
        "ke-hoach-don-vi/<int:pk>/excel/<int:upload_pk>/", views.unit_plan_excel_preview, name="unit_plan_excel_preview"
    ),
    path(
        "ke-hoach-don-vi/<int:pk>/excel/<int:upload_pk>/cot/", views.unit_plan_excel_columns,
        name="unit_plan_excel_columns",
    ),
    path(
        "ke-hoach-don-vi/<int:pk>/excel/<int:upload_pk>/danh-dau-loi/", views.unit_plan_excel_marked,
        name="unit_plan_excel_marked",
    ),
    path(
        "ke-hoach-don-vi/<int:pk>/excel/<int:upload_pk>/bo/", views.unit_plan_excel_drop, name="unit_plan_excel_drop"
    ),
]  # fmt: skip
