"""The file around a Word document's text: its parts, its pages, its properties."""

from collections.abc import Mapping
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from documents.word_styles import NAMESPACE, styles_xml

SCHEMAS = "http://schemas.openxmlformats.org"
RELATIONS = f"{SCHEMAS}/officeDocument/2006/relationships"
PACKAGE = f"{SCHEMAS}/package/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACES = f'xmlns:w="{NAMESPACE}" xmlns:r="{RELATIONS}"'

# A page's number, its empty place on a first page, the foot of each page, the foot of the first.
PARTS = {
    "number": ("header", "header1.xml"),
    "blank": ("header", "header2.xml"),
    "foot": ("footer", "footer1.xml"),
    "contact": ("footer", "footer2.xml"),
}
NUMBER = (
    '<w:p><w:pPr><w:pStyle w:val="PageNumber"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    '<w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)
BLANK = '<w:p><w:pPr><w:pStyle w:val="PageNumber"/></w:pPr></w:p>'
# 15: Word of 2013 and later, so that the file is not opened in compatibility mode.
SETTINGS = (
    f'<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/><w:autoHyphenation w:val="0"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="vi-VN"/>'
    '<w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
)


def section(*, landscape: bool = False, contact: bool = False, restart: bool = False) -> str:
    """The pages of a part: A4, margins 20, 15, 20, 30 mm, no number on its first page.

    ``contact`` puts the agency's address at the foot of the first page; ``restart`` counts the pages from 1.
    """
    size = 'w:w="16838" w:h="11906" w:orient="landscape"' if landscape else 'w:w="11906" w:h="16838"'
    number = '<w:pgNumType w:start="1"/>' if restart else ""
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="number"/><w:headerReference w:type="first" r:id="blank"/>'
        '<w:footerReference w:type="default" r:id="foot"/>'
        f'<w:footerReference w:type="first" r:id="{"contact" if contact else "foot"}"/><w:pgSz {size}/>'
        '<w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="1701" w:header="454" w:footer="454" w:gutter="0"/>'
        f'{number}<w:cols w:space="720"/><w:titlePg/></w:sectPr>'
    )


def package(
    body: str, *, title: str, author: str, mark: str, contact: str, pictures: Mapping[str, bytes] | None = None
) -> bytes:
    """The .docx of ``body`` with the paragraphs ``mark`` at each foot and ``contact`` above the first one.

    ``pictures`` are files by name; ``body`` refers to each by that name. Nothing in it depends on the time or the
    machine.
    """
    pictures = pictures or {}
    contents = {"number": NUMBER, "blank": BLANK, "foot": mark, "contact": contact + mark}
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            ("document", f"{RELATIONS}/officeDocument", "word/document.xml"),
            ("core", f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _properties(title, author),
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relations(
            ("styles", f"{RELATIONS}/styles", "styles.xml"),
            ("settings", f"{RELATIONS}/settings", "settings.xml"),
            *((name, f"{RELATIONS}/{kind}", file) for name, (kind, file) in PARTS.items()),
            *((name, f"{RELATIONS}/image", f"media/{name}") for name in pictures),
        ),
        "word/styles.xml": styles_xml(),
        "word/settings.xml": SETTINGS,
        **{f"word/{file}": _edge(kind, contents[name]) for name, (kind, file) in PARTS.items()},
    }
    files = {name: (DECLARATION + content).encode() for name, content in parts.items()}
    files |= {f"word/media/{name}": content for name, content in pictures.items()}
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as file:
        for name, content in files.items():
            entry = ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system = ZIP_DEFLATED, 0
            file.writestr(entry, content)
    return buffer.getvalue()


def _edge(kind: str, content: str) -> str:
    tag = {"header": "hdr", "footer": "ftr"}[kind]
    return f"<w:{tag} {NAMESPACES}>{content}</w:{tag}>"


def _content_types() -> str:
    parts = {"document.xml": "document.main", "styles.xml": "styles", "settings.xml": "settings"}
    parts |= {file: kind for kind, file in PARTS.values()}
    overrides = "".join(
        f'<Override PartName="/word/{file}" ContentType="{WORD}.{kind}+xml"/>' for file, kind in parts.items()
    )
    return (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/><Default Extension="svg" ContentType="image/svg+xml"/>'
        '<Override PartName="/docProps/core.xml" '
        f'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>{overrides}</Types>'
    )


def _relations(*relations: tuple[str, str, str]) -> str:
    rows = "".join(f'<Relationship Id="{name}" Type="{kind}" Target="{file}"/>' for name, kind, file in relations)
    return f'<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def _properties(title: str, author: str) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(author)}</dc:creator>"
        "<dc:language>vi-VN</dc:language></cp:coreProperties>"
    )
