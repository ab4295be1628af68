"""The indices the portal ships with, and how many provinces there are to be ranked. No value is shipped."""

from plans.models.ranking import IndexScheme, Ranked, RankingIndex

YEARLY = "hằng năm, vào năm sau"

# code, short, name, owner, who is ranked, how often, and what is unlike the others
INDICES = (
    ("par-index", "PAR INDEX", "Chỉ số cải cách hành chính", "Bộ Nội vụ", Ranked.PROVINCE, YEARLY, {}),
    ("sipas", "SIPAS", "Chỉ số hài lòng về sự phục vụ hành chính", "Bộ Nội vụ", Ranked.PROVINCE, YEARLY, {}),
    (
        "papi", "PAPI", "Chỉ số hiệu quả quản trị và hành chính công cấp tỉnh", "UNDP, CECODES", Ranked.PROVINCE,
        YEARLY, {"score_may_miss": True, "rank_may_miss": True},
    ),
    (
        "pci", "PCI", "Chỉ số năng lực cạnh tranh cấp tỉnh", "VCCI", Ranked.PROVINCE, YEARLY,
        {"score_may_miss": True, "rank_may_miss": True},
    ),
    (
        "ddci", "DDCI", "Chỉ số năng lực cạnh tranh cấp sở, ban, ngành và địa phương", "Ủy ban nhân dân tỉnh",
        Ranked.AGENCY, YEARLY, {},
    ),
    ("dti", "DTI", "Chỉ số chuyển đổi số", "Bộ Khoa học và Công nghệ (từ năm 2025)", Ranked.PROVINCE, YEARLY, {}),
    (
        "ict-index", "ICT INDEX", "Chỉ số sẵn sàng cho phát triển và ứng dụng công nghệ thông tin",
        "Bộ Thông tin và Truyền thông, Hội Tin học Việt Nam", Ranked.PROVINCE, YEARLY, {"is_discontinued": True},
    ),
)  # fmt: skip

# index, name of the series, first and last year, lowest and highest score, another scale, unit, grades
SCHEMES = (
    # Quyết định số 876/QĐ-BNV của Bộ Nội vụ
    ("par-index", "PAR INDEX", 2012, None, 0, 100, None, "%", [["A", 90], ["B", 80], ["C", 70]]),
    ("sipas", "SIPAS", 2015, None, 0, 100, None, "%", []),
    ("papi", "PAPI (6 chỉ số nội dung)", 2011, 2017, 6, 60, None, "điểm", []),
    ("papi", "PAPI (8 chỉ số nội dung)", 2018, None, 8, 80, None, "điểm", []),
    ("pci", "PCI", 2005, 2024, 0, 100, None, "điểm", []),
    ("pci", "PCI 2.0", 2025, None, 0, 100, None, "điểm", []),
    ("ddci", "DDCI", 2015, None, 0, 100, None, "điểm", []),
    ("dti", "DTI", 2020, None, 0, 1, 1000, "", []),
    ("ict-index", "ICT INDEX", 2005, None, 0, 1, None, "", []),
)

# Provinces and cities under the central government from that year's ranking on: Nghị quyết số 15/2008/QH12,
# Nghị quyết số 202/2025/QH15.
PROVINCES = ((0, 64), (2008, 63), (2025, 34))


def provinces_in(year: int) -> int:
    """How many provinces a ranking of that year can be of at most."""
    return next(number for first, number in reversed(PROVINCES) if first <= year)


def load() -> None:
    """Add the missing indices and, to those without any, their series; what an office has changed stays."""
    RankingIndex.objects.bulk_create(
        (
            RankingIndex(
                code=code, short=short, name=name, owner=owner, ranked=ranked, every=every, position=position, **more
            )
            for position, (code, short, name, owner, ranked, every, more) in enumerate(INDICES)
        ),
        ignore_conflicts=True,
    )  # fmt: skip
    without = dict(RankingIndex.objects.filter(schemes=None).values_list("code", "pk"))
    IndexScheme.objects.bulk_create(
        IndexScheme(
            index_id=without[code], name=name, first_year=first, last_year=last, minimum=minimum, maximum=maximum,
            other_maximum=other, unit=unit, grades=grades,
        )
        for code, name, first, last, minimum, maximum, other, unit, grades in SCHEMES
        if code in without
    )  # fmt: skip
