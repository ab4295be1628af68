"""The Office keeps the list of indicators: what is used keeps its meaning and is ended, never deleted."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Event
from accounts.workflow import MoveRefused, StaleState
from plans.indicators import keeping
from plans.models import Activity, Audience, Channel, Indicator, UnitPlan
from plans.tests.factories import issued_plan

ADD = "/chi-tieu/them/"
pytestmark = pytest.mark.usefixtures("reference")


@pytest.fixture
def office(cast, client):
    client.force_login(cast.office_staff, backend="django.contrib.auth.backends.ModelBackend")
    return client


def facts(**more) -> dict:
    return {"name": "Lượt chiếu phim lưu động", "unit_of_measure": "lượt", "kind": "count"} | more


@pytest.fixture
def used(cast, at):
    """Leaflets, promised by a line of a unit's plan."""
    unit_plan = UnitPlan.objects.filter(plan=issued_plan(cast)).first()
    row = Indicator.objects.get(code="leaflets")
    Activity.objects.create(
        unit_plan=unit_plan, area=unit_plan.plan.scheme.areas.first(), title="Phát tờ gấp", person="Hà",
        channel=Channel.objects.get(code="leaflet"), audience=Audience.objects.get(code="people"),
        starts=date(2022, 3, 1), ends=date(2022, 3, 31), indicator=row, quantity=100,
    )  # fmt: skip
    return row


def test_an_indicator_is_added_with_a_code_of_its_name_and_stands_last(office, cast):
    zalo = Channel.objects.get(code="zalo")
    assert office.post(ADD, facts(channels=[zalo.pk], starts="01/01/2027")).status_code == 302
    row = Indicator.objects.get(code="luot-chieu-phim-luu-dong")
    assert (row.name, row.unit_of_measure, row.kind, row.source) == (
        "Lượt chiếu phim lưu động", "lượt", "count", "quantity",
    )  # fmt: skip
    assert list(row.channels.all()) == [zalo]
    assert row.starts == date(2027, 1, 1)
    assert Indicator.objects.last() == row
    assert Event.objects.about(row).get().actor == str(cast.office_staff)


def test_a_ratio_is_made_of_two_others_and_a_code_of_its_levels(office):
    articles, posts = (Indicator.objects.get(code=code) for code in ("articles", "posts"))
    office.post(ADD, facts(name="Bài một tin", kind="ratio", numerator=articles.pk, denominator=posts.pk))
    ratio = Indicator.objects.get(name="Bài một tin")
    assert (ratio.numerator, ratio.denominator, ratio.source) == (articles, posts, "parts")
    office.post(ADD, facts(name="Mức niêm yết", kind="code", levels="chưa\nđang làm\n\n đã  xong \n"))
    assert Indicator.objects.get(name="Mức niêm yết").levels == ["chưa", "đang làm", "đã xong"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"name": "Sáng kiến"}, "Đã có chỉ tiêu tên này"),
        ({"kind": "ratio"}, "Tỷ lệ cần có tử số"),
        ({"kind": "code", "levels": "chưa"}, "ít nhất hai mức"),
        ({"kind": "code", "levels": "chưa\nchưa"}, "hai mức cùng tên"),
        ({"kind": "code", "levels": "\n".join(map(str, range(11)))}, "Tối đa 10 mức"),
        ({"kind": "sum"}, "Lựa chọn không có"),
        ({"starts": "02/01/2022", "ends": "01/01/2022"}, "từ ngày bắt đầu trở đi"),
        ({"unit_of_measure": ""}, "Nhập đơn vị tính"),
    ],
)
def test_what_cannot_be_is_refused_in_place_and_stays(office, given, words):
    count = Indicator.objects.count()
    page = office.post(ADD, facts(**given))
    assert page.status_code == 200
    assert words in page.content.decode()
    assert Indicator.objects.count() == count


def test_a_ratio_of_one_indicator_by_itself_is_refused(office):
    pk = Indicator.objects.get(code="articles").pk
    page = office.post(ADD, facts(kind="ratio", numerator=pk, denominator=pk)).content.decode()
    assert "Mẫu số phải khác tử số" in page


