"""Results that no report has told of yet go to the unit that takes over; what was told stays where it was told."""

from datetime import date
from uuid import uuid4

from accounts.models import Event
from accounts.succession.handing_over import hand_over, open_work
from accounts.succession.recording import Change, record
from plans.models import ClosedWindow
from propaganda.models import Result
from reporting.tests.factories import ready_year, result_of


def test_untold_results_move_and_told_ones_stay(cast, at):
    plan, now = ready_year(cast), at(2022, 4, 1, 9)
    told, untold = (
        result_of(plan, "ctxh", day, quantities={"leaflets": 5}) for day in (date(2022, 3, 1), date(2022, 3, 20))
    )
    ClosedWindow.objects.create(
        unit=cast.units["ctxh"], starts=date(2021, 12, 15), ends=date(2022, 3, 14), closed_at=now
    )
    change = Change(
        "merged", date(2022, 4, 1), "15/QĐ-UBND", date(2022, 3, 20), [cast.units["ctxh"]], [cast.units["ttbtxh"]]
    )
    row = record(change, cast.agency, by=cast.chief, now=now, key=uuid4())
    items = [item for group in open_work([cast.units["ctxh"]], now) for item in group.items]
    assert "1 kết quả chưa báo cáo (20/03/2022 – 20/03/2022)" in [item.what for item in items]
    hand_over(row, {item.key: "ttbtxh" for item in items}, by=cast.chief, now=now)
    assert Result.objects.get(pk=told.pk).unit.code == "ctxh"
    moved = Result.objects.get(pk=untold.pk)
    assert (moved.unit.code, moved.supplement) == ("ttbtxh", False)
    assert Event.objects.about(cast.units["ctxh"]).filter(action="hand_over_results").count() == 1
