"""Vietnamese numbers: "1.234.567,5" in and out, đồng, percent, numbers in words.

Reading never guesses: what could mean two numbers raises UnreadableNumber, whose message (for the
person) says how to write it. Nothing typed is ever a negative number here.
"""

import re
from decimal import ROUND_HALF_UP, Decimal

from documents.vietnamese import clean

MISSING = "–"
MAX_DIGITS = 15
MAX_LENGTH = 60

_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", re.ASCII)
_SPACED = re.compile(r"\d{1,3}(?: \d{3})+(?:,\d+)?", re.ASCII)
_PLAIN = re.compile(r"\d+(?:,\d+)?", re.ASCII)
_COMMA_GROUP = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+", re.ASCII)
_NEGATIVE = re.compile(r"[-−–]\s*[\d.,]", re.ASCII)
_SCALES = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tr": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_MONEY_PART = re.compile(r"([^a-zđìàệỷỉồ]+?)\s*(nghìn|ngàn|triệu|tr|tỷ|tỉ)\s*", re.IGNORECASE)
_DONG = re.compile(r"\s*(?:đồng|đ|₫|vnđ|vnd)\.?$", re.IGNORECASE)
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


class UnreadableNumber(ValueError):
    """The text is not one number; the message tells the person what to type instead."""


def format_number(value, decimals=None):
    """A number as Vietnamese print it: dots between thousands, comma before decimals.

    None gives "–", for missing is not zero. decimals=None keeps the decimals there are (trailing
    zeros dropped), otherwise the value is rounded half up to that many.
    """
    if value is None:
        return MISSING
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    if not number.is_finite():
        return MISSING
    if decimals is None:
        text = f"{number:f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    else:
        text = f"{number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP):f}"
    sign = "-" if text.startswith("-") and text.strip("-0.") else ""
    whole, _, fraction = text.lstrip("-").partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    return f"{sign}{grouped},{fraction}" if fraction else f"{sign}{grouped}"


def format_money(dong):
    """Whole đồng in words of print: 1234500 → "1.234.500 đồng"; None → "–"."""
    return MISSING if dong is None else f"{format_number(dong, 0)} đồng"


def parse_number(text):
    """The Decimal of a Vietnamese number ("1.234,5" → 1234.5). Raises UnreadableNumber."""
    shown = clean(text).strip()
    plain = _SPACES.sub(" ", shown)
    _refuse_foreign(shown, plain)
    if _COMMA_GROUP.fullmatch(plain):
        digits = plain.replace(",", "")
        raise UnreadableNumber(
            f"“{shown}” đọc được hai cách. Nếu là {format_number(int(digits))} hãy nhập {digits}; "
            f"nếu là số thập phân hãy nhập {plain}0."
        )
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(".", "")
    elif _SPACED.fullmatch(plain):
        plain = plain.replace(" ", "")
    elif not _PLAIN.fullmatch(plain):
        _refuse_mixed(shown, plain)
    whole, _, fraction = plain.partition(",")
    if len(whole.lstrip("0")) > MAX_DIGITS or len(fraction) > MAX_DIGITS:
        raise UnreadableNumber(f"Số quá dài: tối đa {MAX_DIGITS} chữ số. Hãy kiểm tra lại số đã nhập.")
    return Decimal(f"{whole}.{fraction}" if fraction else whole)


def _refuse_foreign(shown, plain):
    if len(shown) > MAX_LENGTH:
        raise UnreadableNumber(f"Số quá dài: tối đa {MAX_DIGITS} chữ số. Hãy kiểm tra lại số đã nhập.")
    if not plain:
        raise UnreadableNumber("Chưa có số. Hãy nhập số, ví dụ 1.234,5.")
    if _NEGATIVE.match(plain):
        raise UnreadableNumber(f"Không nhận số âm ({_short(shown)}). Hãy nhập số từ 0 trở lên.")
    if not re.fullmatch(r"[\d., ]+", plain, re.ASCII):
        raise UnreadableNumber(f"Không đọc được số “{_short(shown)}”. Chỉ dùng chữ số, ví dụ 1.234,5.")


