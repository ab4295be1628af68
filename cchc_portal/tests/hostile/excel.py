"""Workbooks that nobody made by filling in a table."""

import zipfile

from cchc_portal.tests.hostile.parts import (
    LAUGHS,
    OUTSIDE,
    Hostile,
    compound,
    flagged,
    lying_about,
    swollen,
    with_parts,
    zipped,
)
from documents.tests.excel_files import NAMES, by_hand, table

SHEET, SHARED, BOOK = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'
ABNORMAL, BROKEN = "bất thường", "hỏng"


def _cell(address: str, value: str, kind: str = "n") -> str:
    return f'<row><c r="{address}" t="{kind}"><v>{value}</v></c></row>'


def _around(before: str = "", after: str = "", rows: str = ONE) -> bytes:
    """A sheet with something before and after its cells."""
    xml = f"<worksheet {NAMES}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"
    return with_parts(by_hand(ONE), {SHEET: xml})


def _entities(where: str, doctype: str) -> bytes:
    root = {SHEET: "worksheet", SHARED: "sst", BOOK: "workbook"}[where]
    return with_parts(by_hand(ONE), {where: f"{doctype}<{root} {NAMES}>&a9;&a;</{root}>"})


def _many_sheets(count: int) -> bytes:
    sheets = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="r1"/>' for n in range(1, count + 1))
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return with_parts(
        by_hand(ONE), {BOOK: f'<workbook {NAMES} xmlns:r="{relations}"><sheets>{sheets}</sheets></workbook>'}
    )


