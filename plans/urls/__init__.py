"""Addresses of the department's plan and of the unit plans."""

from django.urls import path

from plans.urls.deadlines import deadline_urls
from plans.urls.difficulties import difficulty_urls
from plans.urls.directives import directive_urls
from plans.urls.imports import import_urls
from plans.urls.indicators import indicator_urls
from plans.urls.issue import issue_urls
from plans.urls.plan_edit import plan_edit_urls
from plans.urls.rankings import ranking_urls
from plans.urls.remarks import remark_urls
from plans.urls.unit_plan_excel import unit_plan_excel_urls
from plans.views import (
    deadlines,
    plan,
    printing,
    receipt,
    synthesis,
    unit_plan,
    unit_plan_asked,
    unit_plan_line,
    unit_plan_moves,
    unit_plan_review,
    unit_plan_table,
)

plan_urls = [
    path("ke-hoach/", plan.plan_list, name="plan_list"),
    path("ke-hoach/<int:pk>/", plan.plan_detail, name="plan_detail"),
    path("ke-hoach/<int:pk>/chuyen/", plan.plan_move, name="plan_move"),
    path("ke-hoach/<int:pk>/diem-can-xem/", plan.settle_defects, name="settle_all_defects"),
    path("ke-hoach/<int:pk>/diem-can-xem/<int:defect_pk>/", plan.settle_defects, name="settle_defect"),
    path("ke-hoach/<int:pk>/in/", printing.print_plan, name="print_plan"),
    path("ke-hoach/<int:pk>/tong-hop/", synthesis.plan_synthesis, name="plan_synthesis"),
    path("ke-hoach/<int:pk>/tong-hop/in/", synthesis.print_synthesis, name="print_synthesis"),
    path("ke-hoach/<int:pk>/tong-hop/excel/", synthesis.synthesis_excel, name="synthesis_excel"),
    path("tra-cuu/", printing.lookup_search, name="lookup_search"),
    path("tra-cuu/<str:code>/", printing.lookup, name="lookup"),
    path("van-ban/<int:pk>/", printing.printout, name="printout"),
    path("van-ban/<int:pk>/tep/", printing.printout_file, name="printout_file"),
    path("han-nop/", deadlines.deadline_board, name="deadline_board"),
]

unit_plan_urls = [
    path("ke-hoach-don-vi/", unit_plan.unit_plan_list, name="unit_plan_list"),
    path("ke-hoach-don-vi/<int:pk>/", unit_plan.unit_plan, name="unit_plan"),
    path("ke-hoach-don-vi/<int:pk>/thong-tin-chung/", unit_plan.unit_plan_texts, name="unit_plan_texts"),
    path("ke-hoach-don-vi/<int:pk>/bang/", unit_plan_table.unit_plan_table, name="unit_plan_table"),
    path("ke-hoach-don-vi/<int:pk>/nam-truoc/", unit_plan_asked.unit_plan_last_year, name="unit_plan_last_year"),
    path("ke-hoach-don-vi/<int:pk>/yeu-cau/<slug:key>/", unit_plan_asked.item_declined, name="item_declined"),
    path("ke-hoach-don-vi/<int:pk>/hoat-dong/moi/", unit_plan_line.activity_add, name="activity_add"),
    path("ke-hoach-don-vi/<int:pk>/hoat-dong/<int:activity_pk>/", unit_plan_line.activity_edit, name="activity_edit"),
    path(
        "ke-hoach-don-vi/<int:pk>/hoat-dong/<int:activity_pk>/bo/",
        unit_plan_line.activity_remove,
        name="activity_remove",
    ),
    path("ke-hoach-don-vi/<int:pk>/khong-co/<slug:area>/", unit_plan.area_absent, name="area_absent"),
    path("ke-hoach-don-vi/<int:pk>/in/", unit_plan.print_unit_plan, name="print_unit_plan"),
    path("ke-hoach-don-vi/<int:pk>/kiem-tra/", unit_plan_moves.unit_plan_check, name="unit_plan_check"),
    path("ke-hoach-don-vi/<int:pk>/nop/", unit_plan_moves.unit_plan_submit, name="unit_plan_submit"),
    path("ke-hoach-don-vi/<int:pk>/nop-thay/", unit_plan_moves.unit_plan_paper, name="unit_plan_paper"),
    path("ke-hoach-don-vi/<int:pk>/chuyen/", unit_plan_moves.unit_plan_move, name="unit_plan_move"),
    path("ke-hoach-don-vi/<int:pk>/xem-xet/", unit_plan_review.unit_plan_review, name="unit_plan_review"),
    path("bien-nhan/<slug:number>/", receipt.receipt, name="receipt"),
    path("bien-nhan/<slug:number>/in/", receipt.print_receipt, name="print_receipt"),
    path("bien-nhan/<slug:number>/in-ban-nop/", receipt.print_handed_in, name="print_handed_in"),
    path("bien-nhan/<slug:number>/ban-giay/", receipt.receipt_scan, name="receipt_scan"),
]

urlpatterns = [
    *import_urls,
    *plan_urls,
    *issue_urls,
    *plan_edit_urls,
    *unit_plan_urls,
    *unit_plan_excel_urls,
    *deadline_urls,
    *indicator_urls,
    *remark_urls,
    *difficulty_urls,
    *directive_urls,
    *ranking_urls,
]
