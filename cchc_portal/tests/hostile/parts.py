"""What the builders share: a file with its name, and zips put together and torn apart part by part."""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

MEGABYTE = 1024 * 1024
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 11)) + "]>"
)
OUTSIDE = "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"


@dataclass(frozen=True)
class Hostile:
    """A file: the name it comes under, what makes its bytes, how its first reader is called.

    `words` are in the sentence with which its own importer refuses it; "" where it may as well be read.
    """

    name: str
    make: Callable[[], bytes]
    words: str = ""


def zipped(parts: dict[str, bytes | str], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_parts(content: bytes, changed: dict[str, bytes | str]) -> bytes:
    """The zip with some parts exchanged or added."""
    return zipped(parts_of(content) | changed)


def swollen(content: bytes, name: str, *, megabytes: int, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The zip with a part that unpacks to so many megabytes of blanks."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", method, compresslevel=9) as archive:
        for other, kept in parts_of(content).items():
            if other != name:
                archive.writestr(other, kept)
        with archive.open(name, "w", force_zip64=False) as part:
            for _megabyte in range(megabytes):
                part.write(b" " * MEGABYTE)
    return file.getvalue()


def lying_about(content: bytes, name: str, size: int) -> bytes:
    """The zip whose directory and headers say that a part unpacks to `size` bytes."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        info = archive.getinfo(name)
    told, true = size.to_bytes(4, "little"), info.file_size.to_bytes(4, "little")
    sizes = info.compress_size.to_bytes(4, "little")
    return content.replace(sizes + true, sizes + told)


def flagged(content: bytes) -> bytes:
    """The zip whose parts all say that they are encrypted."""
    changed = bytearray(content)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(signature)
        while at >= 0:
            changed[at + offset] |= 1
            at = changed.find(signature, at + 4)
    return bytes(changed)


def compound(*streams: str) -> bytes:
    """An Office file of before 2007, as far as its head and the names of its streams."""
    return OLD_OFFICE + b"\0" * 504 + b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in streams)
