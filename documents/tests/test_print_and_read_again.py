"""Any outline that is printed, as Word or as PDF, and read again is the same outline."""

from dataclasses import dataclass, replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from documents.official import Heading, Item, Paragraph, closed
from documents.pdf import render_pdf
from documents.reading import read_file
from documents.tests.official_samples import PLAN
from documents.vietnamese import enumerator, roman
from documents.word import render_docx

SUBJECTS = (
    "Các phòng chuyên môn", "Văn phòng Sở", "Đơn vị trực thuộc Sở", "Đội ngũ cán bộ, công chức, viên chức", "Người dân",
    "Lãnh đạo phòng, đơn vị", "Cộng tác viên tuyên truyền",
)  # fmt: skip
DEEDS = (
    "tuyên truyền công tác cải cách hành chính", "rà soát thủ tục hành chính theo kế hoạch số 421/KH-UBND",
    "đăng tin, bài trên trang thông tin điện tử", "quán triệt nghị quyết số 05-NQ/TU ngày 28/9/2021 của Tỉnh ủy",
    "nâng cao chất lượng phục vụ người dân, doanh nghiệp", "ứng dụng chữ ký số (đạt tỷ lệ 100%)",
    "phổ biến đến từng hộ gia đình", "bảo đảm tăng 0,5-1 điểm so với năm trước",
    "niêm yết công khai tại bộ phận một cửa",
)  # fmt: skip
TITLES = (
    "Mục đích, yêu cầu", "Nội dung tuyên truyền", "Tổ chức thực hiện", "Giải pháp chủ yếu", "Cải cách thể chế",
    "Công tác chỉ đạo, điều hành", "Nhiệm vụ trọng tâm của năm", "Kinh phí bảo đảm", "Hình thức, phương pháp",
)  # fmt: skip


@dataclass(frozen=True)
class Part:
    """What is printed, and what shall be read: level, label, words."""

    level: str
    label: str
    words: str

    @property
    def block(self):
        if self.level in ("roman", "number", "letter"):
            return Heading(self.level, self.label, self.words)
        if self.level == "paragraph":
            return Paragraph(self.words)
        return Item({"dash": "-", "plus": "+"}[self.level], self.words)

    @property
    def read(self) -> tuple[str, str, str]:
        return self.level, self.label, self.words.upper() if self.level == "roman" else self.words


sentences = st.builds(
    lambda who, deeds: f"{who} {', '.join(deeds)}.",
    st.sampled_from(SUBJECTS),
    st.lists(st.sampled_from(DEEDS), min_size=1, max_size=6),
)
openings = st.builds(
    lambda deeds: f"Thực hiện Kế hoạch số 421/KH-UBND ngày 28/01/2022 của UBND tỉnh, Sở xây dựng kế hoạch {deeds}:",
    st.lists(st.sampled_from(DEEDS), min_size=1, max_size=3).map(", ".join),
)
dashes = st.builds(
    lambda text, below: [Part("dash", "", text), *(Part("plus", "", each) for each in below)],
    sentences,
    st.lists(sentences, max_size=2),
)
bodies = st.builds(
    lambda opening, items: [*(Part("paragraph", "", text) for text in opening), *sum(items, [])],
    st.lists(sentences, max_size=2),
    st.lists(dashes, max_size=3),
)


def titled(level: str, below, label, most: int):
    """Titled parts of a level, labelled from the first on, each with what stands below it."""
    part = st.tuples(st.sampled_from(TITLES), below)
    return st.lists(part, min_size=1, max_size=most).map(
        lambda parts: [
            each for place, (title, inner) in enumerate(parts) for each in (Part(level, label(place), title), *inner)
        ]
    )


letters = titled("letter", bodies, enumerator, 3)
numbers = titled("number", st.one_of(bodies, letters), lambda place: str(place + 1), 3)


def outlines(last: str):
    """Whole bodies that close with a part of the level `last`."""
    return st.builds(
        lambda opening, parts, end: [Part("paragraph", "", opening), *parts, Part(last, "", end)],
        openings,
        titled("roman", st.one_of(bodies, numbers), lambda place: roman(place + 1), 3),
        sentences,
    )


def read_again(parts: list[Part], render) -> list[tuple[str, str, str]]:
    """(level, label, words) of the body that is read from the printed document."""
    document = replace(PLAN, bases=(), blocks=tuple(part.block for part in parts), mark="", footer_contact="")
    nodes = [node for node in read_file(render(document)).outline if node.part == "body"]
    return [(node.level, node.label, node.content) for node in nodes]


def expected(parts: list[Part]) -> list[tuple[str, str, str]]:
    *others, last = parts
    return [*(part.read for part in others), replace(last, words=closed(last.words)).read]


SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
NO_SHRINKING = [Phase.explicit, Phase.reuse, Phase.generate]  # a smaller example costs a hundred printings


@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
@given(outlines("paragraph"))
def test_an_outline_printed_as_word_is_read_again_as_it_was(parts):
    assert read_again(parts, render_docx) == expected(parts)


@settings(max_examples=8, deadline=None, phases=NO_SHRINKING, suppress_health_check=SLOW)
@given(outlines("dash"))  # on paper a paragraph behind an item looks as the item's own second one
def test_an_outline_printed_as_pdf_is_read_again_as_it_was(parts):
    assert read_again(parts, render_pdf) == expected(parts)


@pytest.mark.parametrize("render", [render_docx, render_pdf])
def test_the_head_and_the_end_are_read_again(render):
    document = replace(
        PLAN, authority="TM. Ủy ban nhân dân\nKT. Chủ tịch", signer_title="Phó Chủ tịch", mark="", draft=True
    )
    reading = read_file(render(document))
    assert (reading.document_type, reading.title, reading.symbol) == ("Kế hoạch", PLAN.subject, PLAN.symbol)
    assert (reading.place, reading.number, reading.month, reading.date_year) == ("Ninh Thuận", None, 2, 2022)
    assert [(each.name, each.purpose) for each in reading.recipients] == [
        ("UBND tỉnh", "b/c"), ("Sở Nội vụ", "p/h"), ("Lưu: VT, VP", None),
    ]  # fmt: skip
    signer = reading.signer
    assert signer.authority == "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH"
    assert (signer.title, signer.name) == ("PHÓ CHỦ TỊCH", "Hà Anh Quang")