def _target(path: str) -> bytes:
    """A workbook whose sheet is said to lie at `path`."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    relations = f'<Relationships><Relationship Id="r1" Type="{kind}" Target="{path}"/></Relationships>'
    return with_parts(by_hand(ONE), {RELATIONS: relations})


def _deep(levels: int) -> str:
    return "<a>" * levels + "</a>" * levels


def _styles(count: int) -> bytes:
    formats = "".join(f'<numFmt numFmtId="{n}" formatCode="[h]:mm{n}"/>' for n in range(200, 200 + count))
    xfs = "".join(f'<xf numFmtId="{n}"/>' for n in range(200, 200 + count))
    xml = f"<styleSheet {NAMES}><numFmts>{formats}</numFmts><cellXfs>{xfs}</cellXfs></styleSheet>"
    return with_parts(by_hand(ONE), {"xl/styles.xml": xml})


def _million_rows() -> bytes:
    return by_hand("".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 350_001)))


def _file(make, words: str = "", name: str = "Kế hoạch.xlsx") -> Hostile:
    return Hostile(name, make, words)


EXCEL = {
    "excel: 300 MB in 300 kB": _file(lambda: swollen(by_hand(ONE), SHEET, megabytes=300), ABNORMAL),
    "excel: 150 MB by bzip2": _file(
        lambda: swollen(by_hand(ONE), SHEET, megabytes=150, method=zipfile.ZIP_BZIP2), ABNORMAL
    ),
    "excel: a part that says it is small": _file(
        lambda: lying_about(swollen(by_hand(ONE), SHEET, megabytes=500), SHEET, 1000), BROKEN
    ),
    "excel: 17 billion cells": _file(lambda: by_hand(ONE + _cell("XFD1048576", "1")), ABNORMAL),
    "excel: billion laughs in the sheet": _file(lambda: _entities(SHEET, LAUGHS), ABNORMAL),
    "excel: billion laughs in the texts": _file(lambda: _entities(SHARED, LAUGHS), ABNORMAL),
    "excel: billion laughs in the book": _file(lambda: _entities(BOOK, LAUGHS), ABNORMAL),
    "excel: an entity of another file": _file(lambda: _entities(SHEET, OUTSIDE), ABNORMAL),
    "excel: an entity in utf-16": _file(
        lambda: with_parts(by_hand(ONE), {SHEET: f"{LAUGHS}<worksheet/>".encode("utf-16")}), ABNORMAL
    ),
    "excel: 100,000 levels": _file(lambda: by_hand(_deep(100_000))),
    "excel: 100,000 levels in the book": _file(lambda: with_parts(by_hand(ONE), {BOOK: _deep(100_000)})),
    "excel: 350,000 rows": _file(_million_rows, ABNORMAL),
    "excel: a million texts": _file(
        lambda: with_parts(by_hand(ONE), {SHARED: f"<sst {NAMES}>{'<si/>' * 1_000_000}</sst>"}), ABNORMAL
    ),
    "excel: a text that is not there": _file(lambda: by_hand(_cell("A1", "999999", "s"), shared="<si><t>x</t></si>")),
    "excel: merged over everything": _file(
        lambda: _around(after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')
    ),
    "excel: 100,000 merged ranges": _file(
        lambda: _around(after="<mergeCells>" + '<mergeCell ref="A1:GR20000"/>' * 100_000 + "</mergeCells>"), ABNORMAL
    ),
    "excel: a range that is none": _file(lambda: _around(after='<mergeCells><mergeCell ref="1A:::"/></mergeCells>')),
    "excel: a wrong dimension": _file(lambda: _around('<dimension ref="A1:XFD1048576"/>')),
    "excel: formulas alone": _file(
        lambda: by_hand("".join(f'<row r="{n}"><c r="A{n}"><f>A{n + 1}</f></c></row>' for n in range(1, 500)))
    ),
    "excel: a formula that calls": _file(lambda: by_hand('<row><c r="A1"><f>cmd|" /C calc"!A0</f></c></row>')),
    "excel: 5,000 sheets": _file(lambda: _many_sheets(5_000)),
    "excel: 100,000 styles": _file(lambda: _styles(100_000)),
    "excel: numbers that are none": _file(
        lambda: by_hand("".join(_cell(f"A{n}", value) for n, value in enumerate(("1e999", "NaN", "x", "-", "0x10"), 1)))
    ),
    "excel: a cell of row 0": _file(lambda: by_hand(_cell("A0", "1"))),
    "excel: a row of twenty digits": _file(lambda: by_hand(_cell("A99999999999999999999", "1")), ABNORMAL),
    "excel: a kind that is none": _file(lambda: by_hand(_cell("A1", "1", "zzz"))),
    "excel: a day in the year 9 million": _file(
        lambda: with_parts(
            by_hand('<row><c r="A1" s="1"><v>99999999999</v></c><c r="B1" s="1"><v>-5</v></c></row>'),
            {"xl/styles.xml": f'<styleSheet {NAMES}><cellXfs><xf/><xf numFmtId="14"/></cellXfs></styleSheet>'},
        )
    ),
    "excel: a sheet outside": _file(lambda: _target("../../../../etc/passwd"), BROKEN),
    "excel: a sheet at an address": _file(lambda: _target("file:///etc/passwd"), BROKEN),
    "excel: the book as its own sheet": _file(lambda: _target("workbook.xml")),
    "excel: parts that climb out": _file(
        lambda: with_parts(by_hand(ONE), {"../../../tmp/x.xml": "<x/>", "/etc/x.xml": "<x/>", "xl/../../y.xml": "<x/>"})
    ),
    "excel: macro": _file(lambda: with_parts(by_hand(ONE), {"xl/vbaProject.bin": "x"}), "macro"),
    "excel: macro by its name": _file(lambda: by_hand(ONE), "macro", "Kế hoạch.xlsm"),
    "excel: macro sheet of 1992": _file(lambda: with_parts(by_hand(ONE), {"xl/macrosheets/s.xml": "<x/>"}), "macro"),
    "excel: old .xls": _file(lambda: compound("Workbook"), "kiểu cũ", "Kế hoạch.xls"),
    "excel: old .xls by another name": _file(lambda: compound("Workbook"), "kiểu cũ"),
    "excel: with a password": _file(lambda: compound("EncryptionInfo", "EncryptedPackage"), "mật khẩu"),
    "excel: encrypted parts": _file(lambda: flagged(by_hand(ONE)), "mật khẩu"),
    "excel: html": _file(lambda: b"<html><table><tr><td>1</td></tr></table></html>", "HTML"),
    "excel: text": _file(lambda: b"a;b;c\n1;2;3\n", "văn bản", "Kế hoạch.csv"),
    "excel: a program": _file(lambda: b"MZ\x90" + b"\0" * 500, "không phải tệp Excel"),
    "excel: cut off at half": _file(lambda: table(["a"] * 30)[:2_500], BROKEN),
    "excel: its end alone": _file(lambda: table(["a"] * 30)[-300:], "không phải tệp Excel"),
    "excel: a zip of nothing": _file(lambda: zipped({}), ""),
    "excel: any zip": _file(lambda: zipped({"virus.exe": "MZ"}), "Không nhận"),
    "excel: 5,000 parts": _file(
        lambda: with_parts(by_hand(ONE), {f"xl/media/{n}.xml": "<x/>" for n in range(5_000)}), ABNORMAL
    ),
    "excel: junk behind": _file(lambda: by_hand(ONE) + b"<script>alert(1)</script>" * 10),
    "excel: junk before": _file(lambda: b"<html>" + by_hand(ONE)),
    "excel: empty": _file(lambda: b"", "rỗng"),
    "excel: binary workbook": _file(lambda: by_hand(ONE), "Không đọc được", "Kế hoạch.xlsb"),
    "excel: every byte turned": _file(lambda: bytes(byte ^ 0x55 for byte in by_hand(ONE))),
}
