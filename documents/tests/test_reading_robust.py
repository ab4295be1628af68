"""No text breaks the reader, none of it is lost, and time grows with the length only."""

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.reading import read_plan, to_json
from documents.vietnamese import InvalidCharacters, clean

DATA = Path(__file__).parent / "data"
SOURCE = (Path(__file__).parents[1] / "samples" / "ke-hoach-tuyen-truyen-cchc-2022.txt").read_text(encoding="utf-8")
PIECES = SOURCE.split("\n") + [
    "KẾ HOẠCH",
    "QUYẾT ĐỊNH",
    "Điều 1. Ban hành",
    "1.1. Mục",
    "- 3 -",
    "| TT | Nội dung | Chủ trì |",
    "| I | | |",
    "| 1 | Việc | Phòng A |",
    "\t\t",
    "||",
    "Nơi nhận:",
    "GIÁM ĐỐC",
    "Lưu: VT;",
    "PHỤ LỤC I",
    "**",
    "* * *",
    "Số:      /KH-X",
    "A. ",
    "trước 31/02/2022",
    "TM. UBND",
    "“",
    "Quý",
    "khoản",
    "",
    " ",
    "\u200b",
    "1) a",
    "i. x",
    "TT   Nội dung          Chủ trì        Thời gian",
    "1    Tập huấn          Văn phòng      Quý II",
    "     nghiệp vụ",
    "II.1. Mục con",
    "Phần thứ hai",
    "Céng hßa x· héi",
]


def solid(text):
    return "".join(text.split())


def assert_nothing_lost(text):
    reading = read_plan(text)
    pieces = [(node.line, node.source) for node in reading.outline] + [
        (item.line, item.text) for item in reading.set_aside
    ]
    kept = sorted(solid("".join(piece for _, piece in pieces)))
    assert kept == sorted(solid(clean(reading.source.text if reading.source.legacy else text)))
    return reading


@given(st.lists(st.sampled_from(PIECES), max_size=25))
@settings(max_examples=100, deadline=None)
def test_any_mix_of_lines_is_read_in_full(lines):
    reading = assert_nothing_lost("\n".join(lines))
    json.dumps(to_json(reading), ensure_ascii=False)
    for node in reading.outline:
        assert node.parent is None or node.parent < node.position
        assert reading.outline[node.position] is node


@given(st.text(alphabet="aăđĐ IVX1.)-+*|\t\n“”:;,/0số<>#_", max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_text_is_read_in_full(text):
    assert_nothing_lost(text)


@given(st.text(max_size=200).filter(lambda text: "\x00" not in text))
@settings(max_examples=60, deadline=None)
def test_any_characters_are_read_and_composed_or_not_the_same(text):
    text = clean(text)
    assert to_json(read_plan(unicodedata.normalize("NFD", text))) == to_json(read_plan(text))


@pytest.mark.parametrize("path", sorted((DATA / "plans").glob("*.txt")), ids=lambda path: path.stem)
def test_every_plan_of_the_corpus_is_kept_in_full(path):
    text = path.read_text(encoding="utf-8")
    reading = assert_nothing_lost(text)
    assert to_json(read_plan(unicodedata.normalize("NFD", text))) == to_json(reading)


def test_what_is_read_shows_what_stands_in_the_source():
    for node in read_plan(SOURCE).outline:
        said = solid(f"{node.mark}{node.title}{node.text}")
        assert said == solid(
            node.source.replace("**", "").replace("*", "").replace("<http", "http").replace(".vn>", ".vn")
        )


@pytest.mark.parametrize("text", ["", " \n\t\u200b", "\ufeff"])
def test_nothing_to_read_is_said(text):
    reading = read_plan(text)
    assert ([defect.code for defect in reading.defects], reading.outline) == (["empty"], [])


def test_nul_is_refused():
    with pytest.raises(InvalidCharacters):
        read_plan("KẾ HOẠCH\x00")


def test_text_of_an_old_encoding_is_converted_and_told():
    reading = read_plan(
        "Céng hßa x· héi chñ nghÜa ViÖt Nam\n§éc lËp - Tù do - H¹nh phóc\nKÕ ho¹ch tuyªn truyÒn c¶i c¸ch hµnh chÝnh"
    )
    assert reading.defects[0].code == "legacy_encoding" and reading.defects[0].severity == "info"
    assert reading.outline[0].text == "Cộng hòa xã hội chủ nghĩa Việt Nam"


def test_five_hundred_pages_are_read():
    assert len(read_plan("\n".join([SOURCE.partition("Nơi nhận")[0]] * 60)).outline) > 5000


@pytest.mark.parametrize(
    "text",
    [
        "a" * 40_000,
        "I. " * 40_000,
        "- " * 40_000,
        "“" * 40_000,
        "số 1/" * 30_000,
        "*a " * 30_000,
        "1." * 40_000,
        "\n".join(["- Phòng A"] * 20_000),
        "V. TỔ CHỨC THỰC HIỆN\n1. " + "các phòng, " * 30_000,
        "tăng 1 " * 40_000 + "PCI",
        "| " * 40_000,
        "của Bộ " * 40_000,
        "ngày 1 " * 40_000,
        "<" * 40_000,
        "(theo " * 40_000,
        "Số" + " " * 40_000 + "x",
        "A, ngày" + "." * 40_000 + "\nKẾ HOẠCH",
        "Nơi nhận:" + "\u2003" * 40_000 + "x",
        "Số: 1/KH-X 05-NQ/TU" + " " * 40_000 + "ngày",
        "V. TỔ CHỨC THỰC HIỆN\n1. Văn phòng Sở " + "báo cáo về Sở " * 20_000,
        "V. TỔ CHỨC THỰC HIỆN\n" + "Văn phòng chủ trì. " * 10_000,
        "V. TỔ CHỨC THỰC HIỆN\n1. Văn phòng Sở báo cáo quý I, " + "quý II, " * 10_000,
        "PAR INDEX tăng 1 bậc; " * 5_000,
        "TT   Nội dung   Chủ trì   Thời gian\n" + "a  b  c  d  e\n" * 5_000,
        "TT   Nội dung   Chủ trì   Thời gian\n" * 5_000,
        "TT   Nội dung   Chủ trì   Thời gian\n" + "a  " * 20_000,
        "Nghị định số 1/2020/NĐ-CP và " * 5_000,
        "Céng hßa x· héi " * 5_000,
    ],
    ids=range(28),
)
def test_hostile_text_comes_to_an_end(text):
    reading = read_plan(text)
    assert reading.outline or reading.set_aside
