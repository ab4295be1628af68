"""Starting stays cheap, and the PostgreSQL driver is the one that was tested."""

import importlib.util
import subprocess
import sys

from cchc_portal.serve import BASE_DIR

# Each takes from a tenth of a second to a whole one; they are imported where they are used.
HEAVY = ("weasyprint", "pypdf", "PIL", "holidays", "fontTools", "docx")


def test_a_check_imports_no_heavy_library():
    code = (
        "import sys\n"
        "from django.core.management import execute_from_command_line\n"
        "execute_from_command_line(['manage.py', 'check'])\n"
        f"print('heavy:', *(name for name in {HEAVY!r} if name in sys.modules))\n"
    )
    command = [
        sys.executable,
        "-c",
        f"import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'cchc_portal.settings'\n{code}",
    ]
    done = subprocess.run(command, cwd=BASE_DIR, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].split() == ["heavy:"]


def test_psycopg_3_is_not_installed():
    """Django would prefer it in silence to psycopg2, with which everything was measured."""
    assert importlib.util.find_spec("psycopg") is None
