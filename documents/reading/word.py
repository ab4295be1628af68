"""A .docx as lines of text: what is printed, with Word's own numbers, and a list of what was not read."""

import re
from dataclasses import dataclass, field

from documents.legacy import convert, draws_capitals, encoding_of_font
from documents.reading.model import Hint, Source
from documents.reading.sources import aside
from documents.reading.tables import read_columns
from documents.reading.tail import RECIPIENTS
from documents.reading.word_numbering import Numbering
from documents.reading.word_styles import Styles, font_of, heading_of, is_on_or
from documents.reading.word_xml import Package, child, local, number, value, xpath
from documents.vietnamese import clean, fold

_BREAKS = re.compile(r"[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_TRANSPARENT = ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "hyperlink", "fldSimple", "dir", "bdo",
                "oMath", "oMathPara", "ruby", "rubyBase")  # fmt: skip
_DELETED = ("del", "moveFrom")
_MATH = ("f", "num", "den", "e", "sup", "sub", "sSup", "sSub", "sSubSup", "d", "rad", "deg", "nary", "func", "fName")
_PARTS = (
    ("header", "header"),
    ("footer", "footer"),
    ("footnotes", "footnote"),
    ("endnotes", "endnote"),
    ("comments", "comment"),
    ("diagramData", "diagram"),
    ("chart", "chart"),
)
_FRAME = re.compile(r"cong hoa xa hoi chu nghia|doc lap ?- ?tu do|^(?:so ?:|kt\.|tl\.|tm\.|tuq\.) ?")
_SYMBOLS = {"F0FC": "✓", "F0B7": "•", "F02D": "-", "F0A7": "▪", "F0E0": "→", "F0D8": "➢", "F0A8": "□", "F0FE": "☑"}


def read_word(content: bytes) -> Source:
    """The text of a .docx, tracked changes accepted. Raises Unreadable."""
    package = Package(content)
    root = package.root(package.main)
    relations = package.relations(package.main)
    parts = {kind.rpartition("/")[2]: path for kind, path in relations.values()}
    styles = Styles(package.root(parts.get("styles", "")))
    reader = _Reader(styles, Numbering(package.root(parts.get("numbering", "")), styles.lists()))
    body = child(root, "body")
    if body is not None:
        reader.blocks(body)
    for kind, reason in _PARTS:
        for path in dict.fromkeys(path for said, path in relations.values() if said.rpartition("/")[2] == kind):
            reader.whole_part(package.root(path), reason)
    return Source("word", "\n".join(reader.lines), tuple(reader.aside), reader.hints, tuple(sorted(reader.legacy)))


@dataclass
class _Piece:
    text: str
    encoding: str | None = None


