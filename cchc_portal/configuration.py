"""Whether what is set in the environment and `.env` can be right; a portal that is set up wrongly does not start. Pure.

Every sentence names the variable and says what to write. What may only turn out when it is used (a database that does
not answer, a mail server that refuses) is no matter of this file.
"""

import difflib
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from environ import Env

KEY_LENGTH = 32
YES, NO = Env.BOOLEAN_TRUE_STRINGS, ("false", "off", "n", "no", "0", "")
NUMBERS = {"PORT": (1, 65_535), "SWEEP_SECONDS": (1, 3_600), "JOB_LEASE_SECONDS": (2, 3_600)}
SWITCHES = ("DEBUG", "DEMO", "BEHIND_HTTPS")
DATABASES = ("sqlite", "postgres", "postgresql")
BROKERS = ("filesystem", "redis", "rediss")
S3 = ("S3_ENDPOINT", "S3_REGION", "S3_ACCESS_KEY", "S3_SECRET_KEY")
NAMES = (
    *SWITCHES, *NUMBERS, *S3, "S3_BUCKET", "SECRET_KEY", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "DATA_DIR", "BIND",
    "DATABASE_URL", "CELERY_BROKER_URL", "EMAIL_URL", "DEFAULT_FROM_EMAIL", "PORTAL_URL",
)  # fmt: skip
HOST = re.compile(r"\*|\[[0-9a-fA-F:]+\]|\.?[\w-]+(\.[\w-]+)*")


def faults(given: Mapping[str, str], *, file: Path | None = None) -> list[str]:
    """What is wrong, a Vietnamese sentence each. `given` is the environment, `file` the .env it was read from."""
    looks = (_key, _switches, _numbers, _database, _broker, _mail, _addresses, _bucket, _folder)
    return [fault for look in looks for fault in look(given)] + list(_misspelt(file))


def told(found: list[str]) -> str:
    """The faults as they are printed."""
    return "\n".join(["Cổng chưa chạy được vì cấu hình (.env hoặc biến môi trường):", *(f"- {one}" for one in found)])


def _key(given: Mapping[str, str]) -> Iterator[str]:
    key = given.get("SECRET_KEY", "")
    if not key:
        yield "SECRET_KEY chưa được đặt. Chạy bin/run (tự tạo .env) hoặc đặt biến môi trường SECRET_KEY."
    elif len(key) < KEY_LENGTH or len(set(key)) < 8:
        yield (
            f"SECRET_KEY dễ đoán: cần ít nhất {KEY_LENGTH} ký tự ngẫu nhiên. Lấy một khóa bằng lệnh: "
            'python3 -c "import secrets; print(secrets.token_urlsafe(50))".'
        )


def _switches(given: Mapping[str, str]) -> Iterator[str]:
    for name in SWITCHES:
        if given.get(name, "").casefold() not in (*YES, *NO):
            yield f"{name}={given[name]} không rõ bật hay tắt. Hãy ghi true hoặc false."
    if _is_on(given, "DEBUG") and _is_on(given, "BEHIND_HTTPS"):
        yield "DEBUG=true làm lộ chi tiết kỹ thuật. Hãy đặt DEBUG=false khi BEHIND_HTTPS=true."


def _is_on(given: Mapping[str, str], name: str) -> bool:
    return given.get(name, "").casefold() in YES


def _numbers(given: Mapping[str, str]) -> Iterator[str]:
    for name, (least, most) in NUMBERS.items():
        said = given.get(name, str(least))
        if not re.fullmatch(r"[0-9]{1,9}", said) or not least <= int(said) <= most:
            yield f"{name}={said} không dùng được. Hãy ghi một số từ {least} đến {most}."


def _database(given: Mapping[str, str]) -> Iterator[str]:
    if not (url := given.get("DATABASE_URL", "")):
        return
    example = "Ví dụ: postgres://nguoi:mat-khau@127.0.0.1:5432/cchc."
    scheme, _colon, rest = url.partition("://")
    if scheme not in DATABASES:
        yield f"DATABASE_URL phải bắt đầu bằng postgres:// hoặc sqlite:///. {example}"
    elif scheme == "sqlite":
        if not Path(rest).parent.is_dir():
            yield f"DATABASE_URL: không có thư mục “{Path(rest).parent}” để giữ tệp SQLite. Hãy tạo thư mục ấy."
    elif not _port_is_right(url):
        yield f"DATABASE_URL: cổng của máy chủ phải là một số. {example}"
    elif not urlsplit(url).path.strip("/"):
        yield f"DATABASE_URL thiếu tên cơ sở dữ liệu. {example}"


