"""Directives in a roll-up: those of the period before under "Thực hiện chỉ đạo kỳ trước", remarks that become tasks."""

import uuid
from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from accounts.models import Role
from documents.excel import workbook
from documents.official import Table
from plans import remarks
from plans.directives.about import About, about
from plans.directives.acts import DIRECTIVE, answer, give
from plans.models import Directive
from reporting.director.decisions import Asked, decisions
from reporting.roll_ups import directive_rows
from reporting.roll_ups.content import build_content, readable
from reporting.roll_ups.outline import outline
from reporting.roll_ups.papers import roll_up_paper, roll_up_sheets
from reporting.roll_ups.roll_up_remarks import part_of
from reporting.tests.factories import built, cut, period_of, ready_year, report_of, result_of, roll_up_of
from reporting.workflow import ROLL_UP

TEXT = "Phát lại tờ gấp tại bộ phận một cửa."


@pytest.fixture
def plan(cast):
    return ready_year(cast)


@pytest.fixture
def give_at(cast):
    """`give_at(instant, day)` gives ldvl a directive."""

    def make(now, day: date, text: str = TEXT, what: About | None = None) -> Directive:
        return give(
            agency_id=cast.agency.pk, by=cast.director, now=now, key=uuid.uuid4().hex, owner=cast.units["ldvl"],
            text=text, day=day, about=what or About(),
        )  # fmt: skip

    return make


def rows_of(plan, kind: str, now) -> list[dict]:
    return directive_rows.directive_rows(period_of(plan, kind), now=now)


def test_the_next_roll_up_tells_owner_day_answer_and_whether_in_time(plan, cast, give_at, at):
    row = give_at(at(2022, 3, 18), date(2022, 3, 25), what=About("figure", "2022-Q1", "Số liệu: Quý I/2022", "/"))
    answer(row, by=cast.head("ldvl"), now=at(2022, 3, 24, 9), key="k", text="Đã phát 500 tờ.")
    DIRECTIVE.move(row, "accept", by=cast.director, now=at(2022, 3, 25))
    give_at(at(2022, 4, 1), date(2022, 4, 8), "Gửi danh sách.")
    assert rows_of(plan, "Q1", at(2022, 6, 15)) == []  # given after the first quarter was over
    assert rows_of(plan, "Q2", at(2022, 6, 15)) == [
        {"id": row.pk, "text": TEXT, "about": "Số liệu: Quý I/2022", "owner": "Phòng Lao động - Việc làm",
         "given_on": "2022-03-18", "due_on": "2022-03-25", "answered_on": "2022-03-24", "answer": "Đã phát 500 tờ.",
         "group": "on_time"},
        {"id": row.pk + 1, "text": "Gửi danh sách.", "about": "", "owner": "Phòng Lao động - Việc làm",
         "given_on": "2022-04-01", "due_on": "2022-04-08", "answered_on": None, "answer": "", "group": "overdue"},
    ]  # fmt: skip
    # what was over in the second quarter is not told again in the third; what is not, is
    assert [each["text"] for each in rows_of(plan, "Q3", at(2022, 9, 15))] == ["Gửi danh sách."]


def test_a_withdrawn_one_is_not_told(plan, cast, give_at, at):
    row = give_at(at(2022, 3, 18), date(2022, 3, 25))
    DIRECTIVE.move(row, "withdraw", by=cast.director, now=at(2022, 3, 19), reason="Đã làm rồi.")
    assert rows_of(plan, "Q2", at(2022, 6, 15)) == []


def test_the_sentence_counts_each_standing():
    groups = ["on_time", "on_time", "late", "overdue"]
    said = directive_rows.sentence({"directives": [{"group": group} for group in groups]})
    assert said == (
        "Thực hiện 4 ý kiến chỉ đạo của lãnh đạo Sở: 2 đã hoàn thành đúng hạn; 1 đã hoàn thành, muộn; "
        "1 quá hạn chưa trả lời."
    )
    assert not directive_rows.sentence({"directives": []}) and not directive_rows.sentence({"directives": None})


def test_page_paper_and_excel_have_the_part(plan, cast, client, give_at, at):
    row = give_at(at(2022, 3, 18), date(2022, 3, 25))
    answer(row, by=cast.head("ldvl"), now=at(2022, 3, 28, 9), key="k", text="Đã phát 500 tờ.")
    DIRECTIVE.move(row, "accept", by=cast.director, now=at(2022, 3, 28))
    roll_up = roll_up_of(plan, "Q2")
    built(roll_up, now=at(2022, 6, 16))
    blocks = roll_up_paper(roll_up.pk, date(2022, 6, 17)).blocks
    heading = next(
        place
        for place, block in enumerate(blocks)
        if getattr(block, "title", getattr(block, "text", "")).startswith("Thực hiện chỉ")
    )
    assert blocks[heading + 1].text.startswith("Thực hiện 1 ý kiến chỉ đạo của lãnh đạo Sở: 1 đã hoàn thành, muộn")
    table = blocks[heading + 2]
    assert isinstance(table, Table) and table.rows[0].cells[1:] == (
        TEXT, "Phòng Lao động - Việc làm", "25/3/2022", "28/3/2022: Đã phát 500 tờ.", "đã hoàn thành, muộn",
    )  # fmt: skip
    book = CalamineWorkbook.from_filelike(BytesIO(workbook(roll_up_sheets(roll_up.pk, date(2022, 6, 17)))))
    assert any(TEXT in map(str, row) for row in book.get_sheet_by_name("Chỉ đạo").to_python())
    client.force_login(cast.director)
    page = client.get(reverse("roll_up", args=[roll_up.code])).content.decode()
    assert "Thực hiện chỉ đạo kỳ trước" in page and "đã hoàn thành, muộn" in page


