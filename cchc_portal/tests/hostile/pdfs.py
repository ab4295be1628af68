"""PDFs that no printer wrote."""

import zlib

from cchc_portal.tests.hostile.parts import MEGABYTE, Hostile, zipped
from documents.tests.files import pdf, picture

PAGES, PAGE = b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]%s>>"
FONT = b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>%s>>/Contents 4 0 R"
LINE = b"(Ke hoach tuyen truyen cai cach hanh chinh nam 2024) Tj "
BROKEN, LOCKED = "hỏng", "mật khẩu"


def assembled(objects: dict[int, bytes], *, trailer: bytes = b"") -> bytes:
    """A PDF of these objects by number; 1 is its catalogue."""
    content, places = b"%PDF-1.7\n", {}
    for number, body in objects.items():
        places[number] = len(content)
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(content), max(objects) + 1
    table = b"".join(
        b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n" for number in range(size)
    )
    return content + b"xref\n0 %d\n%strailer\n<</Root 1 0 R/Size %d%s>>\nstartxref\n%d\n%%%%EOF" % (
        size, table, size, trailer, start,
    )  # fmt: skip


def stream(content: bytes, head: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (head, len(content), content)


def one_page(
    content: bytes, *, catalogue: bytes = b"", page: bytes = b"", more: dict | None = None, **options
) -> bytes:
    """A PDF of one page with this content stream."""
    return assembled(
        {
            1: b"<</Type/Catalog/Pages 2 0 R%s>>" % catalogue,
            2: PAGES,
            3: PAGE % (FONT % page),
            4: content if content.startswith(b"<<") else stream(content),
        }
        | (more or {}),
        **options,
    )


def _text(lines: int = 1, place: bytes = b"0 -14") -> bytes:
    return b"BT /F 12 Tf 50 800 Td " + (LINE + place + b" Td ") * lines + b"ET"


def _deflated(megabytes: int, times: int = 1) -> bytes:
    """A content stream that unpacks to so many megabytes of blanks, packed several times over."""
    packer = zlib.compressobj(9)
    content = b"".join(packer.compress(b" " * MEGABYTE) for _megabyte in range(megabytes)) + packer.flush()
    for _time in range(times - 1):
        content = zlib.compress(content, 9)
    return stream(content, b"/Filter[%s]" % (b"/FlateDecode" * times))


def _pages(kids: bytes, count: bytes) -> bytes:
    return assembled({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[%s]/Count %s>>" % (kids, count)})


def _chain(length: int) -> bytes:
    """Nodes of the page tree, each with the next one as its only child."""
    nodes = {n: b"<</Type/Pages/Parent %d 0 R/Kids[%d 0 R]/Count 1>>" % (n - 1, n + 1) for n in range(3, 3 + length)}
    return assembled({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>"} | nodes
                     | {3 + length: PAGE % b""})  # fmt: skip


def _form(name: bytes) -> bytes:
    """A drawing that draws the drawing `name`."""
    return stream(
        b"/%s Do" % name, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R/Y 6 0 R>>>>"
    )


def _looped_forms() -> bytes:
    return one_page(_text() + b" /X Do", page=b"/XObject<</X 5 0 R>>", more={5: _form(b"Y"), 6: _form(b"X")})


def _drawings_in_drawings(levels: int = 9, each: int = 8) -> bytes:
    """Drawings each of which draws the next one eight times."""
    forms = {}
    for number in range(5, 5 + levels):
        names = b"".join(b"/X%d %d 0 R" % (n, number + 1) for n in range(each))
        drawn = b" ".join(b"/X%d Do" % n for n in range(each)) + b" " + _text()
        forms[number] = stream(drawn, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<<%s>>>>" % names)
    last = {5 + levels: stream(_text(), b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")}
    return one_page(_text() + b" /X Do", page=b"/XObject<</X 5 0 R>>", more=forms | last)


def _table_of_streams() -> bytes:
    """The table of objects packed: what it unpacks to is 200 MB."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"\0" * MEGABYTE) for _megabyte in range(200)) + packer.flush()
    head = b"/Type/XRef/W[1 8 2]/Size 19000000/Root 1 0 R/Filter/FlateDecode"
    body = b"%%PDF-1.7\n9 0 obj\n%s\nendobj\n" % stream(packed, head)
    return body + b"startxref\n9\n%%EOF"


def _own_previous() -> bytes:
    content = one_page(_text())
    start = content.rindex(b"xref\n0")
    return content.replace(b"/Size", b"/Prev %d/Size" % start)


def _file(make, words: str = "", name: str = "Kế hoạch.pdf") -> Hostile:
    return Hostile(name, make, words)


PDFS = {
    "pdf: pages that hold themselves": _file(lambda: _pages(b"2 0 R", b"1")),
    "pdf: two thousand million pages": _file(lambda: _pages(b"", b"2000000000")),
    "pdf: fewer pages than none": _file(lambda: _pages(b"", b"-5")),
    "pdf: pages that are no list": _file(lambda: _pages(b"(x) 7 null", b"3")),
    "pdf: 20,000 levels of pages": _file(lambda: _chain(20_000)),
    "pdf: 700 pages": _file(lambda: pdf(pages=700), "quá dài"),
    "pdf: no page": _file(lambda: pdf(pages=0)),
    "pdf: with a password": _file(lambda: pdf(password="123"), LOCKED),
    "pdf: 300 MB in 300 kB": _file(lambda: one_page(_deflated(300))),
    "pdf: 200 MB packed three times": _file(lambda: one_page(_deflated(200, 3))),
    "pdf: a table of 200 MB": _file(_table_of_streams),
    "pdf: a table that is its own predecessor": _file(_own_previous),
    "pdf: a script that opens with it": _file(
        lambda: one_page(_text(5), catalogue=b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>")
    ),
    "pdf: a program that opens with it": _file(
        lambda: one_page(_text(5), catalogue=b"/OpenAction<</S/Launch/F(cmd.exe)>>")
    ),
    "pdf: drawings that draw each other": _file(_looped_forms),
    "pdf: drawings in drawings in drawings": _file(_drawings_in_drawings, "bất thường"),
    "pdf: 100,000 brackets": _file(lambda: one_page(_text(), catalogue=b"/X " + b"[" * 100_000 + b"]" * 100_000)),
    "pdf: 100,000 brackets on the page": _file(lambda: one_page(b"[" * 100_000)),
    "pdf: 300,000 lines": _file(lambda: one_page(_text(300_000, b"0 0")), "bất thường"),
    "pdf: text miles away": _file(lambda: one_page(_text(3, b"99999999999 -14"))),
    "pdf: text nowhere": _file(lambda: one_page(b"BT /F 1e308 Tf 1e308 0 0 1e308 1e308 1e308 Tm " + LINE + b"ET")),
    "pdf: a page without size": _file(lambda: one_page(_text(5)).replace(b"[0 0 595 842]", b"[0 0 0 0]    ")),
    "pdf: a font that is a number": _file(lambda: one_page(_text(5)).replace(b"/BaseFont", b"/BaseFond")),
    "pdf: a stream of minus five bytes": _file(lambda: one_page(b"<</Length -5>>\nstream\nx\nendstream")),
    "pdf: 500 filters": _file(lambda: one_page(stream(b"x", b"/Filter[%s]" % (b"/ASCIIHexDecode" * 500)))),
    "pdf: a filter that is none": _file(lambda: one_page(stream(b"x", b"/Filter/Nothing"))),
    "pdf: cut off": _file(lambda: pdf()[:40], BROKEN),
    "pdf: its head alone": _file(lambda: b"%PDF-1.7\n", BROKEN),
    "pdf: no end": _file(lambda: one_page(_text(5)).partition(b"xref")[0]),
    "pdf: a scan": _file(pdf, "bản quét"),
    "pdf: a zip behind": _file(lambda: one_page(_text(5)) + zipped({"virus.exe": "MZ"})),
    "pdf: html before": _file(lambda: b"<html><script>1</script>" + one_page(_text(5))),
    "pdf: that is a picture": _file(lambda: picture("PNG"), "ảnh"),
    "pdf: a program behind its name": _file(pdf, "", "baocao.pdf.exe"),
}
