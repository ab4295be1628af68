"""Where uploaded files are kept: a folder of this machine, or an S3-compatible store when a bucket is named."""

import os
import tempfile
import time
from datetime import datetime
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler

INCOMING = ".incoming"
BROKEN_OFF_SECONDS = 24 * 3600


class Folder(FileSystemStorage):
    """A folder in which a file is whole and on the disk, or not there at all.

    What is being written lies in `.incoming` and is moved to its name when all of it is on the disk: a disk that is
    full, a process that is killed or a power cut leaves no half file behind a name.
    """

    def _save(self, name: str, content: File) -> str:
        folder = Path(self.path(INCOMING))
        folder.mkdir(parents=True, exist_ok=True)
        try:
            with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            saved = super()._save(name, _Written(file.name))
        finally:
            Path(file.name).unlink(missing_ok=True)
        _fsync_folder(Path(self.path(saved)).parent)
        return saved

    def forget_broken_off(self, now: float) -> int:
        """Delete what a process that was killed had begun to write a day before `now` (seconds since 1970) or earlier;
        gives how many files."""
        old = now - BROKEN_OFF_SECONDS
        found = [path for path in Path(self.path(INCOMING)).glob("*") if path.stat().st_mtime < old]
        for path in found:
            path.unlink(missing_ok=True)
        return len(found)


class WithoutName(TemporaryFileUploadHandler):
    """Takes what is being sent into a file without a name, of which nothing is left when the connection breaks or the
    process is killed."""

    def new_file(self, *args, **kwargs) -> None:
        FileUploadHandler.new_file(self, *args, **kwargs)
        self.file = UploadedFile(
            tempfile.TemporaryFile(),  # noqa: SIM115  closed with the request
            self.file_name,
            self.content_type,
            0,
            self.charset,
            self.content_type_extra,
        )

    def upload_interrupted(self) -> None:
        if hasattr(self, "file"):
            self.file.close()


class _Written(File):
    """A file on the disk that Django moves to its place instead of copying it."""

    def __init__(self, path: str):
        super().__init__(None, path)

    def temporary_file_path(self) -> str:
        return self.name

    def close(self) -> None:
        """Nothing is open."""


def _fsync_folder(folder: Path) -> None:
    """Make sure that the name, too, is on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def forget_broken_off(now: datetime) -> None:
    """By the schedule, by the clock of the machine (a demo's may stand still); a store that is no folder keeps none."""
    from django.core.files.storage import default_storage

    if hasattr(default_storage, "forget_broken_off"):
        default_storage.forget_broken_off(time.time())


def file_store(*, bucket: str = "", endpoint: str = "", region: str = "", key: str = "", secret: str = "") -> dict:
    """The `default` entry of STORAGES; the library is imported only where a bucket is named.

    The bucket stays private: a file leaves by an authorising view alone, never by an address of the store. One name is
    never written twice, so that two results with one picture have a file each.
    """
    if not bucket:
        return {"BACKEND": "accounts.file_store.Folder"}
    options = {
        "bucket_name": bucket,
        "endpoint_url": endpoint or None,
        "region_name": region or None,
        "access_key": key or None,
        "secret_key": secret or None,
        "default_acl": None,
        "file_overwrite": False,
        "querystring_auth": True,
        "signature_version": "s3v4",
        "addressing_style": "path",
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
