"""Rows edited as a table: a list of one form a row, with adding, moving and removing that need no JavaScript.

    class TargetRow(CleanForm):
        name = CleanCharField(label=_("Chỉ tiêu"), max_length=300)
        index = forms.ModelChoiceField(Index.objects.all(), label=_("Chỉ số"))

    class TargetRows(Rows):
        form, noun, most = TargetRow, _("chỉ tiêu"), 60

    def targets(request, pk):
        plan = fetch_to_edit(request, pk)
        rows = TargetRows(request.POST or None, stored=plan.targets.all())
        if rows.is_valid():
            save_targets(plan, rows.kept, rows.removed, by=request.user, now=request.now)
            return redirect("plan_detail", pk)
        return render(request, "plans/targets.html", {"rows": rows}, status=rows.status)

The page: `<form method="post" novalidate>{% csrf_token %}{% include "components/rows.html" with rows=rows only %}
<button class="btn btn-primary">Lưu</button></form>`. The part brings its own error summary and js/rows.js.

A list whose rows are given (`is_fixed`) has no buttons to add, move or remove, and each row shows its `name`.

`kept` are the rows in their order, each with `cleaned_data`, `position` (from 1), `stored` (None for a new row) and
`has_changed()`; `removed` are the stored objects whose row was marked. Stored objects that the sent form does not
name are neither. A stored row with a `version` that somebody changed meanwhile is a fault that shows both texts;
sending again replaces it. Whoever saves between this look and the action's lock is the action's to find.
Lists to choose from are read once for all rows; they must therefore be the same for each.
"""

import re
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import row_cells
from accounts.forms import CleanForm, label_in_sentence
from accounts.row_cells import Column
from documents.numbers import format_number

ADD, UP, DOWN = "them", "len", "xuong"  # what a button asks instead of saving
ID, VERSION, REMOVE = "id", "version", "xoa"
UNFILLED = "__n__"  # stands for the number in the row that rows.js copies


class LoadedChoice(forms.TypedChoiceField):
    """A list to choose from that was read before; gives the object, or None."""

    def __init__(self, field: forms.ModelChoiceField):
        rows = {str(field.prepare_value(row)): row for row in field.queryset}
        empty = [("", field.empty_label)] if field.empty_label is not None else []
        choices = empty + [(key, field.label_from_instance(row)) for key, row in rows.items()]
        given = {name: getattr(field, name) for name in ("required", "label", "initial", "help_text", "disabled")}
        super().__init__(choices=choices, coerce=rows.__getitem__, empty_value=None, **given)
        self.error_messages |= field.error_messages

    def has_changed(self, initial, data) -> bool:
        return str("" if initial is None else initial) != str(data or "")


@dataclass(frozen=True)
class Fault:
    """A line of the error summary: what is wrong, and the id of where."""

    target: str
    words: str


@dataclass(frozen=True)
class ShownRow:
    """A row as the template draws it; `cells` is the HTML of all of them."""

    row: "Row"
    id: str
    prefix: str
    cells: SafeString
    errors: list[str]


class Row:
    """A row of the list: its form, its place from 1, the stored object it stands for (None for a new one)."""

    def __init__(self, form: CleanForm, number: str, *, stored=None, sent: dict | None = None):
        sent = sent or {}
        self.form, self.number, self.stored = form, number, stored
        self.position = int(number) + 1 if number.isdecimal() else 0
        self.id, self.version = sent.get(ID, [""])[-1], sent.get(VERSION, [""])[-1]
        self.is_removed = REMOVE in sent
        self.is_lost = bool(self.id and stored is None)  # it stood for an object that is no longer there
        self.is_stale = False
        self.carried: dict[str, str] = {}  # what goes along unseen
        self.tag: tuple[str, str] | None = None  # (tone, word) beside the number
        self.name = ""  # shown instead of the number
        self.beneath: dict[str, str] = {}  # field → what else stands beneath its box, as safe HTML
        self.cells: dict[str, str] = {}  # field → where its value stands in the file that it came from

    @property
    def label_id(self) -> str:
        return f"{self.form.prefix}-row"

    @property
    def cleaned_data(self) -> dict:
        return self.form.cleaned_data

    def has_changed(self) -> bool:
        return self.form.has_changed()

    def check(self) -> None:
        """Clean the form, and see whether somebody changed or removed the stored object meanwhile."""
        self.form.full_clean()
        if self.is_lost:
            self.id = self.version = ""
            self.form.add_error(None, _("Có người vừa xóa dòng này. Gửi lại thì dòng được ghi thành dòng mới; "
                                        "không cần nữa thì đánh dấu xóa."))  # fmt: skip
        elif self.stored and self.has_changed() and self.version != _version(self.stored):
            self.is_stale, self.version = True, _version(self.stored)
            self.form.add_error(None, _("Có người vừa sửa dòng này. Bản đang lưu ghi dưới mỗi ô khác; "
                                        "gửi lại thì bản của bạn thay bản đó."))  # fmt: skip

    def faults(self) -> Iterator[Fault]:
        """What is wrong here, each sentence with the number of the row and the name of the column."""
        row = self.name or _("Dòng %d") % self.position
        for name, errors in self.form.errors.items():
            if name == NON_FIELD_ERRORS:
                yield from (Fault(self.label_id, f"{row}: {error}") for error in errors)
                continue
            where = f"{row} ({_('ô %s của tệp') % self.cells[name]})" if name in self.cells else row
            label = label_in_sentence(self.form.fields[name].label)
            for error in errors:
                told = "" if label.lower() in error.lower() else f", {label}"
                yield Fault(self.form[name].auto_id, f"{where}{told}: {error}")


