import json
import sys
from pathlib import Path
from typing import NoReturn

from django.core.management.base import BaseCommand

from accounts import clock
from accounts.models import Agency, Role, User
from documents.reading import Unreadable, read_file, to_json
from plans.department.importing import CannotImport, store_reading

STDIN = Path("-")


class Command(BaseCommand):
    help = "Đọc một kế hoạch (.txt, .docx, .pdf) và lưu thành bản thảo; --dry-run chỉ đọc, --json in kết quả đọc."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path, help="tệp .txt, .docx, .pdf; dấu - để đọc văn bản từ đầu vào chuẩn")
        parser.add_argument("--dry-run", action="store_true", help="không lưu gì")
        parser.add_argument("--json", action="store_true", help="in một đối tượng JSON (docs/import-format.md)")
        parser.add_argument("--agency", help="mã cơ quan; bỏ trống khi chỉ có một")
        parser.add_argument("--by", help="tên đăng nhập người nhập; bỏ trống lấy chuyên viên Văn phòng đầu tiên")

    def handle(self, *args, **options) -> None:
        try:
            reading = read_file(self._content(options["file"]))
        except Unreadable as error:
            self._refuse(str(error))
        if options["json"]:
            self.stdout.write(json.dumps(to_json(reading), ensure_ascii=False, indent=2))
        if options["dry_run"]:
            return
        now = clock.now()
        agency = self._agency(options["agency"])
        by = self._person(options["by"], agency)
        try:
            plan = store_reading(reading, agency=agency, by=by, now=now, source_text=reading.source.text)
        except CannotImport as error:
            self._refuse(str(error))
        self.stderr.write(f"Đã lưu bản thảo: {plan} ({plan.sections.count()} mục).")

    def _refuse(self, message: str) -> NoReturn:
        """One sentence and exit code 1; CommandError would put an English word before it."""
        self.stderr.write(message)
        sys.exit(1)

    def _content(self, path: Path) -> bytes:
        try:
            return sys.stdin.buffer.read() if path == STDIN else path.read_bytes()
        except FileNotFoundError:
            self._refuse(f"Không có tệp {path}.")
        except OSError:
            self._refuse(f"Không mở được tệp {path}.")

    def _agency(self, code: str | None) -> Agency:
        agencies = Agency.objects.filter(code=code) if code else Agency.objects.filter(units__isnull=False).distinct()
        if len(agencies) != 1:
            self._refuse("Chưa rõ cơ quan nào; ghi --agency MÃ.")
        return agencies[0]

    def _person(self, username: str | None, agency: Agency) -> User:
        people = User.objects.filter(is_active=True).order_by("pk")
        if username:
            people = people.filter(username=username)
        else:
            people = people.filter(posts__role=Role.OFFICE_STAFF, posts__agency=agency)
        person = people.first()
        if person is None:
            self._refuse("Không thấy người nhập; ghi --by TÊN_ĐĂNG_NHẬP.")
        return person
