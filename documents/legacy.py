"""Text in the old one-byte encodings TCVN3 (.VnTime) and VNI (VNI-Times), turned into Unicode. Pure."""

import re

from documents.vietnamese import fold, looks_legacy, nfc

# TCVN 5712:1993 (VN3), seen as Windows-1252. Capitals with a tone do not exist in it: its fonts for
# capitals (.VnTimeH) draw the small letters large, so plain text cannot tell "KẾ HOẠCH" from "kế hoạch".
_TCVN3 = str.maketrans(
    "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
    "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
)
_TONES = {"ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ù": "\u0301", "ï": "\u0323"}
_HAT = {"à": "\u0300", "å": "\u0309", "ã": "\u0303", "á": "\u0301", "ä": "\u0323"}
_BREVE = {"è": "\u0300", "ú": "\u0309", "ü": "\u0303", "é": "\u0301", "ë": "\u0323"}
_HORNED = {"ô": "ơ", "ö": "ư"}
_SINGLE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ì": "ì", "í": "í"}


def _vni_pairs() -> dict[str, str]:
    """Every letter of VNI that takes two signs: the letter and its marks → the letter."""
    pairs = {}
    for base in "aeouy":
        pairs |= {base + sign: nfc(base + tone) for sign, tone in _TONES.items()}
    for base in "aeo":
        pairs[f"{base}â"] = nfc(f"{base}\u0302")
        pairs |= {base + sign: nfc(f"{base}\u0302{tone}") for sign, tone in _HAT.items()}
    pairs["aê"] = "ă"
    pairs |= {f"a{sign}": nfc(f"a\u0306{tone}") for sign, tone in _BREVE.items()}
    for sign, letter in _HORNED.items():
        pairs |= {sign + mark: nfc(letter + tone) for mark, tone in _TONES.items()}
    return pairs


_PAIRS = _vni_pairs()
_VNI = re.compile("|".join([*map(re.escape, _PAIRS), f"[{''.join(_SINGLE)}]"]), re.IGNORECASE)
_PAIR = re.compile("|".join(map(re.escape, _PAIRS)), re.IGNORECASE)
_SIGN = re.compile("[\u00a1-\u00ff]")
# Signs of the old fonts in Latin-1, and vowels of VNI with their marks behind them.
_NEVER_VIETNAMESE = re.compile(
    "[µ¶·¸¹»¼½¾¨©«¬®¡¢£¤¥¦§ªÄÅÆÇËÎÏÑÖ×ØÛÜÞßäåæçëîïñöø÷ûüþ]|[aA][âàáãùúõêéèÂÀÁÃÙÕÊÉÈ]|[eE][âàáãùõÂÀÁÃÙÕ]|[oO][âùõÂÙÕ]|[uU][ùõÙÕ]"
)
_SYLLABLE = re.compile(
    "(?:b|ch?|d|gh?|gi|h|kh?|l|m|ngh?|nh?|ph?|qu|r|s|th?|tr|v|x)?[aeiouy]{1,3}(?:ch?|m|ngh?|nh?|p|t)?"
)
_PUNCTUATION = " .,;:!?()[]{}“”\"'…–-/"
_UNICODE = re.compile("[ăĂđĐĩĨũŨơƠưƯ\u1ea0-\u1ef9]")
_TCVN3_FONT = re.compile(r"\.vn", re.IGNORECASE)
_VNI_FONT = re.compile(r"vni[- ]", re.IGNORECASE)


def detect(text: str) -> str | None:
    """ "TCVN3" or "VNI" when the text was typed in that encoding, else None.

    Both show signs of Latin-1; in VNI most of them stand behind the vowel whose marks they are.
    """
    if looks_legacy(text) is None:
        return None
    foreign = [word for word in nfc(text[:20_000]).split() if _SIGN.search(word) and not _UNICODE.search(word)]
    paired = sum(bool(_PAIR.search(word)) for word in foreign)
    return "VNI" if paired * 2 > len(foreign) else "TCVN3"


def from_old_font(text: str) -> str | None:
    """The Unicode of a text that somebody typed or pasted in an old font, None for any other text.

    Stricter than `detect`, which a whole document is judged by: three words or more, and more than those that only
    Unicode has, hold signs that stand in no Vietnamese word, and read as old letters nearly all are syllables.
    "Toà nhà" and "Curaçao" are left alone.
    """
    words = nfc(text[:20_000]).split()
    foreign = [word for word in words if _NEVER_VIETNAMESE.search(word) and re.search("[A-Za-z]", word)]
    if len(foreign) < 3 or len(foreign) <= sum(bool(_UNICODE.search(word)) for word in words):
        return None
    encoding = detect(text)
    if encoding is None:
        return None
    read = [fold(convert(word, encoding)).strip(_PUNCTUATION) for word in foreign]
    syllables = sum(bool(_SYLLABLE.fullmatch(word)) for word in read)
    return convert(text, encoding) if syllables * 5 >= len(foreign) * 4 else None


def encoding_of_font(name: str) -> str | None:
    """The encoding that a font stands for: ".VnTime" TCVN3, "VNI-Times" VNI, any other none."""
    if _TCVN3_FONT.match(name):
        return "TCVN3"
    return "VNI" if _VNI_FONT.match(name) else None


def draws_capitals(font: str) -> bool:
    """True for the fonts of TCVN3 that draw every letter as a capital: ".VnTimeH"."""
    return bool(_TCVN3_FONT.match(font)) and font.rstrip().endswith("H")


def convert(text: str, encoding: str | None = None) -> str:
    """The text in Unicode (NFC). encoding: "TCVN3", "VNI", or None to detect it; other text comes back as it is.

    Lines that hold letters of real Unicode Vietnamese are left alone. Capitals that a TCVN3 text owes to
    its font alone (.VnTimeH) come back small: the letters do not tell.
    """
    encoding = encoding or detect(text)
    if encoding is None:
        return text
    change = _from_tcvn3 if encoding == "TCVN3" else _from_vni
    return nfc("\n".join(line if _UNICODE.search(line) else change(line) for line in nfc(text).split("\n")))


def _from_tcvn3(line: str) -> str:
    words = re.split(r"(\s+)", line)
    capital = [_typed_in_capitals(word) for word in words]
    for index in range(len(words)):
        near = capital[max(0, index - 2) : index] + capital[index + 1 : index + 3]
        small = words[index].translate(_TCVN3)
        if capital[index] or capital[index] is None and True in near and False not in near:
            small = small.upper()
        words[index] = small
    return "".join(words)


def _typed_in_capitals(word: str) -> bool | None:
    """True for a word whose plain letters are capitals ("CHñ": the letters with a tone have none), False for one
    with a small letter, None when it does not tell ("Sè", "ñ", "2022")."""
    plain = [char for char in word if char.isascii() and char.isalpha()]
    if any(char.islower() for char in plain):
        return False
    return True if len(plain) > 1 and not any(char.isdigit() or char in "/_" for char in word) else None


def _from_vni(line: str) -> str:
    return _VNI.sub(lambda found: _vni_letter(found.group()), line)


def _vni_letter(signs: str) -> str:
    small = signs.lower()
    letter = _PAIRS.get(small) or _SINGLE[small]
    return letter.upper() if signs[0].isupper() else letter
