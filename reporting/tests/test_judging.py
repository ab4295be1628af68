"""The Office's judgement of progress and likelihood: two lights with a reason, added and never changed."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from accounts.models import Event
from accounts.workflow import StaleState
from plans.models import ContentArea, RankingIndex
from reporting.judging.judgements import judge, judgements, subjects
from reporting.models import Judgement, Period
from reporting.tests.factories import ready_year

LATE = {"progress": "delayed", "likelihood": "uncertain", "reason": "Chờ phần mềm; đôn đốc trước 30/9."}
GREEN = {"progress": "on_track", "likelihood": "likely", "reason": ""}


@pytest.fixture
def plan(cast):
    plan = ready_year(cast)
    plan.targets.create(position=0, index="PAR INDEX", kind="rank_change", value=10, unit="bậc", baseline_year=2021)
    return plan


@pytest.fixture
def periods(plan):
    return {code: Period.objects.get(code=code) for code in ("2022-Q2", "2022-Q3")}


@pytest.fixture
def office(cast, client):
    client.force_login(cast.office_staff, backend="django.contrib.auth.backends.ModelBackend")
    return client


def said(thing, **words):
    return [{"thing": thing} | words]


def area(code="procedures"):
    return ContentArea.objects.get(code=code)


def sent(period, **by_code):
    """The page's form with a row for each subject; `by_code` fills those of areas."""
    data = {}
    for number, subject in enumerate(subjects(period)):
        given = by_code.get(subject.thing.code, {})
        data |= {f"rows-{number}-id": subject.pk, f"rows-{number}-version": subject.version}
        data |= {f"rows-{number}-{name}": given.get(name, "") for name in ("progress", "likelihood", "reason")}
    return data


def test_the_areas_of_the_plan_and_the_indices_with_a_target_are_judged(periods):
    found = [subject.label for subject in subjects(periods["2022-Q3"])]
    assert len(found) == 8 and found[0] == "a) Chỉ đạo, điều hành" and found[-1] == "PAR INDEX"


def test_the_latest_of_a_period_counts_and_the_period_before_stands_beside_it(cast, periods, at):
    before, now = periods["2022-Q2"], periods["2022-Q3"]
    index = RankingIndex.objects.get(short="PAR INDEX")
    for period, thing, words, seen in (
        (before, area(), LATE, "0"), (now, area(), LATE, "0"), (now, index, GREEN, "0"),
    ):  # fmt: skip
        key = f"{'index' if thing == index else 'area'}-{thing.pk}"
        judge(period, said(thing, **words), seen={key: seen}, by=cast.office_staff, now=at(2022, 9, 16))
    first = judgements(cast.agency, now).areas["procedures"].current
    judge(now, said(area(), **GREEN), seen={f"area-{area().pk}": str(first.pk)}, by=cast.chief, now=at(2022, 9, 17))
    found = judgements(cast.agency, now)
    assert found.areas["procedures"].current.progress == "on_track"
    assert found.areas["procedures"].previous.reason == LATE["reason"]
    assert found.indices["par-index"].current.by == cast.office_staff
    assert found.areas["apparatus"].current is None
    assert Judgement.objects.count() == 4
    assert judgements(cast.agency, before).areas["procedures"].previous is None


def test_judgements_take_one_query(cast, periods, at, django_assert_num_queries):
    rows = [{"thing": subject.thing, **GREEN} for subject in subjects(periods["2022-Q3"])]
    seen = {subject.pk: "0" for subject in subjects(periods["2022-Q3"])}
    judge(periods["2022-Q3"], rows, seen=seen, by=cast.office_staff, now=at(2022, 9, 16))
    with django_assert_num_queries(1):
        found = judgements(cast.agency, periods["2022-Q3"])
        assert {(row.current.by.full_name, row.current.period.label) for row in found.areas.values()}
    assert len(found.areas) == 7


def test_who_judged_first_is_not_replaced_unseen_and_sending_twice_stores_once(cast, periods, at):
    period, key, now = periods["2022-Q3"], f"area-{area().pk}", at(2022, 9, 16)
    assert len(judge(period, said(area(), **LATE), seen={key: "0"}, by=cast.office_staff, now=now)) == 1
    assert judge(period, said(area(), **LATE), seen={key: "0"}, by=cast.office_staff, now=now) == []
    with pytest.raises(StaleState, match="thủ tục hành chính"):
        judge(period, said(area(), **GREEN), seen={key: "0"}, by=cast.chief, now=now)
    assert Judgement.objects.count() == Event.objects.about(period).count() == 1


