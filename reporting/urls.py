"""Addresses of what is told upward: overviews, unit reports, roll-ups."""

from django.urls import path

from reporting.views import (
    analysis,
    director,
    judging,
    overview,
    roll_up,
    roll_up_moves,
    roll_up_narrative,
    search,
    stock_takes,
    unit_report,
    unit_report_edit,
    unit_report_moves,
)

overview_urls = [
    path("", overview.home, name="home"),
    path("dieu-hanh/danh-gia/<slug:code>/", judging.judging, name="judging"),
    path("dieu-hanh/", director.dashboard, name="dashboard"),
    path("dieu-hanh/bang/<slug:name>/", director.director_table, name="director_table"),
    path("dieu-hanh/giao-ban/", stock_takes.stock_take_list, name="stock_take_list"),
    path("dieu-hanh/giao-ban/<int:pk>/", stock_takes.stock_take, name="stock_take"),
    path("so-lieu/<str:code>/", overview.figure_rows, name="figure_rows"),
    path("phan-tich/", analysis.analysis, name="analysis"),
    path("phan-tich/excel/", analysis.analysis_excel, name="analysis_excel"),
    path("phan-tich/hinh.svg", analysis.analysis_picture, {"format": "svg"}, name="analysis_svg"),
    path("phan-tich/hinh.png", analysis.analysis_picture, {"format": "png"}, name="analysis_png"),
    path("phan-tich/luu/", analysis.analysis_save, name="analysis_save"),
    path("phan-tich/<int:pk>/bo/", analysis.analysis_remove, name="analysis_remove"),
    path("tim-kiem/", search.search_page, name="search"),
]

report_urls = [
    path("bao-cao/", unit_report.unit_report_list, name="unit_report_list"),
    path("bao-cao/don-vi/<int:pk>/", unit_report.unit_report, name="unit_report"),
    path("bao-cao/don-vi/<int:pk>/soan/", unit_report_edit.unit_report_edit, name="unit_report_edit"),
    path("bao-cao/don-vi/<int:pk>/so-lieu/<slug:code>/", unit_report.unit_report_figure, name="unit_report_figure"),
    path("bao-cao/don-vi/<int:pk>/in/", unit_report.print_unit_report, name="print_unit_report"),
    path("bao-cao/don-vi/<int:pk>/kiem-tra/", unit_report_moves.unit_report_check, name="unit_report_check"),
    path("bao-cao/don-vi/<int:pk>/nop/", unit_report_moves.unit_report_submit, name="unit_report_submit"),
    path("bao-cao/don-vi/<int:pk>/nop-thay/", unit_report_moves.unit_report_paper, name="unit_report_paper"),
    path("bao-cao/don-vi/<int:pk>/chuyen/", unit_report_moves.unit_report_move, name="unit_report_move"),
    path("bao-cao/don-vi/<int:pk>/xem-xet/", unit_report_moves.unit_report_review, name="unit_report_review"),
    path("tong-hop/<slug:code>/", roll_up.roll_up, name="roll_up"),
    path("tong-hop/<slug:code>/so-lieu.json", roll_up.roll_up_json, name="roll_up_json"),
    path("tong-hop/<slug:code>/so-lieu.csv", roll_up.roll_up_csv, name="roll_up_csv"),
    path("tong-hop/<slug:code>/noi-dung/<slug:area>/", roll_up.roll_up_area, name="roll_up_area"),
    path("tong-hop/<slug:code>/loi-van/", roll_up.roll_up_words, name="roll_up_words"),
    path("tong-hop/<slug:code>/loi-bao-cao/", roll_up_narrative.roll_up_narrative, name="roll_up_narrative"),
    path("tong-hop/<slug:code>/muc/<slug:part>/", roll_up_narrative.roll_up_part, name="roll_up_part"),
    path("tong-hop/<slug:code>/doan/<int:row>/", roll_up_narrative.roll_up_paragraph, name="roll_up_paragraph"),
    path("tong-hop/<slug:code>/in/", roll_up.print_roll_up, name="print_roll_up"),
    path("tong-hop/<slug:code>/gui/", roll_up_moves.roll_up_send, name="roll_up_send"),
    path("tong-hop/<slug:code>/dinh-chinh/", roll_up_moves.roll_up_correct, name="roll_up_correct"),
    path("tong-hop/<slug:code>/lap-lai/", roll_up_moves.roll_up_rebuild, name="roll_up_rebuild"),
    path("tong-hop/<slug:code>/lap/", roll_up_moves.roll_up_build, name="roll_up_build"),
    path("tong-hop/<slug:code>/chuyen/", roll_up_moves.roll_up_move, name="roll_up_move"),
]

urlpatterns = [*overview_urls, *report_urls]
