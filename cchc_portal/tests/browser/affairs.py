"""What the harness looks at of deadlines and of links to other programs, beside the demo's year."""

import uuid
from datetime import date, datetime, timedelta

from accounts.cast import Cast
from accounts.models import Succession, Webhook
from accounts.succession.recording import Change, record
from plans.deadlines import extensions
from plans.difficulties.acts import raise_difficulty
from plans.directives.about import About
from plans.directives.acts import give
from plans.models import Difficulty, Directive, Duty, Extension, Holiday, Obligation, ObligationKind

UNIT = "ddncc"


def add(cast: Cast, now: datetime) -> None:
    """An extension, a difficulty and a directive unanswered, a day worked in place of another, a link elsewhere."""
    day, key = date(2022, 12, 30), uuid.UUID(int=9)
    extensions.ask(_owed(), by=cast.head(UNIT), now=now, reason="Chờ số liệu.", day=day, key=key)
    raise_difficulty(
        unit=cast.units[UNIT], by=cast.editor(UNIT), now=now, key=key, title="Máy quét của bộ phận một cửa bị hỏng"
    )
    give(
        agency_id=cast.agency.pk, by=cast.director, now=now, key="harness", owner=cast.units[UNIT], about=About(),
        text="Rà soát, phát lại tờ gấp về dịch vụ công trực tuyến tại bộ phận một cửa.", day=now.date() + timedelta(30),
    )  # fmt: skip
    Holiday.objects.create(day=date(2022, 9, 10), name="Làm bù", works=True)
    merged = Change(
        "merged", now.date(), "15/QĐ-UBND", now.date(), before=[cast.units["cnmt"]], after=[cast.units["pctnxh"]]
    )
    record(merged, cast.agency, by=cast.chief, now=now, key=uuid.UUID(int=15))
    Webhook.objects.create(agency=cast.agency, name="Zalo", url="https://bot.example.vn/", secret="0" * 64, made_at=now)


def _owed() -> Obligation:
    rows = Obligation.objects.filter(unit__code=UNIT, kind=ObligationKind.UNIT_REPORT, first_submitted_at=None)
    return rows.order_by("due_at").first()


def addresses() -> dict[str, list]:
    """Name of a row's `of` → what the address carries."""
    duty = Duty.objects.filter(plan__year=2022, plan__amends=None, kind=ObligationKind.UNIT_REPORT).first()
    return {
        "obligation": [_owed().pk],
        "occasion": [duty.pk, "2022-Q4"],
        "extension": [Extension.objects.first().pk],
        "difficulty": [Difficulty.objects.first().pk],
        "directive": [Directive.objects.get(key="harness").pk],
        "holiday": [Holiday.objects.first().pk],
        "indicator": ["leaflets"],
        "succession": [Succession.objects.first().pk],
        "webhook": [Webhook.objects.first().pk],
    }
