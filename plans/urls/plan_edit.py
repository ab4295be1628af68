"""Addresses of beginning a plan of the department and of the editor of its draft."""

from django.urls import path

from plans.views import plan_edit, plan_edit_changes, plan_edit_facts, plan_edit_reread, plan_new

BASE = "ke-hoach/<int:pk>/soan/"
LISTS = (
    ("chi-tieu", "targets"),
    ("hinh-thuc", "channels"),
    ("doi-tuong", "audiences"),
    ("nhiem-vu", "duties"),
    ("noi-nhan", "recipients"),
)

plan_edit_urls = [
    path("ke-hoach/moi/", plan_new.plan_new, name="plan_new"),
    path(BASE, plan_edit.plan_edit, name="plan_edit"),
    path(f"{BASE}viec/", plan_edit.plan_edit_act, name="plan_edit_act"),
    path(f"{BASE}hoan-tac/", plan_edit.plan_edit_undo, name="plan_edit_undo"),
    path(f"{BASE}muc/<int:number>/", plan_edit.plan_edit_section, name="plan_edit_section"),
    path(f"{BASE}the-thuc/", plan_edit_facts.plan_edit_frame, name="plan_edit_frame"),
    path(f"{BASE}noi-dung/", plan_edit_facts.plan_edit_areas, name="plan_edit_areas"),
    *(
        path(f"{BASE}{slug}/", plan_edit_facts.plan_edit_list, {"name": name}, name=f"plan_edit_{name}")
        for slug, name in LISTS
    ),
    path(f"{BASE}can-cu/", plan_edit_facts.plan_edit_documents, name="plan_edit_documents"),
    path(f"{BASE}doc-lai/", plan_edit_reread.plan_edit_reread, name="plan_edit_reread"),
    path(f"{BASE}thay-doi/", plan_edit_changes.plan_edit_changes, name="plan_edit_changes"),
]
