"""The cells of a list edited as a table (accounts/rows.py).

Written as HTML here, not by templates: there forty rows of ten take a second.
"""

from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.forms.utils import flatatt
from django.utils.html import conditional_escape, escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from accounts.forms import CountField, MoneyField, NumberField, VietnameseDateField

WIDTHS = (
    ((CountField, NumberField), "short number"),
    ((MoneyField,), "money number"),
    ((VietnameseDateField,), "short"),
    ((forms.BooleanField,), "check"),
    ((forms.ChoiceField,), "choice"),
)


@dataclass(frozen=True)
class Column:
    """What the cells of one field share."""

    name: str
    id: str
    label: str
    help_text: str
    help_id: str
    required: bool
    css: str
    attrs: str
    options: str

    @cached_property
    def cell(self) -> SafeString:
        """How its cells begin."""
        return format_html('<td class="{}" data-label="{}">', self.css, self.label)


def column(prefix: str, name: str, field: forms.Field) -> Column:
    css = next((css for kinds, css in WIDTHS if isinstance(field, kinds)), "text")
    attrs = {**field.widget.attrs, **field.widget_attrs(field.widget)}
    if isinstance(field.widget, forms.Textarea):
        attrs = {"rows": 2} | {name: value for name, value in attrs.items() if name not in ("cols", "rows")}
    options = _options(field.choices) if isinstance(field.widget, forms.Select) else ""
    return Column(
        name, f"{prefix}-col-{name}", str(field.label), str(field.help_text),
        f"{prefix}-help-{name}" if field.help_text else "", field.required, css,
        flatatt({"autocomplete": "off", **attrs}), options,
    )  # fmt: skip


def _options(choices) -> SafeString:
    parts = []
    for value, label in choices:
        if isinstance(label, list | tuple):
            parts.append(format_html('<optgroup label="{}">{}</optgroup>', value, _options(label)))
        else:
            parts.append(format_html('<option value="{}">{}</option>', "" if value is None else value, label))
    return mark_safe("".join(parts))  # noqa: S308 (made of escaped parts)


def note(note_id: str, errors, standing: str) -> SafeString:
    """What is wrong with a cell, and what somebody else stored there meanwhile."""
    faults = format_html_join("", '<p class="cell-error">{}</p>', ((error,) for error in errors))
    stored = format_html('<p class="cell-standing">{}</p>', _("Bản đang lưu: %s") % standing) if standing else ""
    return format_html('<div id="{}">{}{}</div>', note_id, faults, stored)


def box(bound, field: forms.Field, column: Column, head: str) -> str:
    """The box of a cell."""
    widget, value = field.widget, bound.value()
    if isinstance(widget, forms.CheckboxInput):
        mark = " checked" if widget.check_test(value) else ""
        html = f'<input type="checkbox" class="form-check-input" {head}{mark}>'
    elif isinstance(widget, forms.Select) and not widget.allow_multiple_selected:
        wanted = f'<option value="{escape("" if value is None else value)}"'
        html = f'<select class="form-select" {head}>{column.options.replace(wanted, wanted + " selected", 1)}</select>'
    else:
        text = conditional_escape(widget.format_value(value) or "")
        if isinstance(widget, forms.Textarea):
            html = f'<textarea class="form-control" {head}>\n{text}</textarea>'
        else:
            html = f'<input type="{widget.input_type}" class="form-control" {head} value="{text}">'
    return html


def shown_value(field: forms.Field, value) -> str:
    """A stored value in words, for who typed another."""
    if isinstance(field, forms.ChoiceField):
        value = dict(field.choices).get(str(value), "")
    else:
        value = field.widget.format_value(field.prepare_value(value))
    return str(value or _("(trống)"))
