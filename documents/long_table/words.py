"""Words of one font: shaped once by Pango, then set again and again."""

from dataclasses import dataclass

from weasyprint.text.ffi import FROM_UNITS, ffi, pango, unicode_to_char_p
from weasyprint.text.line_break import Layout


@dataclass(frozen=True, slots=True)
class Word:
    """Letters as a PDF shows them (operands of TJ) and their width in CSS pixels."""

    text: str
    shown: str
    width: float


class Face:
    """The letters of one computed style: its words, its space, what the PDF must know of its glyphs."""

    def __init__(self, style) -> None:
        self._layout = Layout(style)
        self._words: dict[str, list[Word]] = {}
        self._single: dict[str, Word] = {}
        self._closer: dict[str, float] = {}
        self._logical = ffi.new("PangoRectangle *")
        self.size = style["font_size"]
        self.pango_font = None
        self.glyphs: dict[int, str] = {}
        self.widths: dict[int, int] = {}
        self.space = self.shaped(" ")

    def parts(self, word: str) -> list[Word]:
        """``word``, which holds no space, in the parts between which a line may end ("tin/" "bài")."""
        found = self._words.get(word)
        if found is None:
            found = self._words[word] = [self.shaped(part) for part in self._split(word)]
        return found

    def shaped(self, text: str) -> Word:
        """``text`` in one piece."""
        found = self._single.get(text)
        if found is None:
            found = self._single[text] = self._shape(text)
        return found

    def closer(self, before: str, after: str) -> float:
        """By how many pixels a space between two words of one box is wider (or, below zero, narrower) than alone."""
        pair = before[-1:] + " " + after[:1]
        if pair not in self._closer:
            parts = (self.shaped(sign).width for sign in pair)
            self._closer[pair] = self._shape(pair).width - sum(parts)
        return self._closer[pair]

    def told(self, font) -> None:
        """Tell the PDF's ``font`` which glyphs are used."""
        for glyph, text in self.glyphs.items():
            font.to_unicode.setdefault(glyph, text)
            font.widths.setdefault(glyph, self.widths[glyph])

    def _set(self, text: str):
        pointer, content = unicode_to_char_p(text)
        pango.pango_layout_set_text(self._layout.layout, pointer, -1)
        return content

    def _split(self, word: str) -> list[str]:
        if word.isalnum():
            return [word]
        self._set(word)
        breaks = pango.pango_layout_get_log_attrs_readonly(self._layout.layout, ffi.NULL)
        places = [0, *(place for place in range(1, len(word)) if breaks[place].is_line_break), len(word)]
        return [word[start:end] for start, end in zip(places, places[1:], strict=False)]

    def _shape(self, text: str) -> Word:
        content = self._set(text)
        line = pango.pango_layout_get_line_readonly(self._layout.layout, 0)
        shown, total, run = ["<"], 0, line.runs
        while run != ffi.NULL:
            item, glyphs = run.data.item, run.data.glyphs
            run = run.next
            self.pango_font = self.pango_font or item.analysis.font
            ends = [*(glyphs.log_clusters[place] for place in range(1, glyphs.num_glyphs)), item.length]
            for place in range(glyphs.num_glyphs):
                info = glyphs.glyphs[place]
                start = item.offset + glyphs.log_clusters[place]
                self._know(info.glyph, content[start : item.offset + ends[place]].decode())
                total += info.geometry.width
                shown.append(f"{info.glyph:04x}")
                tighter = int(self.widths[info.glyph] - info.geometry.width * 1000 * FROM_UNITS / self.size)
                shown += [f">{tighter}<"] if tighter else []
        return Word(text, "".join([*shown, ">"]).removesuffix("<>"), total * FROM_UNITS)

    def _know(self, glyph: int, text: str) -> None:
        if glyph not in self.widths:
            pango.pango_font_get_glyph_extents(self.pango_font, glyph, ffi.NULL, self._logical)
            self.widths[glyph] = round(self._logical.width * 1000 * FROM_UNITS / self.size)
            self.glyphs[glyph] = text