def _port_is_right(url: str) -> bool:
    try:
        return urlsplit(url).port is None or True
    except ValueError:
        return False


def _broker(given: Mapping[str, str]) -> Iterator[str]:
    url = given.get("CELERY_BROKER_URL", "")
    if url and (url.partition("://")[0] not in BROKERS or not _port_is_right(url)):
        yield "CELERY_BROKER_URL không dùng được. Hãy ghi redis://127.0.0.1:6379/0, hoặc bỏ dòng này."


def _mail(given: Mapping[str, str]) -> Iterator[str]:
    url = given.get("EMAIL_URL", "")
    scheme = url.partition(":")[0]
    if url and (scheme not in Env.EMAIL_SCHEMES or not _port_is_right(url)):
        yield "EMAIL_URL không dùng được. Ví dụ: smtp+tls://nguoi-gui:mat-khau@mail.example.gov.vn:587."
    elif scheme.startswith("smtp") and not given.get("PORTAL_URL"):
        yield "PORTAL_URL chưa được đặt nên liên kết trong thư không mở được. Hãy ghi địa chỉ đầy đủ của cổng."


def _addresses(given: Mapping[str, str]) -> Iterator[str]:
    for host in _list(given, "ALLOWED_HOSTS"):
        if not HOST.fullmatch(host):
            yield f"ALLOWED_HOSTS: “{host}” không phải tên máy. Chỉ ghi tên, không http://, không cổng."
    if "ALLOWED_HOSTS" in given and not _list(given, "ALLOWED_HOSTS"):
        yield "ALLOWED_HOSTS để trống thì không ai mở được cổng. Hãy ghi tên máy, cách nhau bằng dấu phẩy."
    for name in ("CSRF_TRUSTED_ORIGINS", "PORTAL_URL"):
        for address in _list(given, name):
            if not re.fullmatch(r"https?://[^\s/]+/?", address):
                yield f"{name}: “{address}” không phải địa chỉ đầy đủ. Ví dụ: https://cchc.example.gov.vn."
    if _is_on(given, "BEHIND_HTTPS") and not given.get("PORTAL_URL", "https://").startswith("https://"):
        yield "PORTAL_URL phải bắt đầu bằng https:// khi BEHIND_HTTPS=true."


def _list(given: Mapping[str, str], name: str) -> list[str]:
    return [part.strip() for part in given.get(name, "").split(",") if part.strip()]


def _bucket(given: Mapping[str, str]) -> Iterator[str]:
    keys = [name for name in ("S3_ACCESS_KEY", "S3_SECRET_KEY") if given.get(name)]
    if given.get("S3_BUCKET"):
        if len(keys) == 1:
            yield "S3_ACCESS_KEY và S3_SECRET_KEY phải đặt cả hai."
        if (endpoint := given.get("S3_ENDPOINT")) and not endpoint.startswith(("http://", "https://")):
            yield f"S3_ENDPOINT: “{endpoint}” không phải địa chỉ đầy đủ. Ví dụ: https://s3.example.gov.vn."
    elif set_alone := [name for name in S3 if given.get(name)]:
        yield f"Có {', '.join(set_alone)} nhưng thiếu S3_BUCKET. Hãy ghi tên thùng, hoặc bỏ các dòng ấy."


def _folder(given: Mapping[str, str]) -> Iterator[str]:
    if not (said := given.get("DATA_DIR")):
        return
    folder = Path(said).absolute()
    there = next(path for path in (folder, *folder.parents) if path.exists())
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        yield f"DATA_DIR: không ghi được vào “{there}”. Hãy tạo thư mục và giao cho người chạy cổng (chown)."


def _misspelt(file: Path | None) -> Iterator[str]:
    """A line of .env that is nobody's but nearly somebody's name: left alone, the default would hold in silence."""
    if file is None or not file.is_file():
        return
    for name in re.findall(r"^\s*(?:export\s+)?(\w+)\s*=", file.read_text("utf-8"), re.MULTILINE):
        near = difflib.get_close_matches(name, NAMES, n=1, cutoff=0.8)
        if name not in NAMES and near:
            yield f".env: không có biến nào tên {name}; có phải {near[0]}?"
