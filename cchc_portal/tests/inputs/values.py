"""What attackers and clumsy typists send: texts, numbers, dates, choices, addresses, queries."""

import unicodedata

NFD = unicodedata.normalize("NFD", "Tuyên truyền cải cách hành chính ở Ninh Thuận")
MILLION = "ă" * 1_000_000

CODE = """=1+1"><script>alert(1)</script><img src=x onerror=alert(1)>{{ settings.SECRET_KEY }}${7*7}%s%(x)s'; DROP"""

TEXTS = {
    "nul": "Phát tờ\x00 gấp",
    "control characters": "Phát\x07 tờ\x1b gấp\u202e bộ\x0b phận",
    "nothing visible": "\u200b\u00a0\ufeff",
    "a million": MILLION,
    "code": CODE,
    "decomposed": NFD,
    "line ends": "một\r\nSet-Cookie: sessionid=1\r\n\r\n<html>",
    "not utf-8": b"\xff\xfe\xed\xa0\x80Ph\xe1t",
    "many marks": "a" + "\u0301" * 500,
}
NUMBERS = {
    "exponent": "1e5",
    "infinity": "Infinity",
    "five thousand digits": "9" * 5000,
    "negative": "-3",
    "beyond the column": str(2**63),
    "nul": "1\x00",
    "not ascii": "１２٣",
}
DATES = {
    "no such day": "31/02/2026",
    "no leap year": "29/02/2026",
    "five digits": "27/02/20226",
    "year 1": "01/01/0001",
    "year 9999": "31/12/9999",
    "not ascii": "２７/０２/２０２２",
    "nul": "27/02/2022\x00",
    "long": "1/" * 100_000,
}
CHOICES = {
    "beyond the column": str(2**63),
    "huge": str(10**30),
    "not ascii": "１２",
    "nul": "1\x00",
    "code": CODE,
    "long": "x" * 100_000,
}
HIDDEN = CHOICES | {"empty": "", "float": "1.0"}
PATHS = {
    "word": "abc",
    "name of an address": "sign_out",
    "another server": "//evil.vn/",
    "back slash": "/\\evil.vn",
    "script": "javascript:alert(1)",
    "line ends": "/\r\nSet-Cookie: sessionid=1",
    "nul": "/\x00",
    "long": "/" + "a" * 20_000,
}
VALUES = {"text": TEXTS, "number": NUMBERS, "date": DATES, "choice": CHOICES, "hidden": HIDDEN, "path": PATHS}

NUMBERS_IN_ADDRESSES = (
    "0", "-1", "+1", "1.0", str(2**31), str(2**63), str(10**30), "9" * 5000, "１２", "%00", "1%00", "%0d%0a", "abc",
    "1%20OR%201=1", "..%2f..%2fetc", "%ff",
)  # fmt: skip
WORDS_IN_ADDRESSES = (
    "%00",
    "2022-Q1%00",
    "2022-q1",
    "..",
    "%2e%2e%2f",
    "a" * 5000,
    "%3Cscript%3E",
    "{{7*7}}",
    "__class__",
    "%ff",
)

WORDS_IN_QUERIES = {
    "word": "abc",
    "negative": "-1",
    "huge": str(10**30),
    "beyond the column": str(2**63),
    "not ascii": "２０２２",
    "dunder": "__class__",
    "column": "-agency__users__password",
    "code": CODE,
    "wildcards": "%_\\",
    "no such day": "31/02/2026",
    "100 kB": "ă " * 50_000,
    "decomposed": NFD,
    "path": "/" + "a" * 5000,
    "another server": "//evil.vn/",
}