def test_what_is_used_keeps_its_meaning_and_may_be_renamed_and_ended(office, used):
    address = f"/chi-tieu/{used.code}/sua/"
    sent = facts(name="Tờ rơi", unit_of_measure="cái", kind="stock", ends="31/12/2022", version=used.version)
    assert office.post(address, sent).status_code == 302
    row = Indicator.objects.get(pk=used.pk)
    assert (row.name, row.ends, row.version) == ("Tờ rơi", date(2022, 12, 31), 2)
    assert (row.code, row.unit_of_measure, row.kind) == ("leaflets", "tờ", "count")
    assert row not in Indicator.objects.on(date(2023, 1, 1))


def test_a_changed_meaning_is_refused_by_whatever_way_it_comes(used, cast, at):
    with pytest.raises(MoveRefused, match="đơn vị tính"):
        keeping.save(used, by=cast.office_staff, now=at(2022, 3, 1), version=used.version, unit_of_measure="cái")


def test_a_ratio_of_what_is_used_keeps_its_parts(cast, at):
    rate = Indicator.objects.get(code="tasks-rate")
    other = Indicator.objects.get(code="articles")
    with pytest.raises(MoveRefused, match="tử số"):
        keeping.save(rate, by=cast.office_staff, now=at(2022, 3, 1), version=1, numerator=other)


def test_only_what_was_never_used_is_deleted(office, used, cast, at):
    assert keeping.used_by(used) == ["hoạt động"]
    page = office.post(f"/chi-tieu/{used.code}/xoa/", follow=True).content.decode()
    assert "đã được dùng (hoạt động)" in page
    assert "có sẵn của cổng" in office.post("/chi-tieu/money/xoa/", follow=True).content.decode()
    assert "chỉ tiêu thống kê" in office.post("/chi-tieu/findings/xoa/", follow=True).content.decode()
    office.post(ADD, facts())
    office.post("/chi-tieu/luot-chieu-phim-luu-dong/xoa/")
    assert set(Indicator.objects.filter(code__in=["leaflets", "money", "findings"]).values_list("code", flat=True)) == {
        "leaflets", "money", "findings",
    }  # fmt: skip
    assert not Indicator.objects.filter(code="luot-chieu-phim-luu-dong").exists()


def test_who_saved_first_is_not_overwritten_unseen(office, cast, at):
    row = Indicator.objects.get(code="initiatives")
    keeping.save(row, by=cast.chief, now=at(2022, 3, 1), version=1, name="Sáng kiến, giải pháp")
    page = office.post("/chi-tieu/initiatives/sua/", facts(name="Sáng kiến hay", version=1))
    assert page.status_code == 409
    assert "Sáng kiến, giải pháp" in page.content.decode()
    assert "Sáng kiến hay" in page.content.decode()
    with pytest.raises(StaleState):
        keeping.save(row, by=cast.chief, now=at(2022, 3, 1), version=1, name="Khác")


def test_two_names_alike_get_two_codes(cast, at):
    for name, code in (("Số buổi", "so-buoi"), ("Số buồi", "so-buoi-2"), ("Đường", "duong"), ("???", "chi-tieu")):
        row = keeping.save(Indicator(), by=cast.chief, now=at(2022, 3, 1), **facts(name=name))
        assert row.code == code


def test_nobody_but_the_office_writes(cast, at):
    row = Indicator.objects.get(code="initiatives")
    for person in (cast.director, cast.editor("ldvl")):
        with pytest.raises(PermissionDenied):
            keeping.save(row, by=person, now=at(2022, 3, 1), version=1, name="Khác")
        with pytest.raises(PermissionDenied):
            keeping.remove(row, by=person, now=at(2022, 3, 1))


def test_a_longer_list_asks_no_more(office, cast, at, django_assert_max_num_queries):
    office.get("/chi-tieu/")
    with django_assert_max_num_queries(12) as few:
        office.get("/chi-tieu/")
    for number in range(6):
        row = keeping.save(Indicator(), by=cast.chief, now=at(2022, 3, 1), **facts(name=f"Chỉ tiêu {number}"))
        row.channels.set(Channel.objects.all()[:3])
    with django_assert_max_num_queries(len(few)):
        page = office.get("/chi-tieu/").content.decode()
    assert "Chỉ tiêu 5" in page and "cộng tử số" in page
