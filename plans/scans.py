"""Scans of what came on paper: checked, kept under their hash, taken away again when nothing came of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from documents.uploads import CheckedFile, UploadRefused, check
from plans.models import Receipt
from plans.models.obligation import paper_path

EXTENSIONS = frozenset({"jpg", "png", "webp", "pdf"})


@dataclass(frozen=True)
class Scan:
    """A scan in the store: its path there and the name it came with."""

    path: str
    name: str


def check_scan(file, name: str) -> CheckedFile:
    """The file as it may be kept: a picture or a PDF. Raises UploadRefused with what to do."""
    checked = check(file, name)
    if checked.extension not in EXTENSIONS:
        raise UploadRefused(
            _("“%s” không phải bản quét. Hãy chụp hoặc quét bản giấy thành ảnh (JPG, PNG, WebP) hoặc PDF.")
            % checked.name
        )
    return checked


@contextmanager
def kept_scan(checked: CheckedFile) -> Iterator[Scan]:
    """The scan in the store; deleted again unless the block has made a receipt that holds it."""
    path = default_storage.save(paper_path(None, f"{checked.sha256}.{checked.extension}"), ContentFile(checked.content))
    try:
        yield Scan(path, checked.name)
    finally:
        if not Receipt.objects.filter(scan=path).exists():
            default_storage.delete(path)
