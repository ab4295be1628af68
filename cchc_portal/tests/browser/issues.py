"""What the harness looks at of amendments and registers, beside the demo's year."""

from datetime import datetime

from accounts.cast import Cast
from plans.models import Duty, LegalDocument, Plan, RegisterEntry
from plans.registers import register
from plans.tests.amendments import begun, sent_up


def add(cast: Cast, now: datetime) -> None:
    """An approved amendment of the year's plan, letters with a gap between their numbers, a document entered twice."""
    amendment = begun(Plan.objects.get(year=2022, amends=None), cast, now)
    amendment.sections.exclude(text="").first().delete()
    Duty.objects.create(
        plan=amendment, position=99, kind="roll_up", who="Văn phòng Sở", what="Tổng hợp năm", recurrence="yearly"
    )
    sent_up(amendment, cast, now)
    for number, subject in (("1", "V/v phối hợp tuyên truyền cải cách hành chính"), ("4", "V/v đính chính")):
        register.enter_by_hand(
            agency=cast.agency, by=cast.clerk, now=now, key=subject, series="SLĐTBXH-VP", number=number,
            signed_on=now.date(), type="Công văn", subject=subject, signer="Lê Minh Đức", recipients=["Sở Nội vụ"],
        )  # fmt: skip
    register.enter_by_hand(
        agency=cast.agency, by=cast.clerk, now=now, key="giữ số", series="SLĐTBXH-VP", signed_on=now.date(),
        type="Công văn", subject="V/v báo cáo năm", signer="", is_reserved=True,
    )  # fmt: skip
    cited = LegalDocument.objects.order_by("pk").first()
    LegalDocument.objects.create(key="twin", type=cited.type, symbol=cited.symbol.replace("/", "/ ", 1))


def lengthen(text: str) -> None:
    """The longest that these columns hold."""
    Plan.objects.exclude(amends=None).update(amending_reason=4 * text, amending_basis=text[:300])
    RegisterEntry.objects.update(
        subject=text[:500], recipients=4 * text, note=text[:500], keeper=text[:200], received_by=text[:200]
    )
    LegalDocument.objects.update(subject=text[:500], issuer=text[:200])


def addresses() -> dict[str, list]:
    amendment = Plan.objects.exclude(amends=None).get()
    twin = LegalDocument.objects.get(key="twin").pk
    cited = LegalDocument.objects.order_by("pk").first().pk
    return {
        "amendment": [amendment.pk],
        "edition": [amendment.amends_id, 2],
        "letter": [RegisterEntry.objects.get(series="SLĐTBXH-VP", number="1").pk],
        "reserved": [RegisterEntry.objects.get(kind="reserved").pk],
        "plan_entry": [RegisterEntry.objects.get(kind="plan").pk],
        "legal": [cited],
        "legal_pair": [cited, twin],
    }
