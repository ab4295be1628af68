"""The lists the portal ships with; `load()` adds what is missing and changes nothing an office has edited."""

from datetime import date

from plans.models import AreaScheme, Audience, Channel, ContentArea, FundSource, Indicator
from plans.models.catalogue import IndicatorKind, IndicatorSource
from plans.rankings import shipped

SCHEME = {
    "code": "nq76-2021-2030",
    "name": "Chương trình tổng thể cải cách hành chính nhà nước giai đoạn 2021–2030",
    "legal_basis": "Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ",
    "starts": date(2021, 7, 15),
    "ends": date(2030, 12, 31),
}

# The steering block stands before the six areas of the resolution, as in every plan and report.
AREAS = (
    ("leadership", "chỉ đạo, điều hành"),
    ("institutions", "cải cách thể chế"),
    ("procedures", "cải cách thủ tục hành chính"),
    ("apparatus", "cải cách tổ chức bộ máy"),
    ("civil-service", "cải cách chế độ công vụ"),
    ("public-finance", "cải cách tài chính công"),
    ("e-government", "xây dựng và phát triển Chính phủ điện tử, Chính phủ số"),
)

CHANNELS = (
    ("zalo", "Zalo"),
    ("fanpage", "Fanpage, mạng xã hội"),
    ("website", "Trang thông tin điện tử"),
    ("press", "Báo, đài, phóng sự"),
    ("loudspeaker", "Phát thanh cơ sở"),
    ("leaflet", "Tờ rơi, tờ gấp"),
    ("panel", "Pano, áp phích"),
    ("training", "Hội nghị, lớp tập huấn"),
    ("law-day", "Sinh hoạt Ngày Pháp luật"),
    ("meeting", "Lồng ghép họp giao ban, cuộc họp"),
    ("contest", "Cuộc thi, hội thi, sân khấu hóa"),
    ("dialogue", "Đối thoại, tư vấn trực tiếp"),
    ("press-conference", "Họp báo"),
)

AUDIENCES = (
    ("officials", "Cán bộ, công chức, viên chức, người lao động"),
    ("people", "Người dân"),
    ("businesses", "Doanh nghiệp"),
    ("people-businesses", "Người dân và doanh nghiệp"),
    ("all", "Mọi đối tượng"),
)

# code, name, how people write it in a cell
FUND_SOURCES = (
    ("autonomous", "Ngân sách nhà nước giao tự chủ", "tự chủ"),
    ("not-autonomous", "Ngân sách nhà nước không giao tự chủ", "không tự chủ"),
    ("social", "Xã hội hóa", "xã hội hóa"),
    ("service", "Nguồn thu sự nghiệp", "sự nghiệp"),
    ("other", "Nguồn khác", "khác"),
)

# Audiences that are made of others: a task for them reaches each of these.
AUDIENCE_PARTS = {
    "people-businesses": ("people", "businesses"),
    "all": ("officials", "people", "businesses"),
}

