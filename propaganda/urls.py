from django.urls import path

from propaganda import views

urlpatterns = [
    path("ket-qua/", views.result_list, name="result_list"),
    path("ket-qua/ke-hoach/", views.activity_list, name="activity_list"),
    path("ket-qua/moi/", views.result_add, name="result_add"),
    path("ket-qua/nhieu/", views.result_many, name="result_many"),
    path("ket-qua/nhieu/mau/", views.result_many_template, name="result_many_template"),
    path("ket-qua/nhieu/excel/", views.result_many_excel, name="result_many_excel"),
    path("ket-qua/<int:pk>/", views.result_detail, name="result_detail"),
    path("ket-qua/<int:pk>/sua/", views.result_edit, name="result_edit"),
    path("ket-qua/<int:pk>/xoa/", views.result_remove, name="result_remove"),
    path("ket-qua/<int:pk>/minh-chung/", views.evidence_add, name="evidence_add"),
    path("minh-chung/<int:pk>/", views.evidence_file, name="evidence_file"),
]
