"""Runs web, worker and beat together: `python -m cchc_portal.serve`, which bin/run ends with.

Ctrl+C or TERM stops all three and waits for them. If one dies, the others are stopped too and the
exit code is 1: half a portal that looks alive would be worse than none.
"""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
STOP_SECONDS = 25
PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


def commands(address: str) -> dict[str, list[str]]:
    """The three processes of a portal whose web listens on `address` (host:port)."""
    quiet = "ignore:You're running the worker with superuser privileges"  # JSON only, so nothing to warn of
    celery = [sys.executable, "-W", quiet, "-m", "celery", "--app", "cchc_portal", "--quiet"]
    return {
        "web": [
            *(sys.executable, "-m", "gunicorn", "cchc_portal.wsgi:application", "--bind", address),
            *("--workers", "2", "--timeout", "60", "--graceful-timeout", "15", "--log-level", "warning"),
            *("--worker-class", "cchc_portal.web.Worker", "--limit-request-line", "8190", "--no-control-socket"),
        ],
        # The filesystem broker answers no remote control, so workers must not look for each other.
        "worker": [
            *(*celery, "worker", "--concurrency", "1", "--loglevel", "WARNING"),
            *("--without-gossip", "--without-mingle", "--without-heartbeat"),
        ],
        "beat": [*celery, "beat", "--loglevel", "WARNING"],
    }


def _die_with_parent() -> None:
    """Linux ends this process when its parent is gone, even when that was killed by force."""
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def spawn(command: list[str], **options) -> subprocess.Popen:
    """Start a child in a session of its own: a Ctrl+C reaches only us, and we stop it in order."""
    options = {"cwd": BASE_DIR, "stdin": subprocess.DEVNULL} | options
    return subprocess.Popen(command, start_new_session=True, preexec_fn=_die_with_parent, **options)  # noqa: S603


def stop(children: list[subprocess.Popen], seconds: float = STOP_SECONDS) -> None:
    """Ask all children to end what they are doing, wait, and kill with their own children what is left."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    end = time.monotonic() + seconds
    for child in children:
        try:
            child.wait(max(0.1, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def accepts(host: str, port: int) -> bool:
    """Whether something listens there."""
    try:
        with socket.create_connection((host, port), timeout=1):
            return True
    except OSError:
        return False


class Stopped(Exception):
    """A signal asked us to end."""


def _stop_signal(number, frame) -> None:
    raise Stopped


def watch(children: dict[str, subprocess.Popen], ready, announce) -> str:
    """Wait until a child ends and give its name; calls `announce()` once when `ready()` first holds."""
    announced = False
    while True:
        for name, child in children.items():
            if child.poll() is not None:
                return name
        if not announced and ready():
            announced = True
            announce()
        time.sleep(0.2)


def main() -> int:
    import environ

    from cchc_portal import configuration

    environ.Env.read_env(BASE_DIR / ".env")
    if found := configuration.faults(os.environ, file=BASE_DIR / ".env"):
        print(configuration.told(found), file=sys.stderr)
        return 1
    host, port = os.environ.get("BIND", "127.0.0.1"), int(os.environ.get("PORT", "8000"))
    reached = "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104  compared, not bound
    if accepts(reached, port):
        print(f"Cổng {port} đang có chương trình khác dùng. Chọn cổng khác: PORT=8080 bin/run", file=sys.stderr)
        return 1
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop_signal)
    children: dict[str, subprocess.Popen] = {}
    try:
        for name, command in commands(f"{host}:{port}").items():
            children[name] = spawn(command)
        died = watch(children, lambda: accepts(reached, port), lambda: announce(reached, port))
    except Stopped:
        died = ""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    print("Đang dừng…", flush=True)
    stop(list(children.values()))
    if died:
        print(f"Tiến trình {died} đã dừng bất thường (mã {children[died].returncode}).", file=sys.stderr)
        return 1
    print("Đã dừng.", flush=True)
    return 0


def announce(host: str, port: int) -> None:
    lines = [f"\nCổng tuyên truyền CCHC đang chạy tại http://{host}:{port}/  (dừng: Ctrl+C)"]
    if os.environ.get("DEMO", "").lower() in ("true", "1", "yes", "on"):
        lines.append(people())
    print("\n".join(lines), flush=True)


def people() -> str:
    """Who can sign in to the demo, a line each."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cchc_portal.settings")
    django.setup()
    from accounts.cast import AGENCY_PEOPLE, PASSWORD, UNITS

    rows = [(username, f"{name} · {title}") for username, name, _role, title in AGENCY_PEOPLE]
    _code, _symbol, _kind, unit, editor, head, head_title = next(row for row in UNITS if row[0] == "ldvl")
    rows += [("ldvl.soan", f"{editor} · Chuyên viên, {unit}"), ("ldvl.truong", f"{head} · {head_title}, {unit}")]
    codes = ", ".join(row[0] for row in UNITS)
    lines = [f"Đăng nhập bản minh họa, mật khẩu chung: {PASSWORD}"]
    lines += [f"  {username:<12} {who}" for username, who in rows]
    return "\n".join(
        [*lines, "  Mỗi đơn vị có <mã>.soan (người soạn) và <mã>.truong (trưởng đơn vị); mã:", f"  {codes}"]
    )


if __name__ == "__main__":
    sys.exit(main())