def _refuse_mixed(shown, plain):
    if re.fullmatch(r"\d+\.\d+", plain, re.ASCII):
        raise UnreadableNumber(
            f"“{_short(shown)}” không rõ phần thập phân. Hãy dùng dấu phẩy: {_short(plain.replace('.', ','))}."
        )
    if "," in plain and "." in plain:
        raise UnreadableNumber(
            f"“{_short(shown)}” không rõ dấu nào ngăn phần nghìn. Dùng dấu chấm ngăn phần nghìn, "
            "dấu phẩy cho phần thập phân, ví dụ 1.234,5."
        )
    raise UnreadableNumber(f"Không đọc được số “{_short(shown)}”. Ví dụ đúng: 1234 hoặc 1.234,5.")


def _short(text):
    return text if len(text) <= 30 else text[:30] + "…"


def parse_count(text):
    """The whole number of a count ("1.234" → 1234). Raises UnreadableNumber, also on a fraction."""
    number = parse_number(text)
    if number != number.to_integral_value():
        raise UnreadableNumber(f"“{_short(text.strip())}” phải là số nguyên, không có phần thập phân.")
    return int(number)


def parse_money(text):
    """Whole đồng of "5.000.000đ", "12 triệu", "5tr", "1,5 tỷ", "1 tỷ 200 triệu". Raises UnreadableNumber."""
    shown = clean(text).strip()
    if len(shown) > MAX_LENGTH:
        raise UnreadableNumber("Số tiền quá dài. Hãy nhập số đồng, ví dụ 1.500.000, hoặc 1,5 tỷ.")
    rest, total, last_scale = _DONG.sub("", shown), Decimal(0), None
    while match := _MONEY_PART.match(rest):
        scale = _SCALES[match.group(2).lower()]
        if last_scale is not None and scale >= last_scale:
            raise UnreadableNumber(f"Không đọc được số tiền “{_short(shown)}”. Ví dụ đúng: 1,5 tỷ hoặc 1.500.000.000.")
        total, last_scale, rest = total + parse_number(match.group(1)) * scale, scale, rest[match.end() :]
    if rest.strip() and last_scale is not None:
        raise UnreadableNumber(f"Không đọc được số tiền “{_short(shown)}”. Ví dụ đúng: 1,5 tỷ hoặc 1.500.000.000.")
    if last_scale is None:
        total = parse_number(rest)
    if total != total.to_integral_value():
        raise UnreadableNumber("Số tiền tính bằng đồng, không có phần lẻ. Hãy nhập số đồng nguyên.")
    if total >= 10**MAX_DIGITS:
        raise UnreadableNumber(f"Số tiền quá lớn: tối đa {MAX_DIGITS} chữ số.")
    return int(total)


def parse_percent(text):
    """The Decimal before the sign of "12%", "12,5 %" or "12". Raises UnreadableNumber."""
    return parse_number(re.sub(r"\s*[%٪％]$", "", clean(text).strip()))


def number_in_words(number):
    """A whole number from 0 in Vietnamese words: 1005 → "một nghìn không trăm linh năm"."""
    if number < 0:
        raise ValueError("Chỉ đọc số từ 0 trở lên.")
    if number < 10:
        return _DIGITS[number]
    return " ".join(_groups(number, started=False))


def _groups(number, started):
    """The words of a number; started: something stands before, so that hundreds are said in full."""
    words = []
    billions, number = divmod(number, 10**9)
    if billions:
        words += [*_groups(billions, started), "tỷ"]
        started = True
    for scale, name in ((10**6, "triệu"), (10**3, "nghìn"), (1, "")):
        group, number = divmod(number, scale)
        if group:
            words += _below_thousand(group, full=started) + ([name] if name else [])
            started = True
    return words


def _below_thousand(number, full):
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = [_DIGITS[hundreds], "trăm"] if hundreds or full else []
    if tens == 0:
        return words + ((["linh"] if words else []) + [_DIGITS[ones]] if ones else [])
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if ones:
        words.append(
            {1: "mốt" if tens > 1 else "một", 4: "tư" if tens > 1 else "bốn", 5: "lăm"}.get(ones, _DIGITS[ones])
        )
    return words
