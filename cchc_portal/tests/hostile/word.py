"""Word files that no office wrote."""

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

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "word/document.xml"
WORDS = "Kế hoạch tuyên truyền cải cách hành chính năm 2024"
PARAGRAPH = f"<w:p><w:r><w:t>{WORDS}</w:t></w:r></w:p>"
TABLE, SHUT = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
ABNORMAL, BROKEN, LONG = "bất thường", "hỏng", "quá dài"


def _relations(*rows: tuple[str, str, str]) -> str:
    """(id, kind, target); a target with a scheme is outside."""
    told = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"'
        + (' TargetMode="External"' if "://" in target else "") + "/>"
        for key, kind, target in rows
    )  # fmt: skip
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{told}</Relationships>'


def document(body: str, *, head: str = "", parts: dict | None = None, relations: tuple = ()) -> bytes:
    """A .docx with this XML in its body; `head` goes before the root element."""
    return zipped(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "_rels/.rels": _relations(("r1", "officeDocument", MAIN)),
            MAIN: f'{head}<w:document xmlns:w="{W}" xmlns:mc="{MC}"><w:body>{body}</w:body></w:document>',
            "word/_rels/document.xml.rels": _relations(*relations),
        }
        | (parts or {})
    )


def _styles(*rows: tuple[str, str]) -> dict:
    """(style, what it is based on)."""
    told = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:basedOn w:val="{base}"/></w:style>' for name, base in rows
    )
    return {"word/styles.xml": f'<w:styles xmlns:w="{W}">{told}</w:styles>'}


def _numbering() -> dict:
    """A list that takes its levels from itself."""
    told = (
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="L"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    style = '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    return {
        "word/numbering.xml": f'<w:numbering xmlns:w="{W}">{told}</w:numbering>',
        "word/styles.xml": f'<w:styles xmlns:w="{W}">{style}</w:styles>',
    }


def _wide_rows(rows: int, cells: int) -> str:
    """Cells each of which says that it covers 32,767 columns."""
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="32767"/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>'
    return f"<w:tbl>{f'<w:tr>{cell * cells}</w:tr>' * rows}</w:tbl>"


def _choices(levels: int) -> str:
    return "<mc:AlternateContent><mc:Choice>" * levels + PARAGRAPH + "</mc:Choice></mc:AlternateContent>" * levels


def _listed(style: str) -> str:
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/><w:numPr><w:ilvl w:val="99"/><w:numId w:val="1"/></w:numPr></w:pPr>'
        + (f"<w:r><w:t>{WORDS}</w:t></w:r></w:p>")
    )


def _file(make, words: str = "", name: str = "Kế hoạch.docx") -> Hostile:
    return Hostile(name, make, words)


