"""The words by which a plan is understood: areas, indices, terms. Data only, folded when compared.

A caller with a scheme of its own (another programme's areas) passes it to read_plan instead.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class AreaName:
    """A content area of a scheme: code, name, other names it has had, and the folded words (a pattern) that mean it."""

    code: str
    name: str
    aliases: tuple = ()
    words: str = ""


@dataclass(frozen=True)
class IndexName:
    """A ranking index: code as offices write it, and the words that mean it."""

    code: str
    aliases: tuple


# The six areas of Nghị quyết 76/NQ-CP (2021–2030) after the steering block, with the names of 2011–2020.
DEFAULT_AREAS = (
    AreaName(
        "leadership",
        "Chỉ đạo, điều hành",
        (
            "chỉ đạo điều hành",
            "lãnh đạo, chỉ đạo",
            "lãnh đạo, điều hành",
            "lãnh đạo chỉ đạo điều hành",
            "quản lý, chỉ đạo",
            "chỉ đạo cải cách hành chính",
        ),
        r"chi dao (?:va )?dieu hanh|lanh dao chi dao|quan ly dieu hanh|cong tac chi dao|quan triet",
    ),
    AreaName(
        "institutions",
        "Cải cách thể chế",
        (
            "thể chế",
            "hoàn thiện thể chế",
            "xây dựng thể chế",
            "xây dựng và hoàn thiện thể chế",
            "hoàn thiện hệ thống văn bản quy phạm pháp luật",
            "hoàn thiện hệ thống pháp luật",
        ),
        r"the che|van ban quy pham phap luat|van ban qppl|he thong (?:van ban )?phap luat|"
        r"xay dung phap luat|thi hanh phap luat|chinh sach phap luat",
    ),
    AreaName(
        "procedures",
        "Cải cách thủ tục hành chính",
        (
            "thủ tục hành chính",
            "cải cách TTHC",
            "kiểm soát thủ tục hành chính",
            "kiểm soát TTHC",
            "đơn giản hóa thủ tục hành chính",
            "cơ chế một cửa",
            "thực hiện cơ chế một cửa",
        ),
        r"thu tuc hanh chinh|tthc|mot cua|thu tuc",
    ),
    AreaName(
        "apparatus",
        "Cải cách tổ chức bộ máy",
        (
            "tổ chức bộ máy",
            "tổ chức bộ máy hành chính",
            "sắp xếp tổ chức bộ máy",
            "kiện toàn tổ chức bộ máy",
            "cải cách bộ máy",
            "cải cách tổ chức bộ máy hành chính nhà nước",
        ),
        r"bo may|tinh gian bien che|phan cap|co cau to chuc|to chuc hanh chinh|sap xep to chuc|"
        r"chinh quyen dia phuong (?:hai|2|02) cap",
    ),
    AreaName(
        "civil-service",
        "Cải cách chế độ công vụ",
        (
            "chế độ công vụ",
            "công vụ, công chức",
            "cải cách công vụ",
            "chế độ công vụ, công chức",
            "nâng cao chất lượng đội ngũ cán bộ, công chức",
            "xây dựng và nâng cao chất lượng đội ngũ cán bộ, công chức",
            "xây dựng, nâng cao chất lượng đội ngũ cán bộ",
            "nâng cao chất lượng cán bộ, công chức",
            "xây dựng đội ngũ cán bộ, công chức",
        ),
        r"cong vu|doi ngu|chat luong (?:can bo|"
        r"cong chuc)|can bo cong chuc|nguon nhan luc|ky luat ky cuong",
    ),
    AreaName(
        "public-finance",
        "Cải cách tài chính công",
        ("tài chính công", "cơ chế tài chính", "đổi mới cơ chế tài chính", "cải cách cơ chế tài chính"),
        r"tai chinh cong|co che tai chinh|quan ly tai chinh|tu chu tai chinh|tai chinh ngan sach|"
        r"tai san cong|tai chinh",
    ),
    AreaName(
        "e-government",
        "Xây dựng và phát triển Chính phủ điện tử, Chính phủ số",
        (
            "Chính phủ điện tử",
            "phát triển Chính phủ điện tử",
            "chính quyền điện tử",
            "chính quyền số",
            "xây dựng chính quyền điện tử",
            "chính phủ số",
            "xây dựng, phát triển chính quyền điện tử",
            "xây dựng và phát triển chính quyền điện tử",
            "xây dựng, phát triển chính phủ điện tử",
            "hiện đại hóa hành chính",
            "hiện đại hóa nền hành chính",
            "chuyển đổi số",
            "ứng dụng công nghệ thông tin",
        ),
        r"chinh phu (?:dien tu|so)|chinh quyen (?:dien tu|so)|hien dai hoa|chuyen doi so|"
        r"ung dung (?:cong nghe thong tin|cntt)|cong nghe thong tin|moi truong (?:so|dien tu|mang)|"
        r"dich vu cong truc tuyen",
    ),
)
# Words that may stand before the name of an area in a heading.
AREA_LEADS = (
    "tuyên truyền",
    "thông tin",
    "phổ biến",
    "quán triệt",
    "về",
    "công tác",
    "nội dung",
    "nhiệm vụ",
    "kết quả",
    "lĩnh vực",
    "đẩy mạnh",
    "tiếp tục",
    "thực hiện",
    "tăng cường",
    "việc",
    "các",
    "nâng cao",
    "hiệu quả",
    "trong",
    "triển khai",
    "đối với",
    "kết quả thực hiện",
    "nhóm",
)

INDICES = (
    IndexName("PAR INDEX", ("PAR INDEX", "PAR-INDEX", "PARINDEX", "Chỉ số cải cách hành chính", "Chỉ số CCHC")),
    IndexName(
        "SIPAS",
        (
            "SIPAS",
            "Chỉ số hài lòng",
            "Chỉ số đo lường sự hài lòng",
            "Chỉ số mức độ hài lòng",
            "Sự hài lòng của cá nhân, tổ chức",
            "Sự hài lòng của người dân, tổ chức",
        ),
    ),
    IndexName("PAPI", ("PAPI", "hiệu quả quản trị và hành chính công")),
    IndexName("PCI", ("PCI", "năng lực cạnh tranh cấp tỉnh")),
    IndexName("DDCI", ("DDCI", "năng lực cạnh tranh cấp Sở")),
    IndexName("ICT INDEX", ("ICT INDEX", "ICT-INDEX")),
    IndexName("DTI", ("DTI", "Chỉ số chuyển đổi số")),
)

# Fixed terms that lose their meaning with their last word: "cải cách hành của Ngành".
COMPOUNDS = (
    "cải cách hành chính",
    "thủ tục hành chính",
    "kỷ luật hành chính",
    "chính phủ điện tử",
    "ủy ban nhân dân",
    "hội đồng nhân dân",
    "văn bản quy phạm pháp luật",
    "dịch vụ công trực tuyến",
    "cơ quan hành chính",
    "đơn vị sự nghiệp",
)
# Term no longer in use → what replaced it, since when.
OUTDATED = (
    (
        re.compile(r"mức\s+độ\s+[1-4]\b(?:\s*(?:,|và)\s*(?:mức\s+độ\s+)?[1-4]\b)*", re.IGNORECASE),
        "là cách gọi cũ; từ Nghị định số 42/2022/NĐ-CP gọi là dịch vụ công trực tuyến toàn trình, một phần",
    ),
)

PURPOSES = (
    "b/c",
    "bc",
    "báo cáo",
    "để b/c",
    "để báo cáo",
    "p/h",
    "ph",
    "phối hợp",
    "để phối hợp",
    "chỉ đạo",
    "c/đ",
    "cđ",
    "thực hiện",
    "t/h",
    "th/h",
    "th",
    "để thực hiện",
    "để t/h",
    "biết",
    "để biết",
    "theo dõi",
    "để theo dõi",
    "đăng tải",
    "để đăng tải",
    "đăng",
    "triển khai",
    "để triển khai",
    "kiểm tra",
    "giám sát",
    "tổng hợp",
    "đưa tin",
    "công khai",
    "để đưa tin",
    "lưu",
)
SIGNER_WORDS = (
    "GIÁM ĐỐC",
    "CHỦ TỊCH",
    "CỤC TRƯỞNG",
    "BỘ TRƯỞNG",
    "THỨ TRƯỞNG",
    "CHÁNH VĂN PHÒNG",
    "CHÁNH THANH TRA",
    "TRƯỞNG PHÒNG",
    "TRƯỞNG BAN",
    "HIỆU TRƯỞNG",
    "TỔNG GIÁM ĐỐC",
    "BÍ THƯ",
    "VIỆN TRƯỞNG",
    "TRƯỞNG ĐOÀN",
    "CHI CỤC TRƯỞNG",
    "THỦ TRƯỞNG",
    "CHÁNH ÁN",
)
DOCUMENT_TYPES = (
    "Kế hoạch",
    "Kế hoạch hành động",
    "Kế hoạch phối hợp",
    "Kế hoạch liên tịch",
    "Chương trình hành động",
    "Chương trình phối hợp",
    "Chương trình công tác",
    "Quyết định",
    "Chương trình",
    "Đề án",
    "Phương án",
    "Hướng dẫn",
    "Báo cáo",
    "Thông báo",
    "Phụ lục",
    "Nghị quyết",
    "Chỉ thị",
)

# Column of a task table → the folded words that tell its heading; of two at one place the first here counts.
_WHO = (
    r"\b(?:don vi|dia phuong|co quan|bo phan|nguoi|ca nhan|to chuc|can bo|cong chuc|vien chuc|lanh dao)\b[\w, /]{0,40}?"
)
COLUMNS = tuple(
    (name, re.compile(words))
    for name, words in (
        ("label", r"^(?:s ?t ?t|tt|so tt|so thu tu|thu tu|ma so)\b"),
        ("note", r"\bghi chu\b"),
        ("area", r"^(?:nhom|linh vuc|mang|chu de|chuyen de|noi dung (?:cai cach|lon|chinh))\b"),
        ("money", r"\b(?:nguon )?kinh phi\b|\bdu toan\b|\bnguon von\b|\bso tien\b|^(?:chi phi|thanh tien|muc chi)\b"),
        ("lead", rf"(?:{_WHO})?\bchu tri\b|\bphan cong\b|\btrach nhiem\b"),
        ("support", rf"(?:{_WHO})?\bphoi hop\b"),
        ("lead", rf"{_WHO}\b(?:thuc hien|phu trach|dau moi|tham muu)\b"),
        (
            "time",
            r"\bthoi (?:gian|han|diem)\b|\btien do\b|^han\b|^xong\b|^(?:cac )?moc\b|^ngay\b|^khi nao\b|"
            r"\bhan hoan thanh\b|^hoan thanh\b|\bky han\b|\btan suat\b|"
            r"^(?:thang|quy|lich|dot)(?: (?:thuc hien|hoan thanh|to chuc|trien khai))?$",
        ),
        ("lead", r"^(?:don vi|dia phuong|co quan|bo phan|dau moi|phu trach|nguoi lam|nguoi|thuc hien|ai lam|chinh)$"),
        ("support", r"^(?:ho tro|phu|cung lam|tham gia|don vi tham gia)$"),
        ("product", r"\bsan pham\b|\bket qua\b|\bdau ra\b|\bhinh thuc\b"),
        (
            "product",
            r"^(?:chi tieu|minh chung|so luong|thoi luong)(?:,? so luong)?(?: (?:can dat|phai dat|kem theo))?$",
        ),
        (
            "title",
            r"\bnoi dung\b|\bnhiem vu\b|\bhoat dong\b|\bcong viec\b|\bdau viec\b|^viec\b|\bten goi\b|\bphan viec\b|"
            r"^(?:cac )?(?:hang muc|giai phap|cong tac|mo hinh|viec)(?: (?:chinh|cu the|phai lam|can lam))?$",
        ),
        (
            "lead",
            r"^(?:phu trach|dau moi)\b|"
            r"^(?:don vi|bo phan|co quan|nguoi|ca nhan|phong|khoa)(?:[ ,/]+(?:phong|don vi|ca nhan|dam nhiem|"
            r"dam nhan|lam|lam chinh|trien khai|theo doi)){0,3}$",
        ),
        ("support", r"^(?:don vi |bo phan |nguoi )?(?:tham gia|ho tro|cung (?:lam|thuc hien|tham gia))\b"),
    )
)
# Words of which the heading of a task table is made, when it is printed without lines.
HEADING_WORDS = frozenset(
    """
    stt st t s tt han moc xong viec so thu tu ma ghi chu kinh phi nguon von tien du toan chu tri phoi hop phan cong
    trach nhiem don vi co quan bo nguoi ca nhan to chuc thuc hien phu dau moi tham muu thoi gian han diem do hoan
    thanh ky d dong nghin dia phuong nhom lam can
    san pham ket qua ra hinh thuc noi dung nhiem vu hoat dong cong viec ten goi cac cu the trong tam kien
    hang chi phi tieu minh chung luong mo hinh tac cung tan suat vien chuc lanh dao ho tro
    tham gia du lich phong khoa thang quy
    trien khai trieu dvt chinh nam yeu cau chi tiet cap theo doi muc tieu giai phap va hoac dat duoc
    """.split()  # noqa: SIM905
)