@dataclass
class _Reader:
    """Walks the body once, in the order of the page."""

    styles: Styles
    numbering: Numbering
    lines: list = field(default_factory=list)
    hints: dict = field(default_factory=dict)
    aside: list = field(default_factory=list)
    legacy: set = field(default_factory=set)
    in_cell: bool = False
    _merged_into_next: str = ""

    # -- blocks -----------------------------------------------------------------------------------

    def blocks(self, parent) -> None:
        """Every paragraph and table below, in order."""
        for element in parent:
            name = local(element)
            if name == "p":
                self._paragraph(element)
            elif name == "tbl":
                self._table(element)
            elif name in _TRANSPARENT:
                self.blocks(element)
            elif name in _DELETED:
                self._set_aside(element, "deleted")
            elif name == "AlternateContent":
                self.blocks(_choice(element))
            elif name == "altChunk":
                self.aside.append(aside(len(self.lines), "", "embedded"))

    def _emit(self, text: str, hint: Hint | None = None) -> None:
        for order, line in enumerate(text.split("\n")):
            self.lines.append(line)
            if hint and (order == 0 or hint.centered is not None):
                self.hints[len(self.lines)] = hint if order == 0 else Hint(centered=hint.centered)

    def _paragraph(self, element) -> None:
        properties = child(element, "pPr")
        style = self.styles.get(value(properties, "pStyle") or self.styles.default)
        text = self._merged_into_next + self._text(element, style)
        self._merged_into_next = ""
        if child(child(properties, "rPr"), "del") is not None:
            self._merged_into_next = text
            return
        if style.contents:
            if text.strip():
                self.aside.append(aside(len(self.lines) + 1, text, "contents"))
            return
        label, depth = self._label(properties, style) if text.strip() else ("", 0)
        if not text.strip():
            self._emit("")
            return
        heading = heading_of(properties)
        align = value(properties, "jc") or style.align
        self._emit(
            f"{label} {text.lstrip()}" if label else text,
            Hint(
                paragraph=True,
                label=label,
                depth=depth,
                style=style.heading if heading is None else heading,
                centered=align == "center",
            ),
        )

    def _label(self, properties, style) -> tuple[str, int]:
        """(the number or bullet, how deep its list is nested: by its level or by its style, "List Bullet 2")."""
        listed = child(properties, "numPr")
        num_id = value(listed, "numId") or style.num_id
        if not num_id or num_id == "0" or is_deleted(listed):
            return "", 0
        level = child(listed, "ilvl")
        styled = re.search(r"\d$", value(properties, "pStyle"))
        if level is not None:
            index = number(level, "val", 0)
        elif style.level is not None:
            index = style.level
        else:
            index = self.numbering.level_of_style(num_id, value(properties, "pStyle") or self.styles.default)
        return self.numbering.label(num_id, min(index, 8)), max(index, int(styled.group()) if styled else 0)

    # -- tables -----------------------------------------------------------------------------------

    def _table(self, element) -> None:
        rows = list(self._rows(element))
        if self.in_cell or self._is_layout(element, rows):
            for row in rows:
                for cell in row:
                    self._emit("")
                    self.blocks(cell)
            return
        above: list[str] = []
        for row in rows:
            cells, merged = self._cells(row, above)
            above = cells
            shown = ["" if column in merged else text for column, text in enumerate(cells)]
            if any(shown):
                line = " | ".join(" ".join(text.split()) for text in shown)
                self._emit(line, Hint(paragraph=True, cells=tuple(cells), merged=tuple(merged)))
        self._emit("")

    def _rows(self, element):
        """The cells of each row that was not deleted."""
        for row in _through(element, "tr"):
            if is_deleted(child(row, "trPr")):
                self._set_aside(row, "deleted")
            else:
                yield list(_through(row, "tc"))

    def _cells(self, row, above) -> tuple[list, list]:
        """(the texts by grid column, the columns that go on from the row above and show its text)."""
        cells, merged = [], []
        for cell in row:
            properties = child(cell, "tcPr")
            goes_on = child(properties, "vMerge")
            text = self._cell_text(cell)
            if goes_on is not None and value(goes_on, "val", own=True) != "restart" and not text:
                merged.append(len(cells))
                text = above[len(cells)] if len(cells) < len(above) else ""
            cells.append(text)
            cells += [""] * (min(number(child(properties, "gridSpan"), "val", 1), 63) - 1)
        return cells, merged

    def _cell_text(self, cell) -> str:
        inner = _Reader(self.styles, self.numbering, legacy=self.legacy, in_cell=True)
        inner.blocks(cell)
        self.aside += [aside(len(self.lines) + 1, item.text, item.reason) for item in inner.aside]
        return "\n".join(filter(None, map(str.strip, inner.lines)))

    def _is_layout(self, element, rows) -> bool:
        """A table that only places things: head, signature, a frame; it shows no lines and has no heading row."""
        texts = [[clean_words(cell) for cell in row] for row in rows]
        if any(read_columns(tuple(row)) for row in texts[:4]):
            return False
        said = [line for row in texts for text in row for line in text.split("\n")]
        if max(map(len, texts), default=0) <= 1:
            return True
        if any(RECIPIENTS.match(line.strip()) or _FRAME.search(fold(line)) for line in said):
            return True
        return not _has_borders(element) and max(map(len, texts), default=0) <= 3

    # -- text -------------------------------------------------------------------------------------

    def _text(self, element, style) -> str:
        pieces: list[_Piece] = []
        self._pieces(element, style, pieces)
        return "".join(self._unicode(piece) for piece in _joined(pieces))

    def _unicode(self, piece: _Piece) -> str:
        if piece.encoding is None:
            return _BREAKS.sub("\n", piece.text)
        text = convert(piece.text, piece.encoding)
        if text != piece.text:
            self.legacy.add(piece.encoding)
        return _BREAKS.sub("\n", text)

    def _pieces(self, parent, style, pieces) -> None:
        for element in parent:
            name = local(element)
            if name == "r":
                self._run(element, style, pieces)
            elif name in _TRANSPARENT or name in _MATH:
                self._pieces(element, style, pieces)
            elif name in _DELETED:
                self._set_aside(element, "deleted")
            elif name == "AlternateContent":
                self._pieces(_choice(element), style, pieces)

    def _run(self, run, style, pieces) -> None:
        properties = child(run, "rPr")
        own = self.styles.get(value(properties, "rStyle")) if value(properties, "rStyle") else style
        if is_on_or(properties, "vanish", own.hidden):
            self._set_aside(run, "hidden")
            return
        font = font_of(properties) or own.font or style.font
        encoding = encoding_of_font(font)
        text = "".join(self._run_parts(run))
        if not text:
            return
        if encoding and (draws_capitals(font) or is_on_or(properties, "caps", own.caps)):
            pieces.append(_Piece(convert(text, encoding).upper()))
            self.legacy.add(encoding)
        else:
            pieces.append(_Piece(text.upper() if is_on_or(properties, "caps", own.caps) else text, encoding))

    def _run_parts(self, run):
        for element in run:
            name = local(element)
            if name == "t":
                yield element.text or ""
            elif name in ("tab", "ptab"):
                yield "\t"
            elif name in ("br", "cr"):
                yield "\n"
            elif name == "noBreakHyphen":
                yield "-"
            elif name == "sym":
                yield _symbol(element)
            elif name == "AlternateContent":
                yield from self._run_parts(_choice(element))
            elif name in ("drawing", "pict", "object"):
                self._drawing(element)
            elif name == "ruby":
                yield from self._run_parts(element)

    def _drawing(self, element) -> None:
        """Text boxes, pictures and objects are not read; what they show is listed."""
        boxes = [one for one in element.iter() if local(one) == "txbxContent"]
        for box in boxes:
            self._set_aside(box, "text_box")
        drawn = [one for one in element.iter() if local(one) in ("blip", "imagedata")]
        if drawn or (not boxes and local(element) == "object"):
            named = next((one for one in element.iter() if local(one) in ("docPr", "shape")), None)
            said = "" if named is None else named.get("descr") or named.get("alt") or named.get("title") or ""
            self.aside.append(aside(len(self.lines) + 1, said, "picture" if drawn else "object"))

    def _set_aside(self, element, reason) -> None:
        if text := clean_words(element):
            self.aside.append(aside(len(self.lines) + 1, text, reason))

    def whole_part(self, root, reason) -> None:
        """Lists every entry of a part that is not the body: footnotes, headers, comments …"""
        if root is None:
            return
        entries = [one for one in root if local(one) in ("footnote", "endnote", "comment")] or [root]
        for entry in entries:
            if value(entry, "type", own=True) in ("separator", "continuationSeparator", "continuationNotice"):
                continue
            if text := clean_words(entry):
                self.aside.append(aside(0, text, reason))


