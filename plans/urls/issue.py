"""Addresses of what becomes of a plan after its approval, and of the two registers."""

from django.urls import path

from plans.views import legal, plan_versions, register

issue_urls = [
    path("ke-hoach/<int:pk>/ban-hanh/", plan_versions.plan_issue, name="plan_issue"),
    path("ke-hoach/<int:pk>/dieu-chinh/", plan_versions.plan_amend, name="plan_amend"),
    path("ke-hoach/<int:pk>/he-qua/", plan_versions.plan_consequences, name="plan_consequences"),
    path("ke-hoach/<int:pk>/thu-hoi/", plan_versions.plan_recall, name="plan_recall"),
    path("ke-hoach/<int:pk>/cac-ban/", plan_versions.plan_versions, name="plan_versions"),
    path("ke-hoach/<int:pk>/cac-ban/<int:number>/", plan_versions.plan_version, name="plan_version"),
    path("ke-hoach/<int:pk>/ban-da-ky/", plan_versions.plan_signed_file, name="plan_signed_file"),
    path("van-ban-di/", register.register_list, name="register_list"),
    path("van-ban-di/in/", register.register_print, name="register_print"),
    path("van-ban-di/excel/", register.register_excel, name="register_excel"),
    path("van-ban-di/moi/", register.register_add, name="register_add"),
    path("van-ban-di/<int:pk>/", register.register_entry, name="register_entry"),
    path("van-ban-di/<int:pk>/sua/", register.register_edit, name="register_edit"),
    path("van-ban-di/<int:pk>/tinh-trang/", register.register_mark, name="register_mark"),
    path("van-ban-di/<int:pk>/bo-giu-so/", register.register_release, name="register_release"),
    path("van-ban-di/<int:pk>/tep/", register.register_file, name="register_file"),
    path("van-ban-can-cu/", legal.legal_list, name="legal_list"),
    path("van-ban-can-cu/moi/", legal.legal_edit, name="legal_add"),
    path("van-ban-can-cu/trung/", legal.legal_duplicates, name="legal_duplicates"),
    path("van-ban-can-cu/<int:pk>/", legal.legal_document, name="legal_document"),
    path("van-ban-can-cu/<int:pk>/sua/", legal.legal_edit, name="legal_edit"),
    path("van-ban-can-cu/<int:pk>/gop/<int:gone_pk>/", legal.legal_merge, name="legal_merge"),
]
