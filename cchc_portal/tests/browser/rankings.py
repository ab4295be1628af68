"""Values of indices for the harness to look at. They are invented, and say so: the demo itself has none."""

from datetime import date, datetime
from decimal import Decimal

from accounts.cast import Cast
from plans.models import IndexScheme, IndexValue

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


def lengthen(text: str) -> None:
    """Sources and groups as long as people write them."""
    IndexValue.objects.update(source=text[:500], group=text[:100])


def addresses() -> dict[str, list]:
    """Name of a row's `of` → what the address carries."""
    return {"ranking_index": ["par-index"], "unpublished_index": ["ddci"]}
