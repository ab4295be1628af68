"""The filters of the official layout."""

import re
from collections.abc import Iterator

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from documents.official import padded
from documents.unbroken import pieces

register = template.Library()

# WeasyPrint 70 breaks a line behind its first word when a piece of it fits only without the space that closes it:
# that space is a piece by itself.
_LAST_SPACE = re.compile(r"( )$")


@register.filter
def unbroken(text: str) -> SafeString | str:
    """`text` with what stays together on a line in spans; its letters are the same."""
    parts = pieces(text) if " " in text else []
    if len(parts) < 2:
        return text
    return format_html_join("", '<span class="{}">{}</span>', _spans(parts))


def _spans(parts: list[tuple[str, bool]]) -> Iterator[tuple[str, str]]:
    for text, stays in parts:
        if stays:
            yield "unbroken", text
        else:
            yield from (("flowing", piece) for piece in _LAST_SPACE.split(text) if piece)


@register.filter
def document_number(number: str) -> str:
    """A document's number as it is printed: "05" for 5."""
    return padded(number)
