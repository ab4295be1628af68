"""The filters of the official layout."""

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from documents.unbroken import pieces

register = template.Library()


@register.filter
def unbroken(text: str) -> SafeString:
    """`text` with what stays together on a line in spans; its letters are the same."""
    if " " not in text:
        return conditional_escape(text)
    parts = (format_html('<span class="unbroken">{}</span>', part) if stays else part for part, stays in pieces(text))
    return format_html_join("", "{}", ((part,) for part in parts))