STYLES = (("s", "styles", "styles.xml"), ("n", "numbering", "numbering.xml"))
WORD = {
    "word: 300 MB in 300 kB": _file(lambda: swollen(document(PARAGRAPH), MAIN, megabytes=150), ABNORMAL),
    "word: 150 MB by lzma": _file(
        lambda: swollen(document(PARAGRAPH), MAIN, megabytes=150, method=zipfile.ZIP_LZMA), ABNORMAL
    ),
    "word: a part that says it is small": _file(
        lambda: lying_about(swollen(document(PARAGRAPH), MAIN, megabytes=60), MAIN, 1000), BROKEN
    ),
    "word: billion laughs": _file(lambda: document("<w:p>&a9;</w:p>", head=LAUGHS), ABNORMAL),
    "word: an entity of another file": _file(lambda: document("<w:p>&a;</w:p>", head=OUTSIDE), ABNORMAL),
    "word: an entity behind 5,000 blanks": _file(lambda: document("<w:p>&a9;</w:p>", head=" " * 5_000 + LAUGHS)),
    "word: an entity in utf-16": _file(
        lambda: with_parts(document(PARAGRAPH), {MAIN: f"{LAUGHS}<w/>".encode("utf-16")}), ABNORMAL
    ),
    "word: 10,000 nested tables": _file(lambda: document(TABLE * 10_000 + PARAGRAPH + SHUT * 10_000), BROKEN),
    "word: 80 nested tables": _file(lambda: document(TABLE * 80 + PARAGRAPH + SHUT * 80)),
    "word: 10,000 tables": _file(lambda: document((TABLE + PARAGRAPH + SHUT) * 10_000)),
    "word: 40,000 paragraphs": _file(lambda: document(PARAGRAPH * 40_000), LONG),
    "word: 100,000 empty tables": _file(lambda: document("<w:tbl/>" * 100_000 + PARAGRAPH)),
    "word: 100,000 empty rows": _file(lambda: document(f"<w:tbl>{'<w:tr/>' * 100_000}</w:tbl>{PARAGRAPH}")),
    "word: cells of 32,767 columns": _file(lambda: document(_wide_rows(200, 20) + PARAGRAPH)),
    "word: choices in choices": _file(lambda: document(_choices(100))),
    "word: one paragraph of 5 million letters": _file(
        lambda: document(f"<w:p><w:r>{f'<w:t>{WORDS * 100}</w:t>' * 1_000}</w:r></w:p>"), LONG
    ),
    "word: 500,000 tabs": _file(lambda: document(f"<w:p><w:r>{'<w:tab/>' * 500_000}</w:r></w:p>{PARAGRAPH}")),
    "word: a style based on itself": _file(
        lambda: document(_listed("A"), parts=_styles(("A", "A"), ("B", "C"), ("C", "B")), relations=STYLES)
    ),
    "word: a chain of 5,000 styles": _file(
        lambda: document(
            _listed("S0"), parts=_styles(*((f"S{n}", f"S{n + 1}") for n in range(5_000))), relations=STYLES
        )
    ),
    "word: a list that is its own": _file(lambda: document(_listed("L"), parts=_numbering(), relations=STYLES)),
    "word: a header that is the document": _file(
        lambda: document(PARAGRAPH, relations=(("h", "header", "document.xml"), ("f", "footer", "document.xml")))
    ),
    "word: parts that climb out": _file(
        lambda: document(
            PARAGRAPH, parts={"../../../tmp/x.xml": "<x/>"}, relations=(("h", "header", "../../../etc/x"),)
        )
    ),
    "word: a template from another server": _file(
        lambda: document(PARAGRAPH, relations=(("t", "attachedTemplate", "http://127.0.0.1:1/x.dotm"),))
    ),
    "word: a relation of an unknown part": _file(lambda: document(PARAGRAPH, relations=(("s", "styles", "no.xml"),))),
    "word: broken xml": _file(lambda: document("<w:p><w:r>"), BROKEN),
    "word: no text": _file(lambda: document("<w:p/>"), "không có chữ"),
    "word: no body": _file(lambda: with_parts(document(""), {MAIN: "<x/>"})),
    "word: macro": _file(lambda: with_parts(document(PARAGRAPH), {"word/vbaProject.bin": "x"}), "macro"),
    "word: macro by its name": _file(
        lambda: with_parts(document(PARAGRAPH), {"word/vbaProject.bin": "x"}), "macro", "Kế hoạch.docm"
    ),
    "word: old .doc": _file(lambda: compound("WordDocument"), "kiểu cũ", "Kế hoạch.doc"),
    "word: with a password": _file(lambda: compound("EncryptionInfo", "EncryptedPackage"), "mật khẩu"),
    "word: encrypted parts": _file(lambda: flagged(document(PARAGRAPH)), "mật khẩu"),
    "word: cut off at half": _file(lambda: document(PARAGRAPH * 500)[:700], BROKEN),
    "word: rich text": _file(lambda: b"{\\rtf1 hello}", "rtf", "Kế hoạch.rtf"),
    "word: opendocument": _file(
        lambda: zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}),
        "",
        "Kế hoạch.odt",
    ),
    "word: html": _file(lambda: b"<html><body>Ke hoach</body></html>", "trang web", "Kế hoạch.docx"),
    "text: 6 MB of one letter": _file(lambda: b"a" * 6_000_000, "quá dài", "Kế hoạch.txt"),
    "text: 500,000 line ends": _file(lambda: b"\n" * 500_000 + WORDS.encode(), "", "Kế hoạch.txt"),
    "text: nul bytes": _file(lambda: WORDS.encode() + b"\0" * 50, "không phải văn bản", "Kế hoạch.txt"),
    "text: any bytes": _file(lambda: bytes(range(256)) * 200, "không phải văn bản", "Kế hoạch.txt"),
    "text: 30,000 numbers": _file(
        lambda: "\n".join(f"{n}.{n}.{n})" for n in range(30_000)).encode(), "", "Kế hoạch.txt"
    ),
}
