"""What the boxes of a line of a unit plan share, whether on a page of its own, in a table or in a file."""

import calendar
import re
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.forms import CleanCharField, MoneyField
from documents.name_list import UnknownName
from documents.numbers import format_money
from documents.time_spans import Span, UnreadableSpan, read_span, span_words
from documents.vietnamese import is_blank
from plans.models import Activity
from plans.units.funds import Mismatch, funds_of, in_boxes, joined, split
from plans.units.unit_plan_excel.catalogue import Catalogue

PHRASE_MAX = Activity._meta.get_field("phrase").max_length


def spans(year: int) -> dict[str, tuple[date, date]]:
    """The usual times of an activity by name: "m3" March, "q1" the first quarter, "y" the year; both ends inclusive."""
    months = {f"m{month}": (month, month) for month in range(1, 13)}
    quarters = {f"q{quarter}": (3 * quarter - 2, 3 * quarter) for quarter in range(1, 5)}
    return {
        name: (date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))
        for name, (first, last) in {**months, **quarters, "y": (1, 12)}.items()
    }


class ListedField(forms.CharField):
    """An entry of a list by its name; `catalogue`, `name` and `kept` are set by the form."""

    catalogue: Catalogue
    name = ""
    kept = None

    def clean(self, value):
        if is_blank(value or ""):
            if self.required:
                raise forms.ValidationError(_("Chọn trong danh sách của ô."), code="required")
            return None
        try:
            return self.catalogue.find(self.name, value, self.kept)
        except UnknownName as unknown:
            raise forms.ValidationError(str(unknown), code="invalid_choice") from None


class TimeField(CleanCharField):
    """When a line runs, as written; gives the days. `year` is set by the form, `phrase` holds the words."""

    year = 0
    phrase = echo = ""

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        try:
            span = read_span(text, self.year)
        except UnreadableSpan as unread:
            raise ValidationError(str(unread), code="invalid") from None
        self.phrase = phrase_of(text, span)
        self.echo = "" if text == _in_days(span) else _("Đọc là %s.") % _in_days(span)
        return span


def phrase_of(text: str, span: Span) -> str:
    """The words that are kept beside the days: as written, "3–5" as "Tháng 3 – 5/2022"; none for plain dates."""
    if any(letter.isalpha() for letter in text):
        return text[:PHRASE_MAX]
    words = span_words(span)
    return words if words[:1].isalpha() else ""


def _in_days(span: Span) -> str:
    return " – ".join(dict.fromkeys(f"{day:%d/%m/%Y}" for day in (span.starts, span.ends)))


class MoneyPartsField(MoneyField):
    """Money in đồng, of several sources parted by semicolons. Gives a tuple of whole đồng; nothing is ()."""

    def to_python(self, value):
        if not isinstance(value, str):
            return () if value is None else (value,)
        if is_blank(value):
            return ()
        amounts = tuple(super(MoneyPartsField, self).to_python(part) or 0 for part in split(value) if part)
        if len(amounts) > 1:
            self.echo = _("Đọc là %s.") % " + ".join(map(format_money, [*amounts])) + (
                " " + _("Cộng %s.") % format_money(sum(amounts))
            )
        return amounts

    def has_changed(self, initial, data) -> bool:
        try:
            return self.to_python(self.prepare_value(initial)) != self.to_python(data)
        except ValidationError:
            return True

    def validate(self, value):
        forms.Field.validate(self, value)
        if value and sum(value) > self.max_value:
            raise ValidationError(_("Tối đa %s. Hãy kiểm tra lại số đã nhập.") % self.show(self.max_value), code="max")
        if value and not self.echo:
            self.echo = _("Đọc là %s.") % self.say(sum(value))


class LineRules:
    """What holds between the boxes of a line, wherever they are filled in.

    The form has `year`, that of the plan, and `catalogue`. Its `cleaned_data` gives `starts` and `ends`, `phrase`,
    `money` in all (đồng or None), `funds` (plans.units.funds.Fund) and `asked` (plans.units.asked.Asked).
    """

    year: int
    catalogue: Catalogue

    def clean(self):
        cleaned = super().clean()
        self._clean_time(cleaned)
        if cleaned.get("quantity") is not None and not cleaned.get("indicator") and "indicator" not in self.errors:
            self.add_error("indicator", _("Chọn chỉ tiêu để biết số lượng được đếm theo đơn vị nào."))
        self._clean_money(cleaned)
        self._clean_asked(cleaned)
        return cleaned

    def _clean_time(self, cleaned: dict) -> None:
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        cleaned.setdefault("phrase", "")
        if span := spans(self.year).get(cleaned.get("span")):
            if (starts and starts != span[0]) or (ends and ends != span[1]):
                self.add_error("span", _("Chọn tháng, quý ở ô này hoặc ghi ngày cụ thể, không cả hai."))
            cleaned["starts"], cleaned["ends"] = span
            cleaned["phrase"] = span_words(Span(*span))
            return
        if not starts and "starts" not in self.errors:
            self.add_error("starts", _("Chọn tháng, quý, hoặc nhập từ ngày."))
        if starts and not ends and "ends" not in self.errors:
            cleaned["ends"] = ends = starts
        for name, day in (("starts", starts), ("ends", ends)):
            if day and day.year != self.year:
                self.add_error(name, _("Kế hoạch này của năm %d. Hãy nhập ngày trong năm đó.") % self.year)
        if starts and ends and ends < starts:
            self.add_error("ends", _("Đến ngày phải bằng hoặc sau từ ngày (%s).") % f"{starts:%d/%m/%Y}")

    def _clean_money(self, cleaned: dict) -> None:
        amounts = cleaned.get("money") or ()
        cleaned["money"], names = (sum(amounts) if amounts else None), cleaned.get("funds") or ""
        cleaned["funds"] = ()
        if not names or "money" in self.errors:
            return
        if not amounts:
            self.add_error("money", _("Nhập kinh phí của nguồn đã ghi, hoặc bỏ trống cả hai."))
            return
        try:
            sources = [self.catalogue.find("funds", name) if name else None for name in split(names)]
            cleaned["funds"] = joined(amounts, sources)
        except (UnknownName, Mismatch) as fault:
            self.add_error("funds", str(fault))

    def _clean_asked(self, cleaned: dict) -> None:
        """ "c1; c3"; beside an area its bare numbers do: "1, 3"."""
        known, area, found = self.catalogue.asked, cleaned.get("area"), []
        for word in re.split(r"[;,\s]+", (cleaned.get("asked") or "").casefold()):
            code = f"{area.letter}{word}" if area and word.isdecimal() else word
            if code in known:
                found.append(known[code])
            elif word:
                self.add_error("asked", self._unknown_item(word, area))
                break
        cleaned["asked"] = tuple(dict.fromkeys(found))

    def _unknown_item(self, word: str, area) -> str:
        codes = [code for code, item in self.catalogue.asked.items() if not area or item.area in (area.code, "")]
        return _("Không có yêu cầu “%(word)s”. Các mã: %(codes)s.") % {
            "word": word[:20], "codes": ", ".join(codes[:30]) or _("không có"),
        }  # fmt: skip


def boxes_of(line: Activity, catalogue: Catalogue) -> dict[str, object]:
    """What the boxes of money, sources and answered items hold for a stored line."""
    money, sources = in_boxes(line.money, funds_of(line))
    asked = "; ".join(item.code for item in catalogue.asked_by(line))
    return {"money": money, "funds": sources, "asked": asked}