class Rows:
    """The rows of one list. Subclasses name `form`, `noun` (what a row is), `most` and `extra` blank rows at first;
    `carried` names values that go along with a row unseen.
    """

    form: type[CleanForm]
    noun = gettext_lazy("dòng")
    prefix = "rows"
    most = 200
    extra = 1
    is_fixed = False
    carried: tuple[str, ...] = ()

    def __init__(self, data=None, *, stored=(), form_kwargs: dict | None = None):
        self.is_bound = data is not None
        self.form_kwargs = form_kwargs or {}
        self.faults: list[Fault] = []
        self.asked = self.focus = ""
        self._loaded: dict[str, LoadedChoice] = {}
        self._shown_form: CleanForm | None = None
        unmet = {str(row.pk): row for row in stored}
        sent = self._asked_for(data, _typed(data, self.prefix)) if self.is_bound else self._at_first(unmet)
        self.rows = [
            self._row(str(number), unmet.pop(row.get(ID, [""])[-1], None), row) for number, row in enumerate(sent)
        ]

    # What was sent

    def _at_first(self, stored: dict) -> list[dict]:
        rows = [{ID: [key], VERSION: [_version(row)]} for key, row in stored.items()]
        return rows + [{} for _each in range(min(self.extra, max(0, self.most - len(rows))))]

    def _asked_for(self, data, rows: list[dict]) -> list[dict]:
        """The rows after the button that was pressed, if it was one of the table's own."""
        for act in (ADD, UP, DOWN):
            pressed = data.get(f"{self.prefix}-{act}")
            if pressed is None:
                continue
            self.asked = act
            if act == ADD:
                return self._with_one_more(rows)
            numbers = [row["number"] for row in rows]
            at = numbers.index(pressed) if pressed in numbers else -1
            to = at + (1 if act == DOWN else -1)
            if at >= 0 and 0 <= to < len(rows):
                rows[at], rows[to] = rows[to], rows[at]
                self.focus = f"{self.prefix}-{to}-{act}"
        return rows

    def _with_one_more(self, rows: list[dict]) -> list[dict]:
        if len(rows) >= self.most:
            self.faults.append(self._too_many(len(rows) + 1))
            return rows
        self.focus = f"id_{self.prefix}-{len(rows)}-{next(iter(self.form.base_fields))}"
        return [*rows, {}]

    def _too_many(self, now: int) -> Fault:
        values = {"most": format_number(self.most), "noun": self.noun, "over": format_number(now - self.most)}
        return Fault(f"{self.prefix}-{ADD}", _("Tối đa %(most)s %(noun)s. Hãy xóa bớt %(over)s dòng.") % values)

    def _row(self, number: str, stored, sent: dict) -> Row:
        prefix, data = f"{self.prefix}-{number}", None
        if self.is_bound and number != UNFILLED:
            data = MultiValueDict({f"{prefix}-{name}": values for name, values in sent.items() if name != "number"})
        facts = {"initial": self.initial_of(stored) if stored else self.initial_of_new()}
        form = self._form(data, prefix=prefix, empty_permitted=stored is None, **facts)
        row = Row(form, number, stored=stored, sent=sent)
        row.carried = {name: value for name in self.carried if (value := sent.get(name, [""])[-1])}
        return row

    def _form(self, data, **facts) -> CleanForm:
        """The form of one row. Those that only show share their fields: making these takes most of the time."""
        if data is None and self._shown_form:
            form = copy(self._shown_form)
            form.__dict__ |= facts | {"_bound_fields_cache": {}}
            return form
        form = self.form(data, use_required_attribute=False, **facts, **self.form_kwargs)
        for name, field in form.fields.items():
            if isinstance(field, forms.ModelChoiceField):
                if name not in self._loaded:
                    self._loaded[name] = LoadedChoice(field)
                form.fields[name] = self._loaded[name]
        if data is None:
            self._shown_form = form
        return form

    def initial_of(self, stored) -> dict:
        """What the boxes of a stored object hold; of a foreign key its number, so that nothing is fetched."""
        return {name: stored.serializable_value(name) for name in self.form.base_fields}

    def initial_of_new(self) -> dict:
        """What the boxes of a new row hold before anything is typed; a row left so is blank."""
        return {}

    # What is wrong, what is to be stored

    def is_valid(self) -> bool:
        """Whether the rows were sent to be saved and may be: no for the buttons that add or move a row."""
        if not self.is_bound or self.asked:
            return False
        standing = [row for row in self.rows if not row.is_removed]
        for row in standing:
            row.check()
        self.clean()
        too_many = [self._too_many(len(self.kept))] if len(self.kept) > self.most else []
        self.faults = too_many + [fault for row in standing for fault in row.faults()]
        return not self.faults

    def refuse(self, row: Row, messages: list[str], name: str | None = None) -> None:
        """Say of a row, or of its field `name`, why it cannot be stored; in place of what was said there."""
        row.form.errors.pop(name or NON_FIELD_ERRORS, None)
        row.form.add_error(name, messages)
        self.faults = [fault for each in self.rows if not each.is_removed for fault in each.faults()]

    def clean(self) -> None:
        """For checks across rows: `row.form.add_error(name, sentence)` on those of `kept`."""

    @property
    def kept(self) -> list[Row]:
        """The rows to be stored, in their order; blank new ones are left out."""
        return [row for row in self.rows if not row.is_removed and (row.stored or row.has_changed())]

    @property
    def removed(self) -> list:
        """The stored objects whose row was marked."""
        return [row.stored for row in self.rows if row.is_removed and row.stored]

    @property
    def status(self) -> int:
        """409 when somebody changed or removed a row meanwhile, else 200."""
        return 409 if self.faults and any(row.is_stale or row.is_lost for row in self.rows) else 200

    # What is shown

    @cached_property
    def columns(self) -> list[Column]:
        return [row_cells.column(self.prefix, name, field) for name, field in self._unfilled.form.fields.items()]

    @property
    def hints(self) -> list[Column]:
        return [column for column in self.columns if column.help_text]

    @property
    def fault_title(self) -> str:
        return _("Chưa thêm được dòng") if self.asked else _("Chưa lưu được, cần sửa")

    @cached_property
    def _unfilled(self) -> Row:
        return self._row(UNFILLED, None, {})

    @property
    def unfilled(self) -> ShownRow:
        """The row that rows.js copies to add one."""
        return self._shown(self._unfilled)

    @property
    def shown(self) -> list[ShownRow]:
        return [self._shown(row) for row in self.rows]

    def _shown(self, row: Row) -> ShownRow:
        checked = self.is_bound and not self.asked and not row.is_removed
        errors = row.form.errors if checked else {}
        cells = [self._cell(row, column, errors.get(column.name, ())) for column in self.columns]
        html = mark_safe("".join(cells))  # noqa: S308 (made of escaped parts)
        return ShownRow(row, row.label_id, row.form.prefix, html, list(errors.get(NON_FIELD_ERRORS, ())))

    def _cell(self, row: Row, column: Column, errors) -> str:
        """The box to type in; beneath it what is wrong, what somebody else stored, what was read, more."""
        name, field = column.name, row.form.fields[column.name]
        html_name = f"{row.form.prefix}-{name}"
        box_id = f"id_{html_name}"
        stale = row.is_stale and name in row.form.changed_data
        note = f"{box_id}_note" if errors or stale else ""
        described = " ".join(filter(None, (note, column.help_id)))
        attrs = f' aria-labelledby="{column.id} {row.label_id}"'
        attrs += f' aria-describedby="{described}"' if described else ""
        attrs += ' aria-invalid="true"' if errors else ""
        attrs += " autofocus" if box_id == self.focus else ""
        standing = row_cells.shown_value(field, row.form.initial.get(name)) if stale else ""
        beneath = row_cells.note(note, errors, standing) if note else ""
        if not errors and (echo := getattr(field, "echo", "")):
            beneath += format_html('<p class="echo">{}</p>', echo)
        head = f'name="{html_name}" id="{box_id}"{attrs}{column.attrs}'
        box = row_cells.box(row.form[name], field, column, head)
        return f"{column.cell}{box}{beneath}{row.beneath.get(name, '')}</td>"


def _version(stored) -> str:
    return str(getattr(stored, "version", ""))


def _typed(data, prefix: str) -> list[dict]:
    """What each row holds, in the order in which the page had them (a form is sent from top to bottom)."""
    name_of = re.compile(rf"{re.escape(prefix)}-(\d{{1,6}})-([a-z_]\w*)", re.ASCII)
    rows: dict[str, dict] = {}
    for key in data:
        if found := name_of.fullmatch(key):
            number, name = found.groups()
            rows.setdefault(number, {"number": number})[name] = data.getlist(key)
    return list(rows.values())
