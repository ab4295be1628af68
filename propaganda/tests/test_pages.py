"""Who sees and does what on the pages of results, and how many queries they take."""

import re
import unicodedata
from datetime import date, timedelta
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents.tests.files import office, picture, png, upload
from plans.models import ClosedWindow
from propaganda.models import Evidence, Result

PAGES = ("/ket-qua/", "/ket-qua/ke-hoach/")
AGENCY = ("hoa", "binh", "duc", "lan", "huy", "nam")


@pytest.fixture
def result(result_of, kept_files):
    return result_of(evidence=[png()])


def addresses(result: Result) -> dict[str, str]:
    here = f"/ket-qua/{result.pk}/"
    return {
        "detail": here, "edit": f"{here}sua/", "remove": f"{here}xoa/", "add": f"{here}minh-chung/",
        "file": f"/minh-chung/{result.evidence.get().pk}/",
    }  # fmt: skip


def test_nobody_gets_in_without_signing_in(client, result):
    for address in (*PAGES, "/ket-qua/moi/", *addresses(result).values()):
        for response in (client.get(address), client.post(address)):
            assert response.status_code == 302 and "/dang-nhap/" in response.url


@pytest.mark.parametrize("username", ["ldvl.soan", "ldvl.truong"])
def test_the_own_unit_reads_and_writes(sign_in, result, username):
    person, at = sign_in(username), addresses(result)
    for address in (*PAGES, "/ket-qua/moi/", at["detail"], at["edit"], at["file"]):
        assert person.get(address).status_code == 200, address
    assert "Sửa kết quả" in person.get(at["detail"]).content.decode()


@pytest.mark.parametrize("username", ["khtc.soan", "khtc.truong", "van-phong.soan"])
def test_another_unit_finds_nothing(sign_in, result, username):
    person, at = sign_in(username), addresses(result)
    for name in ("detail", "edit", "file"):
        assert person.get(at[name]).status_code == 404, name
    for name in ("edit", "remove", "add"):
        assert person.post(at[name], {"reason": "x"}).status_code == 404, name
    assert result.title not in person.get("/ket-qua/").content.decode()
    assert Result.objects.exists()


@pytest.mark.parametrize("username", AGENCY)
def test_the_agencys_people_read_and_do_not_write(sign_in, result, username):
    person, at = sign_in(username), addresses(result)
    for address in (*PAGES, at["detail"], at["file"]):
        assert person.get(address).status_code == 200, address
    page = person.get(at["detail"]).content.decode()
    assert not any(f'"{at[name]}"' in page for name in ("edit", "remove", "add"))
    for address in ("/ket-qua/moi/", at["edit"]):
        assert person.get(address).status_code == 403, address
    for address in ("/ket-qua/moi/", at["edit"], at["remove"], at["add"]):
        assert person.post(address, {"reason": "x"}).status_code == 403, address


@pytest.mark.parametrize("name", ["remove", "add"])
def test_an_act_is_no_page(sign_in, result, name):
    assert sign_in("ldvl.soan").get(addresses(result)[name]).status_code == 405


def test_a_reader_is_not_a_writer(sign_in, result):
    person = sign_in("ldvl.soan")
    for address in (*PAGES, addresses(result)["detail"], addresses(result)["file"]):
        for method in ("put", "delete", "patch"):
            assert getattr(person, method)(address).status_code == 405


@pytest.mark.parametrize("number", ["0", "-1", "9" * 30, "１２", "a", "%00", "1.0"])
def test_addresses_of_nothing_are_404(sign_in, lists, number):
    person = sign_in("ldvl.soan")
    for address in (f"/ket-qua/{number}/", f"/ket-qua/{number}/sua/", f"/minh-chung/{number}/"):
        assert person.get(address).status_code == 404, address


def test_a_file_goes_out_under_its_name_and_cannot_run(sign_in, result_of):
    result = result_of(evidence=[png("ảnh tờ gấp.png"), upload(office("docx"), "báo cáo tháng 3.docx")])
    person = sign_in("ldvl.soan")
    for evidence, way in zip(result.evidence.order_by("pk"), ("inline", "attachment"), strict=True):
        response = person.get(f"/minh-chung/{evidence.pk}/")
        assert response["Content-Disposition"] == f"{way}; filename*=utf-8''{quote(evidence.name)}"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"].startswith("sandbox")
        assert response["Content-Type"] == evidence.content_type
        assert len(b"".join(response.streaming_content)) == evidence.size


