"""A portal that is set up wrongly does not start and says what to set; one that is set up rightly is left alone."""

import os
import re
import subprocess
import sys

import pytest

from cchc_portal import configuration
from cchc_portal.serve import BASE_DIR
from cchc_portal.tests.faults import report

KEY = "3vJq0Xc7tYb2Lw9zKd5Rm8Ga1Hn4Pf6S"
GOOD = {
    "SECRET_KEY": KEY, "DEMO": "false", "DEBUG": "False", "BIND": "0.0.0.0", "PORT": "8000",
    "ALLOWED_HOSTS": "cchc.example.gov.vn, .example.vn,localhost,127.0.0.1,[::1]", "BEHIND_HTTPS": "true",
    "PORTAL_URL": "https://cchc.example.gov.vn", "CSRF_TRUSTED_ORIGINS": "https://cchc.example.gov.vn",
    "DATABASE_URL": "postgres://cchc:m%2Fk@10.0.0.5:5432/cchc", "CELERY_BROKER_URL": "redis://10.0.0.5:6379/0",
    "EMAIL_URL": "smtp+tls://gui:mk@mail.example.gov.vn:587", "S3_BUCKET": "cchc", "S3_ACCESS_KEY": "a",
    "S3_SECRET_KEY": "b", "S3_ENDPOINT": "https://s3.example.gov.vn", "SWEEP_SECONDS": "60",
    "JOB_LEASE_SECONDS": "120",
}  # fmt: skip
WRONG = {
    "SECRET_KEY": ["", "django-insecure", "x" * 60],
    "DEBUG": ["ture", "1 ", "true"],  # true: not behind HTTPS
    "BEHIND_HTTPS": ["có"],
    "DEMO": ["khong"],
    "PORT": ["http", "0", "65536", "８０００", ""],
    "SWEEP_SECONDS": ["0", "-1", "1.5"],
    "JOB_LEASE_SECONDS": ["1", "9999"],
    "DATABASE_URL": [
        "mysql://may/cchc", "cchc.sqlite3", "postgres://may:cổng/cchc", "postgres://may:5432",
        "sqlite:////không/có/thư/mục/cchc.sqlite3",
    ],
    "CELERY_BROKER_URL": ["amqp://may", "127.0.0.1:6379", "redis://may:sáu/0"],
    "EMAIL_URL": ["mail.example.gov.vn", "imap://may", "smtp://may:cổng"],
    "PORTAL_URL": ["cchc.example.gov.vn", "http://cchc.example.gov.vn", ""],
    "CSRF_TRUSTED_ORIGINS": ["cchc.example.gov.vn", "https://cchc.example.gov.vn/dang-nhap/"],
    "ALLOWED_HOSTS": ["https://cchc.example.gov.vn", "cchc.example.gov.vn:8000", "may a", " , "],
    "S3_SECRET_KEY": [""],
    "S3_BUCKET": [""],
    "S3_ENDPOINT": ["s3.example.gov.vn"],
    "DATA_DIR": ["/etc/passwd/var"],
}  # fmt: skip
CASES = [(name, value) for name, values in WRONG.items() for value in values]


def test_what_is_right_is_left_alone():
    assert configuration.faults(GOOD) == []
    assert configuration.faults({"SECRET_KEY": KEY}) == []


@pytest.mark.parametrize(("name", "value"), CASES)
def test_a_wrong_value_is_refused_by_its_name_with_what_to_write(name, value):
    found = configuration.faults(GOOD | {name: value})
    assert [fault for fault in found if name in fault]
    assert all(re.search(r"Hãy|Ví dụ|Chạy|Lấy|Chỉ ghi|phải", fault) for fault in found), found


def test_every_wrong_value_is_caught():
    caught = sum(bool(configuration.faults(GOOD | {name: value})) for name, value in CASES)
    report("wrong configuration", injected=len(CASES), caught=caught)
    assert caught == len(CASES)


def test_everything_wrong_is_told_at_once():
    said = configuration.told(configuration.faults(GOOD | {"PORT": "x", "EMAIL_URL": "x", "DEMO": "x"}))
    assert [name in said for name in ("PORT", "EMAIL_URL", "DEMO")] == [True] * 3


def test_a_misspelt_name_in_the_file_is_pointed_out(tmp_path):
    file = tmp_path / ".env"
    file.write_text("# ghi chú\nALOWED_HOSTS=may\nDATABASEURL=x\nPORT=8000\nTZ=Asia/Ho_Chi_Minh\n", "utf-8")
    said = configuration.faults(GOOD, file=file)
    assert said == [
        ".env: không có biến nào tên ALOWED_HOSTS; có phải ALLOWED_HOSTS?",
        ".env: không có biến nào tên DATABASEURL; có phải DATABASE_URL?",
    ]


def test_the_example_names_only_what_is_known():
    named = re.findall(r"^#? ?([A-Z][A-Z0-9_]+)=", (BASE_DIR / ".env.example").read_text("utf-8"), re.MULTILINE)
    assert set(named) == set(configuration.NAMES)


@pytest.mark.parametrize("module", ["cchc_portal.prepare", "cchc_portal.serve"])
def test_starting_with_a_wrong_value_ends_with_the_sentence_and_no_traceback(module, tmp_path):
    ended = start(module, PORT="http", DATA_DIR=str(tmp_path))
    assert ended.returncode == 1
    assert "PORT=http không dùng được. Hãy ghi một số từ 1 đến 65535." in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_database_that_does_not_answer_is_said_in_one_sentence(tmp_path):
    ended = start("cchc_portal.prepare", DATABASE_URL="postgres://cchc@127.0.0.1:9/cchc", DATA_DIR=str(tmp_path))
    assert ended.returncode == 1
    assert ended.stderr.startswith("Không mở được cơ sở dữ liệu. Hãy xem lại DATABASE_URL")
    assert "Traceback" not in ended.stderr


def start(module: str, **environment: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", module]
    return subprocess.run(command, cwd=BASE_DIR, env=os.environ | environment, capture_output=True, text=True)
