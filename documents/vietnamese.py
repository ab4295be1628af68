"""Vietnamese text: cleaning, folding, comparing, sorting, list letters and Roman numbers."""

import re
import unicodedata

ENUMERATORS = "abcdđeghiklmnopqrstuvxy"
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: the order of ICU for vi
UPPER = "".join(chr(code) for code in range(0x41, 0x1EFA) if chr(code).isupper() and code not in range(0x1B2, 0x1EA0))
DASHES = "\\-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"  # ready for a class of a regular expression

_LETTER_RANK = {letter: rank for rank, letter in enumerate(ALPHABET)}
_LOOKALIKE_D = str.maketrans({"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "ɖ": "đ"})
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_REMOVED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_WORD = re.compile(r"[^\W\d_]+")
_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)


class InvalidCharacters(ValueError):
    """The text holds a character that can never be text (NUL). The message is for the person."""


def nfc(text):
    """The text in normal form C: one code point per Vietnamese letter."""
    return unicodedata.normalize("NFC", text)


def clean(text):
    """The text in NFC without control, zero-width and direction characters; \\n and \\t stay.

    Every kind of line end (and a page's form feed) becomes \\n. Raises InvalidCharacters on NUL.
    """
    if "\x00" in text:
        raise InvalidCharacters("Văn bản có ký tự không hợp lệ (NUL). Hãy chép lại nội dung hoặc lưu lại tệp.")
    return nfc(_REMOVED.sub("", _LINE_ENDS.sub("\n", text)))


def is_blank(text):
    """True when nothing would be seen: empty, spaces, non-breaking or zero-width spaces only."""
    return not text or not _REMOVED.sub("", text).strip()


def without_marks(text):
    """The text in the letters of the English alphabet: "Ke hoach", "DT"; case and signs stay."""
    text = unicodedata.normalize("NFD", _REMOVED.sub("", text).translate(_LOOKALIKE_D))
    text = "".join(char for char in text if unicodedata.category(char) != "Mn")
    return text.replace("đ", "d").replace("Đ", "D")


def fold(text):
    """The text for search: no marks, đ as d, lower case, single spaces."""
    return " ".join(without_marks(text).casefold().split())


def compare_key(text):
    """The key under which two spellings of one name are equal.

    The place of the tone (hoà, hòa), hyphens, dashes, spaces and case are folded; the marks
    themselves stay, so that "Hoa" and "Hòa" differ.
    """
    text = nfc(_REMOVED.sub("", text).translate(_LOOKALIKE_D)).casefold()
    text = re.sub(f"[{DASHES}\\s]+", " ", text).strip()
    return _WORD.sub(lambda match: _tone_last(match.group()), text)


def _tone_last(word):
    letters = unicodedata.normalize("NFD", word)
    tones = "".join(char for char in letters if char in TONES)
    return nfc("".join(char for char in letters if char not in TONES)) + tones


def sort_key(text):
    """A key that sorts as a Vietnamese dictionary does: a ă â b c d đ e ê …, then the tones."""
    letters, tones, cases = [], [], []
    for char in nfc(_REMOVED.sub("", text).translate(_LOOKALIKE_D)):
        parts = unicodedata.normalize("NFD", char)
        tone = next((mark for mark in parts if mark in TONES), "")
        base = nfc("".join(mark for mark in parts if mark not in TONES))
        for single in base.casefold():
            letters.append(_rank(single))
            tones.append(TONES.index(tone) + 1 if tone else 0)
            cases.append(base != base.casefold())
    return tuple(letters), tuple(tones), tuple(cases)


def _rank(char):
    if char.isspace():
        return 0, 0
    if char in _LETTER_RANK:
        return 3, _LETTER_RANK[char]
    if char.isdigit():
        return 2, ord(char)
    return (4 if char.isalpha() else 1), ord(char)


def name_sort_key(full_name):
    """A key that sorts people as a Vietnamese list does: given name, then family, then middle name."""
    words = full_name.split() or [""]
    return sort_key(words[-1]), sort_key(words[0]), sort_key(" ".join(words[1:-1]))


def enumerator(position):
    """The list letter of a position counted from 0: a b c d đ e g h …; after y come aa, ab, …"""
    if position < 0:
        raise ValueError("Vị trí phải từ 0.")
    rounds, index = divmod(position, len(ENUMERATORS))
    return (enumerator(rounds - 1) if rounds else "") + ENUMERATORS[index]


def enumerator_position(letter):
    """The position, counted from 0, of a list letter. Raises ValueError for f, j, w, z and the like."""
    position = 0
    for char in nfc(letter).casefold().translate(_LOOKALIKE_D):
        if char not in ENUMERATORS:
            raise ValueError(f"“{letter}” không phải chữ cái đánh điểm (a, b, c, d, đ, e, g …).")
        position = position * len(ENUMERATORS) + ENUMERATORS.index(char) + 1
    if not position:
        raise ValueError("Thiếu chữ cái đánh điểm.")
    return position - 1


def roman(number):
    """The Roman number of 1 to 3999."""
    if not 0 < number < 4000:
        raise ValueError("Số La Mã chỉ từ 1 đến 3999.")
    digits = []
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        digits.append(letters * count)
    return "".join(digits)


def from_roman(text):
    """The number of a Roman number in its one right spelling. Raises ValueError for anything else."""
    rest, number = text.strip().upper(), 0
    for value, letters in _ROMAN:
        while rest.startswith(letters):
            number, rest = number + value, rest[len(letters) :]
    if rest or not 0 < number < 4000 or roman(number) != text.strip().upper():
        raise ValueError(f"“{text}” không phải số La Mã.")
    return number


# Letters of TCVN3 (.VnTime) and VNI seen as Latin-1 inside a word where Vietnamese has none.
_TCVN3_WORD = re.compile(r"[µ¸¶·¹¨»¾¼½Æ©ÇËÎÏÑ§«¬®ªÖ×ØÜÞßäåæçëîïñöø÷ûüþÐ]")
_VNI_WORD = re.compile(r"[aeouy][äåæëûøïö]|[aeouyAEOU][ùøûõïâêáàåãäéèúüëôöÙØÛÕÏ]|[öÖôÔ][ùøûõïnm]|ñ[aeiouyöôAEIOUY]")
_UNICODE_LETTER = re.compile("[ăĂđĐĩĨũŨơƠưƯ\u1ea0-\u1ef9]")


def looks_legacy(text):
    """ "TCVN3" or "VNI" when the text was typed in that old encoding, else None.

    Real Unicode Vietnamese has a letter of the extended block in most words; text of the old
    fonts has none and shows Latin-1 signs ("Céng hßa", "Coäng hoøa") instead.
    """
    sample = nfc(text[:20000])
    words = [word for word in sample.split() if re.search("[A-Za-z]", word)]
    foreign = [word for word in words if not _UNICODE_LETTER.search(word)]
    native = len(words) - len(foreign)
    tcvn3 = sum(1 for word in foreign if _TCVN3_WORD.search(word))
    vni = sum(1 for word in foreign if _VNI_WORD.search(word))
    best = max(tcvn3, vni)
    if best == 0 or best <= native:
        return None
    return "VNI" if vni >= tcvn3 else "TCVN3"
