"""Addresses of signing in, notices, progress of jobs, help and the demo."""

from django.urls import path

from accounts.views import delegations, demo, gallery, health, help, jobs, notices, session, units, webhooks

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("dang-nhap/", session.sign_in, name="sign_in"),
    path("dang-xuat/", session.sign_out, name="sign_out"),
    path("doi-mat-khau/", session.change_password, name="change_password"),
    path("tiep-tuc/", session.resume, name="resume"),
    path("thong-bao/", notices.notices, name="notices"),
    path("thong-bao/xem-het/", notices.read_all, name="read_all_notices"),
    path("thong-bao/<int:pk>/mo/", notices.open_notice, name="open_notice"),
    path("viec-nen/<int:pk>/", jobs.job_progress, name="job_progress"),
    path("ket-noi/", webhooks.webhook_list, name="webhook_list"),
    path("ket-noi/moi/", webhooks.webhook_add, name="webhook_add"),
    path("ket-noi/<int:pk>/", webhooks.webhook_detail, name="webhook_detail"),
    path("ket-noi/<int:pk>/khoa/", webhooks.webhook_secret, name="webhook_secret"),
    path("ket-noi/<int:pk>/thu/", webhooks.webhook_try, name="webhook_try"),
    path("ket-noi/<int:pk>/bo/", webhooks.webhook_remove, name="webhook_remove"),
    path("uy-quyen/", delegations.delegation_list, name="delegation_list"),
    path("uy-quyen/moi/", delegations.delegation_add, name="delegation_add"),
    path("uy-quyen/<int:pk>/thoi/", delegations.delegation_end, name="delegation_end"),
    path("don-vi/", units.unit_list, name="unit_list"),
    path("don-vi/thay-doi/", units.succession_add, name="succession_add"),
    path("don-vi/thay-doi/<int:pk>/", units.succession_detail, name="succession_detail"),
    path("don-vi/thay-doi/<int:pk>/ban-giao/", units.succession_hand_over, name="succession_hand_over"),
    path("tro-giup/", help.help_page, name="help"),
    path("kham-pha-giao-dien/", gallery.gallery, name="gallery"),
    path("minh-hoa/lich/", demo.demo_clock, name="demo_clock"),
    path("minh-hoa/vao-vai/", demo.enter_as, name="enter_as"),
]