# code, name, unit of measure, where the figure comes from, channels it is recorded for (none: all)
INDICATORS = (
    ("articles", "Số tin, bài", "tin, bài", "quantity", "website press fanpage zalo loudspeaker"),
    ("columns", "Chuyên mục, chuyên trang", "chuyên mục", "quantity", "website press fanpage zalo"),
    ("programmes", "Phóng sự, chương trình phát thanh, truyền hình", "chương trình", "quantity", "press loudspeaker"),
    ("broadcasts", "Lượt phát thanh cơ sở", "lượt", "quantity", "loudspeaker"),
    ("trainings", "Hội nghị, lớp tập huấn", "cuộc", "quantity", "training law-day press-conference"),
    ("participants", "Lượt người dự", "lượt người", "participants", ""),
    ("leaflets", "Tờ rơi, tờ gấp", "tờ", "quantity", "leaflet training law-day dialogue"),
    ("panels", "Pano, áp phích", "cái", "quantity", "panel"),
    ("contests", "Cuộc thi", "cuộc", "quantity", "contest"),
    ("entries", "Bài dự thi", "bài", "quantity", "contest"),
    ("posts", "Bài đăng Zalo, fanpage, trang thông tin", "bài", "quantity", "zalo fanpage website"),
    ("views", "Lượt xem, tiếp cận", "lượt", "reach", ""),
    ("interactions", "Lượt tương tác", "lượt", "quantity", "zalo fanpage website"),
    ("meetings", "Cuộc họp lồng ghép", "cuộc", "quantity", "meeting law-day"),
    ("dialogues", "Cuộc đối thoại", "cuộc", "quantity", "dialogue"),
    ("initiatives", "Sáng kiến", "sáng kiến", "quantity", ""),
    ("money", "Kinh phí", "đồng", "money", ""),
    ("tasks", "Số nhiệm vụ đề ra", "nhiệm vụ", "tasks", ""),
    ("tasks-done", "Số nhiệm vụ đã hoàn thành", "nhiệm vụ", "tasks_done", ""),
    ("inspected-units", "Số đơn vị đã kiểm tra", "đơn vị", "quantity", ""),
    ("findings", "Số vấn đề phát hiện qua kiểm tra", "vấn đề", "quantity", ""),
    ("findings-solved", "Số vấn đề đã xử lý sau kiểm tra", "vấn đề", "quantity", ""),
)
# code, name, unit of measure, numerator, denominator
RATIOS = (
    ("tasks-rate", "Tỷ lệ hoàn thành nhiệm vụ", "%", "tasks-done", "tasks"),
    ("findings-rate", "Tỷ lệ xử lý vấn đề phát hiện", "%", "findings-solved", "findings"),
)
# What is recorded in some areas only: inspections are of the steering block.
INDICATOR_AREAS = dict.fromkeys(("inspected-units", "findings", "findings-solved"), ("leadership",))


def load() -> None:
    """Add the missing rows of every list."""
    scheme, _created = AreaScheme.objects.get_or_create(code=SCHEME["code"], defaults=SCHEME)
    ContentArea.objects.bulk_create(
        (
            ContentArea(scheme=scheme, code=code, name=name, position=position)
            for position, (code, name) in enumerate(AREAS)
        ),
        ignore_conflicts=True,
    )
    for model, rows in ((Channel, CHANNELS), (Audience, AUDIENCES)):
        model.objects.bulk_create(
            (model(code=code, name=name, position=position) for position, (code, name) in enumerate(rows)),
            ignore_conflicts=True,
        )
    FundSource.objects.bulk_create(
        (
            FundSource(code=code, name=name, short=short, position=position)
            for position, (code, name, short) in enumerate(FUND_SOURCES)
        ),
        ignore_conflicts=True,
    )
    _load_indicators(scheme)
    shipped.load()


def _load_indicators(scheme: AreaScheme) -> None:
    """The missing indicators, ratios after their parts; where one is recorded is set for new ones alone."""
    known = set(Indicator.objects.values_list("code", flat=True))
    rows = [(position, row) for position, row in enumerate(INDICATORS) if row[0] not in known]
    Indicator.objects.bulk_create(
        Indicator(code=code, name=name, unit_of_measure=measure, source=source, position=position)
        for position, (code, name, measure, source, _channels) in rows
    )
    stored = {row.code: row for row in Indicator.objects.all()}
    Indicator.objects.bulk_create(
        Indicator(
            code=code, name=name, unit_of_measure=measure, position=position, kind=IndicatorKind.RATIO,
            source=IndicatorSource.PARTS, numerator=stored[numerator], denominator=stored[denominator],
        )
        for position, (code, name, measure, numerator, denominator) in enumerate(RATIOS, len(INDICATORS))
        if code not in known
    )  # fmt: skip
    channels = {row.code: row for row in Channel.objects.all()}
    areas = {row.code: row for row in scheme.areas.all()}
    new = {code: of_channels.split() for _position, (code, *_more, of_channels) in rows}
    Indicator.channels.through.objects.bulk_create(
        Indicator.channels.through(indicator=stored[code], channel=channels[channel])
        for code, of_channels in new.items()
        for channel in of_channels
    )
    Indicator.areas.through.objects.bulk_create(
        Indicator.areas.through(indicator=stored[code], contentarea=areas[area])
        for code in new
        for area in INDICATOR_AREAS.get(code, ())
    )
