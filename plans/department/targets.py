"""A target on a ranking index in words. Pure: takes what was read (documents.reading) and what is stored alike."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.numbers import format_number

WORDS = {
    "rank_change": gettext_lazy("tăng %(value)s bậc"),
    "score_change": gettext_lazy("tăng %(value)s %(unit)s"),
    "level": gettext_lazy("từ %(value)s %(unit)s trở lên"),
    "position": gettext_lazy("TOP %(value)s"),
}


def target_words(target) -> str:
    """ "tăng 0,5–1 điểm so với năm 2021", "từ 90% trở lên, đến năm 2025", "TOP 20, đến năm 2025"."""
    value = format_number(target.value.normalize())
    if target.value_max is not None:
        value = f"{value}–{format_number(target.value_max.normalize())}"
    words = str(WORDS[target.kind]) % {"value": value, "unit": target.unit}
    words = words.replace(" %", "%")
    if target.baseline_year:
        words += _(" so với năm %d") % target.baseline_year
    return words + (_(", đến năm %d") % target.by_year if target.by_year else "")