def test_a_judgement_is_never_changed_and_never_without_a_reason_when_not_green(cast, periods, at):
    period, now = periods["2022-Q3"], at(2022, 9, 16)
    row = judge(period, said(area(), **LATE), seen={f"area-{area().pk}": "0"}, by=cast.chief, now=now)[0]
    row = Judgement.objects.get(pk=row.pk)
    with pytest.raises(TypeError):
        row.save()
    with pytest.raises(TypeError):
        row.delete()
    with pytest.raises(IntegrityError):
        judge(period, said(area("apparatus"), **LATE | {"reason": ""}),
              seen={f"area-{area('apparatus').pk}": "0"}, by=cast.chief, now=now)  # fmt: skip


def test_only_the_office_judges(cast, periods, at):
    for person in (cast.director, cast.editor("ldvl")):
        with pytest.raises(PermissionDenied):
            judge(periods["2022-Q3"], said(area(), **GREEN), seen={}, by=person, now=at(2022, 9, 16))


def test_the_page_stores_what_is_filled_in_and_shows_it_to_the_director(office, cast, periods, client):
    address = "/dieu-hanh/danh-gia/2022-Q3/"
    assert office.post(address, sent(periods["2022-Q3"], procedures=LATE, leadership=GREEN)).status_code == 302
    assert Judgement.objects.count() == 2
    client.force_login(cast.director, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(address).content.decode()
    assert "Chậm tiến độ" in page and "Chưa chắc đạt" in page and "Chờ phần mềm" in page
    assert "<textarea" not in page


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (LATE | {"reason": " "}, "Ghi lý do"),
        ({"progress": "on_track", "likelihood": ""}, "Chọn khả năng đạt"),
        ({"progress": "", "likelihood": "likely"}, "Chọn tiến độ"),
        (GREEN | {"progress": "fast"}, "Lựa chọn không có"),
        (LATE | {"reason": "x" * 1001}, "1.000"),
    ],
)
def test_what_is_missing_is_said_by_the_row_and_nothing_is_stored(office, periods, given, words):
    page = office.post("/dieu-hanh/danh-gia/2022-Q3/", sent(periods["2022-Q3"], procedures=given, leadership=GREEN))
    assert page.status_code == 200
    assert words in page.content.decode() and "c) Cải cách thủ tục hành chính" in page.content.decode()
    assert not Judgement.objects.exists()


def test_a_page_opened_before_a_colleague_judged_shows_both(office, cast, periods, at):
    data = sent(periods["2022-Q3"], procedures=GREEN)
    key = f"area-{area().pk}"
    judge(periods["2022-Q3"], said(area(), **LATE), seen={key: "0"}, by=cast.chief, now=at(2022, 9, 16))
    page = office.post("/dieu-hanh/danh-gia/2022-Q3/", data)
    assert page.status_code == 409
    assert "Bản đang lưu: Chậm tiến độ" in page.content.decode()
    assert Judgement.objects.count() == 1


def test_the_page_asks_no_more_when_all_is_judged(office, cast, periods, at, django_assert_max_num_queries):
    office.get("/dieu-hanh/danh-gia/2022-Q3/")
    with django_assert_max_num_queries(20) as few:
        office.get("/dieu-hanh/danh-gia/2022-Q3/")
    for period in periods.values():
        found = subjects(period)
        judge(period, [{"thing": subject.thing, **LATE} for subject in found],
              seen={subject.pk: "0" for subject in found}, by=cast.chief, now=at(2022, 9, 16))  # fmt: skip
    with django_assert_max_num_queries(len(few)):
        page = office.get("/dieu-hanh/danh-gia/2022-Q3/").content.decode()
    assert "Quý II/2022: Chậm tiến độ" in page


def test_a_period_without_a_plan_has_nothing_to_judge(office, cast, periods):
    periods["2022-Q3"].agency.plans.update(state="draft")
    assert "Chưa có kế hoạch để đánh giá" in office.get("/dieu-hanh/danh-gia/2022-Q3/").content.decode()
    assert office.get("/dieu-hanh/danh-gia/2031-Q3/").status_code == 404
