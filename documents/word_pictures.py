"""Pictures in a Word document: a drawing as SVG with PNG for programs that show none, the QR as PNG."""

import re
from itertools import count
from xml.sax.saxutils import quoteattr

from documents.official import OfficialDocument
from documents.word_styles import FONT

TWIP = 635  # English metric units in a twentieth of a point
DRAWINGML = "http://schemas.openxmlformats.org/drawingml/2006"
SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_NUMBER = re.compile(r'<wp:docPr id="0"')


def pictures(document: OfficialDocument) -> dict[str, bytes]:
    """Every picture of ``document`` as the file that :func:`picture` refers to."""
    files = {}
    for figure in document.figures:
        drawing = figure.drawing
        files[f"p{drawing.key}.png"] = drawing.png()
        files[f"p{drawing.key}.svg"] = drawing.svg(FONT).encode()
    if document.verification:
        files[f"p{document.verification.key}.png"] = document.verification.png()
    return files


def picture(key: str, width: float, height: float, title: str, description: str, *, vector: bool = True) -> str:
    """A run with the picture ``key`` in its line, ``width`` and ``height`` in twentieths of a point.

    ``description`` is read out instead of it. With ``vector`` programs that can show the SVG.
    """
    across, down = round(width * TWIP), round(height * TWIP)
    svg = (
        '<a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}">'
        f'<asvg:svgBlip xmlns:asvg="{SVG}" r:embed="p{key}.svg"/></a:ext></a:extLst>'
    )
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{DRAWINGML}/wordprocessingDrawing" distT="0" distB="0" distL="0" '
        f'distR="0"><wp:extent cx="{across}" cy="{down}"/><wp:docPr id="0" name={quoteattr(title)} '
        f"descr={quoteattr(description)}/><wp:cNvGraphicFramePr/>"
        f'<a:graphic xmlns:a="{DRAWINGML}/main"><a:graphicData uri="{DRAWINGML}/picture">'
        f'<pic:pic xmlns:pic="{DRAWINGML}/picture"><pic:nvPicPr><pic:cNvPr id="0" name={quoteattr(title)}/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="p{key}.png">{svg if vector else ""}</a:blip>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>"
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{across}" cy="{down}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def numbered(body: str) -> str:
    """``body`` with its pictures numbered from 1: Word wants each number once."""
    numbers = count(1)
    return _NUMBER.sub(lambda found: f'<wp:docPr id="{next(numbers)}"', body)