def test_a_file_lost_from_the_store_is_404(sign_in, result, kept_files):
    kept_files()[0].unlink()
    assert sign_in("ldvl.soan").get(addresses(result)["file"]).status_code == 404


def test_proof_is_added_on_the_results_page(sign_in, result_of):
    result, person = result_of(), sign_in("ldvl.truong")
    response = person.post(f"/ket-qua/{result.pk}/minh-chung/", {"evidence": [png("../../etc/ảnh.png")]}, follow=True)
    assert "Đã thêm minh chứng." in response.content.decode()
    assert Evidence.objects.get().name == "ảnh.png"


def test_refused_proof_is_named_and_nothing_is_kept(sign_in, result_of, kept_files):
    result, person = result_of(), sign_in("ldvl.soan")
    response = person.post(f"/ket-qua/{result.pk}/minh-chung/", {"evidence": [png(), upload(b"MZ", "a.exe")]})
    assert response.status_code == 200
    assert "Các loại nhận được" in response.content.decode()
    assert "Chọn thêm ảnh" in person.post(f"/ket-qua/{result.pk}/minh-chung/").content.decode()
    assert kept_files() == [] and not Evidence.objects.exists()


def edited(result: Result, **changed) -> dict:
    return {
        "version": result.version, "title": result.title, "happened_on": "01/03/2022", "area": result.area_id,
        "channel": result.channel_id, "audience": result.audience_id,
    } | changed  # fmt: skip


def test_a_result_is_changed_and_the_page_tells_what_changed(sign_in, result):
    person = sign_in("ldvl.truong")
    response = person.post(
        addresses(result)["edit"], edited(result, title="Tiêu đề mới", participants="12"), follow=True
    )
    page = response.content.decode()
    assert "Đã lưu thay đổi." in page
    assert re.search(r"Việc đã làm: <del>Phát tờ gấp.*</del> → <ins>Tiêu đề mới</ins>", page)
    assert Result.objects.get().participants == 12


def test_two_tabs_end_in_a_page_with_both_texts_and_nothing_is_lost(sign_in, result):
    person, edit = sign_in("ldvl.soan"), addresses(result)["edit"]
    person.post(edit, edited(result, title="Bản trong thẻ một"))
    response = person.post(edit, edited(result, title="Bản trong thẻ hai"))
    page = response.content.decode()
    assert response.status_code == 409
    assert "Bản trong thẻ một" in page and "Bản trong thẻ hai</textarea>" in page
    assert Result.objects.get().title == "Bản trong thẻ một"
    shown = re.search(r'name="version" value="(\d+)"', page).group(1)
    assert person.post(edit, edited(result, title="Bản trong thẻ hai", version=shown)).status_code == 302
    assert Result.objects.get().title == "Bản trong thẻ hai"


@pytest.mark.parametrize("version", ["", "0", "-1", "abc", "9" * 30])
def test_a_version_that_is_none_changes_nothing(sign_in, result, version):
    response = sign_in("ldvl.soan").post(addresses(result)["edit"], edited(result, title="Khác", version=version))
    assert response.status_code == 200
    assert Result.objects.get().title == result.title


def test_a_locked_result_says_why_and_who_can_open_it(sign_in, result, cast, at):
    ClosedWindow.objects.create(
        unit=cast.units["ldvl"], starts=date(2021, 12, 15), ends=date(2022, 3, 14), closed_at=at(2022, 3, 9)
    )
    person, where = sign_in("ldvl.soan"), addresses(result)
    page = person.get(where["detail"]).content.decode()
    assert "Chánh Văn phòng Sở" in page and "Sửa kết quả" not in page
    for response in (
        person.post(where["edit"], edited(result, title="Khác")),
        person.post(where["remove"], {"reason": "Nhầm"}),
    ):
        assert response.status_code == 200
        assert "đã nộp báo cáo" in response.content.decode()
    assert Result.objects.get().title == result.title


