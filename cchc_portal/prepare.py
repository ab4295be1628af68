"""Brings the database and the static files up to date: `python -m cchc_portal.prepare`.

One process for all of it, since starting Django four times would be most of a second start.
Every step may be repeated and then changes nothing.
"""

import hashlib
import os
import sys
from pathlib import Path

import django


def prepare() -> None:
    """Migrate, load the reference data, load the demo when DEMO is on, collect the static files."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cchc_portal.settings")
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_reference", verbosity=0)
    if settings.DEMO:
        call_command("load_demo", verbosity=0)
    collect_static()


def collect_static() -> bool:
    """Collect the static files when they have changed since the last time; gives whether they had."""
    from django.conf import settings
    from django.core.management import call_command

    stamp = Path(settings.STATIC_ROOT) / ".collected"
    wanted = _fingerprint()
    if stamp.is_file() and stamp.read_text() == wanted:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(wanted)
    return True


def _fingerprint() -> str:
    """Path, size and time of every static file, in one hash."""
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list(ignore_patterns=[]):
            facts = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{facts.st_size}\0{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def main() -> int:
    """`prepare`, with one Vietnamese sentence in the place of a traceback where the setting is what is wrong."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError

    try:
        prepare()
    except ImproperlyConfigured as wrong:
        print(wrong, file=sys.stderr)
        return 1
    except OperationalError as error:
        print(f"Không mở được cơ sở dữ liệu. Hãy xem lại DATABASE_URL và máy chủ.\n{error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