def test_a_content_from_before_has_no_such_part(plan, at):
    content = build_content(period_of(plan), now=at(2022, 3, 20))
    older = {name: value for name, value in content.items() if name not in ("directives", "by_unit")}
    older |= {"schema": 4, "cells": [], "tasks": []}
    assert "directives" in {part.code for part in outline(content)}
    assert readable(older)["directives"] is None
    assert "directives" not in {part.code for part in outline(readable(older))}


# Remarks of the director


@pytest.fixture
def with_director(plan, cast, at):
    """The first quarter's roll-up, before the director."""
    report_of(plan, "ldvl", state="accepted")
    result_of(plan, "ldvl", date(2022, 3, 1), quantities={"leaflets": 500})
    roll_up = cut(roll_up_of(plan), cast, now=at(2022, 3, 16))
    ROLL_UP.move(roll_up, "send_to_office", by=cast.office_staff, now=at(2022, 3, 16))
    return ROLL_UP.move(roll_up, "send_to_director", by=cast.chief, now=at(2022, 3, 16))


def remarked(roll_up, cast, now, text: str):
    paragraph = roll_up.paragraphs.first()
    return remarks.make(roll_up, part=part_of(paragraph), text=text, by=cast.director, now=now, key=uuid.uuid4().hex)


def test_remarks_of_a_return_become_tasks_answered_and_accepted_with_the_report(with_director, cast, at):
    remark = remarked(with_director, cast, at(2022, 3, 17), "Nêu rõ đơn vị chậm.")
    ROLL_UP.move(with_director, "send_back", by=cast.director, now=at(2022, 3, 17), reason="Sửa theo ý kiến.")
    row = Directive.objects.get()
    # Thursday 17/3 and three working days: Tuesday 22/3
    assert (row.text, row.owner_role, row.state) == ("Nêu rõ đơn vị chậm.", Role.CHIEF_OF_OFFICE, "given")
    assert f"{row.due_at.astimezone(at(2022, 3, 17).tzinfo):%d/%m}" == "22/03" and "đoạn" in row.about
    remarks.answer(remark, text="Đã nêu tên ba đơn vị.", by=cast.office_staff, now=at(2022, 3, 18))
    ROLL_UP.move(with_director, "send_to_office", by=cast.office_staff, now=at(2022, 3, 18))
    ROLL_UP.move(with_director, "send_to_director", by=cast.chief, now=at(2022, 3, 18))
    row.refresh_from_db()
    assert row.state == "answered" and row.answers.get().text == "Đã nêu tên ba đơn vị."
    ROLL_UP.move(with_director, "approve", by=cast.director, now=at(2022, 3, 19))
    row.refresh_from_db()
    assert row.state == "accepted" and Directive.objects.count() == 1


def test_remarks_that_come_with_the_approval_are_carried_out_afterwards(with_director, cast, at):
    remarked(with_director, cast, at(2022, 3, 17), "Kỳ tới thêm số liệu Zalo.")
    ROLL_UP.move(with_director, "approve", by=cast.director, now=at(2022, 3, 17))
    row = Directive.objects.get()
    assert row.state == "given" and f"{row.due_at.astimezone(at(2022, 3, 17).tzinfo):%d/%m}" == "24/03"
    assert [each["text"] for each in rows_of(with_director.period.agency.plans.get(), "Q2", at(2022, 6, 15))] == [
        "Kỳ tới thêm số liệu Zalo."
    ]


# The Director's list, and what a directive can be about


def test_late_and_answered_ones_stand_before_the_director(plan, cast, give_at, at):
    give_at(at(2022, 3, 10), date(2022, 3, 11), "Việc quá hạn.")
    row = give_at(at(2022, 3, 10), date(2022, 3, 31), "Việc đã trả lời.")
    give_at(at(2022, 3, 10), date(2022, 3, 31), "Việc còn hạn.")
    answer(row, by=cast.head("ldvl"), now=at(2022, 3, 14), key="k", text="Xong.")
    period, now = period_of(plan), at(2022, 3, 16)
    content = build_content(period, now=now, brief=True)
    found = [
        each
        for each in decisions(Asked(cast.agency.pk, now, period, content, {"rows": []}))
        if each.kind == "directive"
    ]
    assert [(each.what, each.days) for each in found] == [
        ("Đã trả lời, chờ xem: Việc đã trả lời.", 0), ("Việc quá hạn.", 5),
    ]  # fmt: skip


def test_a_figure_is_named_by_period_indicator_unit_and_area(plan, cast, at):
    found = about("/so-lieu/2022-Q1/?don_vi=ldvl&chi_tieu=leaflets", cast.director, date(2022, 3, 16))
    assert found.kind == "figure" and found.id == "2022-Q1&chi_tieu=leaflets&don_vi=ldvl"
    assert found.words.startswith("Số liệu: Quý I/2022, ") and "Phòng Lao động - Việc làm" in found.words
    assert found.unit_id == cast.units["ldvl"].pk
    for bad in ("/so-lieu/2022-Q1/?don_vi=khong-co", "/so-lieu/2099-Q1/"):
        assert about(bad, cast.director, date(2022, 3, 16)) == About()


def test_a_paragraph_and_an_index_are_named_by_their_words(with_director, cast):
    row = with_director.paragraphs.first()
    path = f"{reverse('roll_up_narrative', args=[with_director.code])}?ve={row.pk}#doan-{row.pk}"
    found = about(path, cast.director, date(2022, 3, 17))
    assert (found.kind, found.url) == ("paragraph", path) and row.text[:40] in found.words
    assert about("/chi-so/par-index/", cast.director, date(2022, 3, 17)).words.startswith("Chỉ số PAR INDEX")