def test_a_removal_asks_for_its_reason_and_then_goes_to_the_list(sign_in, result):
    person, remove = sign_in("ldvl.truong"), addresses(result)["remove"]
    assert "Nhập lý do xóa." in person.post(remove, {"reason": "\u200b"}).content.decode()
    assert "ký tự không hợp lệ" in person.post(remove, {"reason": "a\x00b"}).content.decode()
    page = person.post(remove, {"reason": "a" * 2001}).content.decode()
    assert "tối đa 2.000 ký tự" in page and "a" * 2001 in page
    response = person.post(remove, {"reason": "Ghi nhầm"}, follow=True)
    assert response.redirect_chain == [("/ket-qua/", 302)]
    assert not Result.objects.exists()
    assert person.post(remove, {"reason": "Ghi nhầm"}).status_code == 404


def titles(response) -> list[str]:
    return [result.title for result in response.context["page"]]


def test_the_list_is_narrowed_and_sorted(sign_in, result_of, lists):
    result_of(title="Tuyên truyền trên Zalo", channel=lists.zalo, happened_on=date(2022, 2, 1))
    result_of(title="Đối thoại", area=lists.other_area, happened_on=date(2022, 1, 1))
    result_of("khtc", title="Họp hòa giải", happened_on=date(2021, 12, 14))
    office = sign_in("hoa")

    def found(**query):
        return titles(office.get("/ket-qua/", query))

    assert found() == ["Tuyên truyền trên Zalo", "Đối thoại", "Họp hòa giải"]
    assert found(order="happened_on")[0] == "Họp hòa giải"
    assert found(q="tuyen truyen") == found(q="TUYÊN TRUYỀN") == ["Tuyên truyền trên Zalo"]
    assert found(q=unicodedata.normalize("NFD", "đối thoại")) == found(q="doi thoai") == ["Đối thoại"]
    assert found(q="hoà giải") == found(q="hòa giải") == ["Họp hòa giải"]
    assert found(channel=lists.zalo.pk) == ["Tuyên truyền trên Zalo"]
    assert found(area=lists.other_area.pk) == ["Đối thoại"]
    assert found(since="15/12/2021", until="14/03/2022") == ["Tuyên truyền trên Zalo", "Đối thoại"]
    assert found(since="14/12/2021", until="14/12/2021") == ["Họp hòa giải"]
    assert found(unit=Result.objects.get(title="Họp hòa giải").unit_id) == ["Họp hòa giải"]


def test_the_periods_of_the_year_are_one_click_away(sign_in, lists):
    page = sign_in("hoa").get("/ket-qua/").content.decode()
    assert '?since=15/12/2021&amp;until=14/03/2022">Quý I/2022' in page
    assert '?since=15/12/2021&amp;until=14/12/2022">Năm 2022' in page


@pytest.mark.parametrize(
    "query",
    ["page=abc", "page=-1", "page=99999999999999999999", "order=password", "order=unit__agency", "filter=__class",
     "area=__class", "area=9" + "9" * 30, "unit=x", "since=31/02/2022", "since=02/03/2022&until=01/03/2022",
     "q=" + "a" * 100_000, "channel=0", "q=%25_%5C'", "year=abc", "year=" + "9" * 30, "unit=-1"],
)  # fmt: skip
def test_a_query_that_cannot_be_gives_a_page_with_defaults(sign_in, result, query):
    person = sign_in("hoa")
    for address in PAGES:
        assert person.get(f"{address}?{query}").status_code == 200


def test_nul_in_a_query_is_404(sign_in, lists):
    assert sign_in("hoa").get("/ket-qua/?q=%00").status_code == 404


def test_a_filter_that_cannot_be_is_named(sign_in, result):
    page = sign_in("hoa").get("/ket-qua/", {"since": "31/02/2022"}).content.decode()
    assert "Không có ngày 31/02/2022" in page
    assert result.title in page


def test_an_empty_list_says_what_to_do_next(sign_in, lists):
    for address in PAGES:
        assert "empty-title" in sign_in("ldvl.soan").get(address).content.decode()
        assert "empty-title" in sign_in("hoa").get(address).content.decode()


def rows(person, **query):
    return {row.activity.title: row for row in person.get("/ket-qua/ke-hoach/", query).context["rows"]}