def is_deleted(properties) -> bool:
    """True when tracked changes took the row or paragraph mark away."""
    return child(properties, "del") is not None


def clean_words(element) -> str:
    """All the words below an element, deleted ones too, a paragraph a line."""
    words = []
    for one in element.iter():
        name = local(one)
        if name in ("t", "delText", "v"):
            words.append(one.text or "")
        elif name in ("tab", "ptab"):
            words.append(" ")
        elif name in ("p", "br", "cr", "tc", "pt"):
            words.append("\n")
    lines = (" ".join(line.split()) for line in clean("".join(words)).split("\n"))
    return "\n".join(filter(None, lines))


def _choice(element):
    """The first version of alternate content; the others show the same for older programs."""
    return next(iter(element), ())


def _through(element, name):
    """The children of that name, also inside content controls and tracked insertions."""
    for one in element:
        if local(one) == name:
            yield one
        elif local(one) in ("sdt", "sdtContent", "ins", "customXml", "moveTo"):
            yield from _through(one, name)


def _joined(pieces):
    """Neighbours in one encoding put together: Word cuts a VNI letter between two runs."""
    joined: list[_Piece] = []
    for piece in pieces:
        if joined and joined[-1].encoding == piece.encoding:
            joined[-1].text += piece.text
        else:
            joined.append(_Piece(piece.text, piece.encoding))
    return joined


def _symbol(element) -> str:
    code = value(element, "char", own=True).upper()
    if code in _SYMBOLS:
        return _SYMBOLS[code]
    return chr(int(code, 16)) if re.fullmatch("[0-9A-F]{4}", code) and not "D800" <= code <= "DFFF" else ""


def _has_borders(element) -> bool:
    """True when the table draws lines: by itself, by a cell or by a style other than the plain one."""
    properties = child(element, "tblPr")
    own = child(properties, "tblBorders")
    if own is not None:
        return any(value(side, "val", own=True) not in ("nil", "none", "") for side in own)
    if value(properties, "tblStyle") not in ("", "TableNormal"):
        return True
    return any(
        value(side, "val", own=True) not in ("nil", "none", "")
        for cell in xpath(element, "w:tr/w:tc/w:tcPr/w:tcBorders")
        for side in cell
    )
