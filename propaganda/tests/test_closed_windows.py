"""What lies in the days of a report already handed in stands still."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Event
from accounts.workflow import MoveRefused
from documents.tests.files import png
from plans.models import ClosedWindow
from propaganda.actions import add_evidence, change_result, is_closed, remove_result
from propaganda.models import Result


@pytest.fixture
def close(cast, at):
    """Hand in the report of Quý I/2022 of a unit."""

    def closed(code: str = "ldvl") -> ClosedWindow:
        return ClosedWindow.objects.create(
            unit=cast.units[code], starts=date(2021, 12, 15), ends=date(2022, 3, 14), closed_at=at(2022, 3, 15)
        )

    return closed


@pytest.mark.parametrize(
    ("day", "supplement"),
    [
        (date(2021, 12, 14), False),
        (date(2021, 12, 15), True),
        (date(2022, 3, 14), True),
        (date(2022, 3, 15), False),
    ],
)
def test_a_late_result_of_a_reported_window_is_kept_as_a_supplement(result_of, close, at, day, supplement):
    close()
    assert result_of(happened_on=day, now=at(2022, 3, 20)).supplement is supplement


def test_another_units_report_closes_nothing_here(result_of, close, at):
    close("khtc")
    assert not result_of(now=at(2022, 3, 20)).supplement


def test_a_reported_result_is_neither_changed_nor_removed(result_of, close, cast, at):
    result = result_of()
    close()
    assert is_closed(result)
    with pytest.raises(MoveRefused, match="15/12/2021 đến 14/3/2022.*Chánh Văn phòng"):
        change_result(result, by=cast.editor("ldvl"), now=at(2022, 3, 20), version=1, quantities={}, title="Khác")
    with pytest.raises(MoveRefused, match="Không xóa được"):
        remove_result(result, by=cast.editor("ldvl"), now=at(2022, 3, 20), reason="Ghi nhầm")
    assert Result.objects.get().title == result.title
    assert [event.action for event in Event.objects.about(result)] == ["record"]


def test_a_report_sent_back_opens_its_days_again(result_of, close, cast, at):
    result = result_of()
    close().delete()
    changed = change_result(result, by=cast.editor("ldvl"), now=at(2022, 3, 20), version=1, quantities={}, title="Khác")
    assert changed.title == "Khác"


def test_a_result_moved_into_reported_days_becomes_a_supplement(result_of, close, cast, at):
    result = result_of(happened_on=date(2022, 3, 16), now=at(2022, 3, 18))
    close()
    changed = change_result(
        result, by=cast.editor("ldvl"), now=at(2022, 3, 20), version=1, quantities={}, happened_on=date(2022, 3, 10)
    )
    assert changed.supplement


def test_proof_is_still_taken_after_the_report(result_of, close, cast, at, kept_files):
    result = result_of()
    close()
    assert add_evidence(result, file=png(), by=cast.editor("ldvl"), now=at(2022, 3, 20))


def test_a_change_needs_the_version_that_was_seen_and_the_conflict_carries_both(result_of, lists, cast, at):
    from propaganda.actions import ResultConflict

    result = result_of(title="Bản đầu")
    by, now = cast.editor("ldvl"), at(2022, 3, 11)
    first = change_result(result, by=by, now=now, version=1, quantities={lists.leaflets: 5}, title="Bản của Hà")
    assert first.version == 2
    with pytest.raises(ResultConflict) as conflict:
        change_result(result, by=cast.head("ldvl"), now=now, version=1, quantities={}, title="Bản của Hùng")
    assert conflict.value.stored.title == "Bản của Hà"
    assert conflict.value.typed["title"] == "Bản của Hùng"
    assert Result.objects.get().title == "Bản của Hà"
    assert Event.objects.about(result).count() == 2


def test_a_change_tells_what_was_and_what_is(result_of, lists, cast, at):
    result = result_of(quantities={lists.leaflets: 500})
    change_result(
        result, by=cast.head("ldvl"), now=at(2022, 3, 11), version=1, quantities={lists.leaflets: 450},
        happened_on=date(2022, 3, 2),
    )  # fmt: skip
    event = Event.objects.about(result).last()
    assert (event.data["before"]["Tờ rơi, tờ gấp"], event.data["after"]["Tờ rơi, tờ gấp"]) == ("500 tờ", "450 tờ")
    assert (event.data["before"]["ngày thực hiện"], event.data["after"]["ngày thực hiện"]) == ("01/3/2022", "02/3/2022")
    assert event.post == "Trưởng phòng"


@pytest.mark.parametrize("username", ["khtc.soan", "hoa", "binh", "duc"])
def test_only_the_unit_changes_and_removes_its_results(result_of, cast, at, username):
    result = result_of()
    by, now = cast.people[username], at(2022, 3, 11)
    with pytest.raises(PermissionDenied):
        change_result(result, by=by, now=now, version=1, quantities={}, title="Khác")
    with pytest.raises(PermissionDenied):
        remove_result(result, by=by, now=now, reason="Không thích")
    with pytest.raises(PermissionDenied):
        add_evidence(result, file=png(), by=by, now=now)


def test_a_removal_needs_a_reason_and_the_event_keeps_what_it_said(
    result_of, cast, at, kept_files, django_capture_on_commit_callbacks
):
    result = result_of(title="Ghi nhầm đơn vị", evidence=[png()])
    about = Event.objects.about(result)
    for reason in ("", "\u200b", "\u00a0 "):
        with pytest.raises(MoveRefused, match="lý do"):
            remove_result(result, by=cast.head("ldvl"), now=at(2022, 3, 11), reason=reason)
    assert len(kept_files()) == 1
    with django_capture_on_commit_callbacks(execute=True):
        remove_result(result, by=cast.head("ldvl"), now=at(2022, 3, 11), reason="Ghi nhầm")
    assert not Result.objects.exists()
    assert kept_files() == []
    assert (about.last().action, about.last().reason) == ("remove", "Ghi nhầm")
    assert about.last().data["before"]["việc đã làm"] == "Ghi nhầm đơn vị"
