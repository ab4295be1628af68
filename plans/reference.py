"""The lists the portal ships with; `load()` adds what is missing and changes nothing an office has edited."""

from datetime import date

from plans.models import AreaScheme, Audience, Channel, ContentArea, Indicator

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

# code, name, unit of measure, where the figure comes from
INDICATORS = (
    ("articles", "Số tin, bài", "tin, bài", "quantity"),
    ("columns", "Chuyên mục, chuyên trang", "chuyên mục", "quantity"),
    ("programmes", "Phóng sự, chương trình phát thanh, truyền hình", "chương trình", "quantity"),
    ("broadcasts", "Lượt phát thanh cơ sở", "lượt", "quantity"),
    ("trainings", "Hội nghị, lớp tập huấn", "cuộc", "quantity"),
    ("participants", "Lượt người dự", "lượt người", "participants"),
    ("leaflets", "Tờ rơi, tờ gấp", "tờ", "quantity"),
    ("panels", "Pano, áp phích", "cái", "quantity"),
    ("contests", "Cuộc thi", "cuộc", "quantity"),
    ("entries", "Bài dự thi", "bài", "quantity"),
    ("posts", "Bài đăng Zalo, fanpage, trang thông tin", "bài", "quantity"),
    ("views", "Lượt xem, tiếp cận", "lượt", "reach"),
    ("interactions", "Lượt tương tác", "lượt", "quantity"),
    ("meetings", "Cuộc họp lồng ghép", "cuộc", "quantity"),
    ("dialogues", "Cuộc đối thoại", "cuộc", "quantity"),
    ("initiatives", "Sáng kiến", "sáng kiến", "quantity"),
    ("money", "Kinh phí", "đồng", "money"),
)


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
    Indicator.objects.bulk_create(
        (
            Indicator(code=code, name=name, unit_of_measure=measure, source=source, position=position)
            for position, (code, name, measure, source) in enumerate(INDICATORS)
        ),
        ignore_conflicts=True,
    )
