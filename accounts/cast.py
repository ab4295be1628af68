"""The fixed cast of people and units, the same in tests and in the demo.

A provincial labour department with fourteen units as such departments had them in 2022. The
people are invented. `load_cast` may be called again: it changes nothing that is already there.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from django.contrib.auth.hashers import make_password

from accounts.models import Agency, AgencyName, Post, Role, Unit, UnitKind, User
from documents.vietnamese import fold

PASSWORD = "cai-cach-2022"  # noqa: S105  the demo's, printed at the start of bin/run
SINCE = date(2016, 1, 1)

COMMITTEE = {
    "code": "ubnd-ninh-thuan",
    "name": "Ủy ban nhân dân tỉnh Ninh Thuận",
    "short_name": "UBND tỉnh",
    "symbol": "UBND",
    "place": "Ninh Thuận",
}
DEPARTMENT = {
    "code": "sldtbxh-ninh-thuan",
    "name": "Sở Lao động - Thương binh và Xã hội",
    "short_name": "Sở LĐTBXH",
    "symbol": "SLĐTBXH",
    "place": "Ninh Thuận",
}

# code, symbol, kind, name, editor, head, the head's title
UNITS = (
    ("van-phong", "VP", UnitKind.OFFICE, "Văn phòng Sở", "Lê Thị Ánh", "Nguyễn Văn An", "Phó Chánh Văn phòng"),
    ("thanh-tra", "TTr", UnitKind.INSPECTORATE, "Thanh tra Sở", "Trần Đức Ân", "Đặng Văn Ba", "Chánh Thanh tra"),
    ("khtc", "KHTC", UnitKind.DIVISION, "Phòng Kế hoạch - Tài chính", "Đỗ Thị Dung", "Phạm Văn Đức", "Trưởng phòng"),
    ("ldvl", "LĐVL", UnitKind.DIVISION, "Phòng Lao động - Việc làm", "Nguyễn Thị Thu Hà", "Hồ Quốc Hùng", "Trưởng phòng"),
    ("gdnn", "GDNN", UnitKind.DIVISION, "Phòng Giáo dục nghề nghiệp", "Phan Thanh Khoa", "Bùi Ngọc Lâm", "Trưởng phòng"),
    ("ncc", "NCC", UnitKind.DIVISION, "Phòng Người có công", "Dương Mỹ Linh", "Trương Công Minh", "Trưởng phòng"),
    ("btxh", "BTXH", UnitKind.DIVISION, "Phòng Bảo trợ xã hội", "Kiều Thị Nga", "Lưu Đình Nghĩa", "Trưởng phòng"),
    ("tebdg", "TE&BĐG", UnitKind.DIVISION, "Phòng Trẻ em và Bình đẳng giới", "Mai Thị Oanh", "Đàm Thị Ơn", "Trưởng phòng"),
    (
        "pctnxh", "CCPCTNXH", UnitKind.SUB_DEPARTMENT, "Chi cục Phòng, chống tệ nạn xã hội",
        "Ngô Gia Phúc", "Cao Văn Quý", "Chi cục trưởng",
    ),
    ("dvvl", "TTDVVL", UnitKind.CENTRE, "Trung tâm Dịch vụ việc làm", "Tạ Thị Sương", "Huỳnh Tấn Sang", "Giám đốc Trung tâm"),
    (
        "ttbtxh", "TTBTXHTH", UnitKind.CENTRE, "Trung tâm Bảo trợ xã hội tổng hợp",
        "Lâm Thị Thảo", "Vương Hữu Thắng", "Giám đốc Trung tâm",
    ),
    ("ctxh", "TTCTXH", UnitKind.CENTRE, "Trung tâm Công tác xã hội", "Châu Thị Uyên", "Tôn Thất Vinh", "Giám đốc Trung tâm"),
    ("cnmt", "CSCNMT", UnitKind.CENTRE, "Cơ sở cai nghiện ma túy", "Thạch Văn Vũ", "Quách Đại Xuân", "Giám đốc Cơ sở"),
    (
        "ddncc", "TTĐDNCC", UnitKind.CENTRE, "Trung tâm Điều dưỡng người có công",
        "Đinh Thị Yến", "Lý Hoàng Ý", "Giám đốc Trung tâm",
    ),
)  # fmt: skip

# username, name, role, title on documents
AGENCY_PEOPLE = (
    ("hoa", "Nguyễn Thị Hoa", Role.OFFICE_STAFF, "Chuyên viên Văn phòng"),
    ("binh", "Trần Văn Bình", Role.CHIEF_OF_OFFICE, "Chánh Văn phòng"),
    ("duc", "Lê Minh Đức", Role.DIRECTOR, "Giám đốc"),
    ("lan", "Phạm Thị Lan", Role.CLERK, "Văn thư"),
    ("huy", "Đặng Quốc Huy", Role.INSPECTOR, "Thanh tra viên"),
    ("nam", "Võ Thành Nam", Role.ADMINISTRATOR, "Quản trị viên"),
)


@dataclass
class Cast:
    """Units by code and people by user name: `cast.units["ldvl"]`, `cast.people["ldvl.truong"]`."""

    agency: Agency
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)

    @property
    def office_staff(self) -> User:
        return self.people["hoa"]

    @property
    def chief(self) -> User:
        return self.people["binh"]

    @property
    def director(self) -> User:
        return self.people["duc"]

    @property
    def clerk(self) -> User:
        return self.people["lan"]

    def editor(self, unit_code: str) -> User:
        return self.people[f"{unit_code}.soan"]

    def head(self, unit_code: str) -> User:
        return self.people[f"{unit_code}.truong"]


def load_cast() -> Cast:
    """Make the agency, its units, people and posts where they are missing, and give them."""
    cast = Cast(_agency(DEPARTMENT, _agency(COMMITTEE, None)))
    Unit.objects.bulk_create(
        (
            Unit(agency=cast.agency, code=code, symbol=symbol, kind=kind, name=name, position=position, starts=SINCE)
            for position, (code, symbol, kind, name, *_people) in enumerate(UNITS)
        ),
        ignore_conflicts=True,
    )
    cast.units = {unit.code: unit for unit in Unit.objects.filter(agency=cast.agency)}
    posts = list(_posts())
    User.objects.bulk_create(
        (
            User(
                username=username,
                full_name=name,
                search_name=fold(name),
                email=f"{username}@cchc.example.vn",
                password=_password_hash(),
            )
            for username, name, *_post in posts
        ),
        ignore_conflicts=True,
    )
    cast.people = {user.username: user for user in User.objects.filter(username__in=[row[0] for row in posts])}
    held = set(Post.objects.filter(agency=cast.agency).values_list("user__username", "role"))
    Post.objects.bulk_create(
        Post(
            user=cast.people[username],
            agency=cast.agency,
            unit=cast.units.get(unit_code),
            role=role,
            title=title,
            starts=SINCE,
        )
        for username, _name, unit_code, role, title in posts
        if (username, role) not in held
    )
    return cast


def _posts() -> Iterator[tuple[str, str, str | None, Role, str]]:
    """(username, name, unit code, role, title) of everyone."""
    for username, name, role, title in AGENCY_PEOPLE:
        yield username, name, None, role, title
    for code, _symbol, _kind, _name, editor, head, head_title in UNITS:
        yield f"{code}.soan", editor, code, Role.UNIT_EDITOR, "Chuyên viên"
        yield f"{code}.truong", head, code, Role.UNIT_HEAD, head_title


@cache
def _password_hash() -> str:
    """One slow hash for the whole cast."""
    return make_password(PASSWORD)


def _agency(facts: dict, parent: Agency | None) -> Agency:
    agency, created = Agency.objects.get_or_create(code=facts["code"], defaults={"parent": parent})
    if created:
        AgencyName.objects.create(
            agency=agency, starts=SINCE, **{key: value for key, value in facts.items() if key != "code"}
        )
    return agency