def test_plan_and_done_are_set_side_by_side_and_do_not_multiply(sign_in, result_of, activity, activity_of, lists, at):
    """Two results with 30 people each and 3 figures: 60 people and 500 + 250 leaflets, not 180 and 2.250."""
    from plans.models import Indicator

    people = Indicator.objects.get(code="participants")
    training = activity_of(activity.unit_plan, title="Tập huấn", indicator=people, quantity=100)
    activity_of(activity.unit_plan, title="Chưa làm")
    activity_of(activity.unit_plan, title="Không đo", indicator=None, quantity=None)
    for number in (500, 250):
        result_of(activity=activity, quantities={lists.leaflets: number, lists.initiatives: 3}, evidence=[png()])
        result_of(activity=training, participants=30, quantities={lists.leaflets: 1, lists.initiatives: 1})
    result_of(quantities={lists.leaflets: 9_999})
    found = rows(sign_in("ldvl.soan"))
    assert (found[activity.title].done, found[activity.title].words) == (750, "750/2.000 tờ")
    assert found[activity.title].percent == 37
    assert (found["Tập huấn"].done, found["Tập huấn"].activity.results_recorded) == (60, 2)
    assert (found["Chưa làm"].done, found["Chưa làm"].words) == (None, "–/2.000 tờ")
    assert found["Không đo"].words == ""


@pytest.mark.parametrize(
    ("ends", "done", "late"),
    [
        (date(2022, 3, 10), None, False),
        (date(2022, 3, 9), None, True),
        (date(2022, 3, 9), 1999, True),
        (date(2022, 3, 9), 2000, False),
    ],
)
def test_what_is_over_and_not_reached_is_pointed_out(sign_in, result_of, activity, lists, ends, done, late):
    type(activity).objects.update(ends=ends)
    if done:
        result_of(activity=activity, quantities={lists.leaflets: done})
    assert rows(sign_in("ldvl.soan"))[activity.title].is_late is late


def test_each_unit_sees_its_plan_and_the_office_all(sign_in, activity, unit_plan_of, activity_of, cast):
    activity_of(unit_plan_of("khtc"), title="Của Kế hoạch - Tài chính")
    assert set(rows(sign_in("ldvl.soan"))) == {activity.title}
    office = sign_in("hoa")
    assert set(rows(office)) == {activity.title, "Của Kế hoạch - Tài chính"}
    assert set(rows(office, unit=cast.units["khtc"].pk)) == {"Của Kế hoạch - Tài chính"}
    assert not any(row.may_record for row in rows(office).values())


@pytest.mark.parametrize("username", ["ldvl.soan", "hoa"])
def test_lists_take_the_same_queries_for_1_and_30_rows(
    sign_in, result_of, activity, activity_of, lists, username, client
):
    person = sign_in(username)

    def more(number: int) -> None:
        for index in range(number):
            line = activity_of(activity.unit_plan, title=f"Việc {index}")
            result_of(
                activity=line, happened_on=date(2022, 1, 1) + timedelta(days=index),
                quantities={lists.leaflets: 5, lists.initiatives: 1}, evidence=[png()],
            )  # fmt: skip

    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert person.get(address).status_code == 200
        return len(captured)

    more(1)
    one = [queries(address) for address in PAGES]
    more(29)
    assert [queries(address) for address in PAGES] == one


def test_a_results_page_takes_the_same_queries_for_1_and_20_files(sign_in, result_of, lists):
    person = sign_in("ldvl.soan")
    counts = []
    for files in (1, 20):
        pictures = [upload(picture_of(number), f"{number}.png") for number in range(files)]
        result = result_of(evidence=pictures, quantities={lists.leaflets: 1})
        with CaptureQueriesContext(connection) as captured:
            assert person.get(f"/ket-qua/{result.pk}/").status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


def picture_of(number: int) -> bytes:
    return picture(size=(10 + number, 10))


def test_only_the_first_20_files_are_taken(sign_in, result_of, kept_files):
    result = result_of(evidence=[upload(picture_of(number), f"{number}.png") for number in range(20)])
    response = sign_in("ldvl.soan").post(f"/ket-qua/{result.pk}/minh-chung/", {"evidence": [png()]})
    assert "tối đa 20 tệp" in response.content.decode()
    assert len(kept_files()) == 20
