"""Values of indices for the harness to look at. They are invented, and say so: the demo itself has none."""

from datetime import date, datetime
from decimal import Decimal

from accounts.cast import Cast
from plans.models import IndexScheme, IndexValue
from reporting.judging.judgements import judge, subjects
from reporting.models import Judgement, Period

SOURCE = "Số giả định của bộ kiểm thử, không phải số công bố"
# series, year, score, rank, group
VALUES = (
    ("PAR INDEX", 2017, "77.5", 40, ""),
    ("PAR INDEX", 2018, "76.25", 45, ""),
    ("PAR INDEX", 2020, "83.4", 38, ""),
    ("PAR INDEX", 2021, "85.5", 44, ""),
    ("PAPI (6 chỉ số nội dung)", 2017, "36.1", None, "Trung bình thấp"),
    ("PAPI (8 chỉ số nội dung)", 2018, "43.2", None, "Trung bình cao"),
    ("PAPI (8 chỉ số nội dung)", 2019, None, None, "Thấp nhất"),
    ("PCI", 2020, "61.9", 52, ""),
    ("PCI", 2021, "62.2", 58, ""),
    ("ICT INDEX", 2019, "0.41", 50, ""),
)
# progress, likelihood, reason
LIGHTS = (
    {"progress": "on_track", "likelihood": "likely", "reason": ""},
    {"progress": "delayed", "likelihood": "uncertain", "reason": "Chờ phần mềm một cửa; đôn đốc trước 30/9."},
    {"progress": "off", "likelihood": "unlikely", "reason": "Ba đơn vị chưa có hoạt động; đề nghị Giám đốc chỉ đạo."},
)


def add(cast: Cast, now: datetime) -> None:
    """Some years of four indices: a year missing, a series that broke, scores and ranks that are missing."""
    schemes = {scheme.name: scheme for scheme in IndexScheme.objects.all()}
    IndexValue.objects.bulk_create(
        IndexValue(
            agency=cast.agency, scheme=schemes[series], year=year, entity="Tỉnh Ninh Thuận", group=group,
            score=score and Decimal(score), maximum=schemes[series].maximum, rank=rank, number_ranked=rank and 63,
            source=SOURCE, published_on=date(year + 1, 5, 20),
        )
        for series, year, score, rank, group in VALUES
    )  # fmt: skip
    for number, code in enumerate(("2022-Q2", "2022-Q3")):
        period = Period.objects.get(agency=cast.agency, code=code)
        found = subjects(period)[number:6]
        rows = [{"thing": subject.thing, **LIGHTS[(at + number) % 3]} for at, subject in enumerate(found)]
        judge(period, rows, seen={subject.pk: "0" for subject in found}, by=cast.office_staff, now=now)


def lengthen(text: str) -> None:
    """Sources, groups and reasons as long as people write them."""
    IndexValue.objects.update(source=text[:500], group=text[:100])
    Judgement.objects.exclude(reason="").update(reason=text[:1000])


def addresses() -> dict[str, list]:
    """Name of a row's `of` → what the address carries."""
    return {"ranking_index": ["par-index"], "unpublished_index": ["ddci"]}
