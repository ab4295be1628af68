import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from accounts import clock
from accounts.models import Agency, Role, User
from documents.reading import to_json
from plans.importing import CannotImport, read_text, store_reading


class Command(BaseCommand):
    help = "Đọc văn bản một kế hoạch và lưu thành bản thảo; --dry-run chỉ đọc, --json in kết quả đọc."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path, help="tệp .txt, mã UTF-8")
        parser.add_argument("--dry-run", action="store_true", help="không lưu gì")
        parser.add_argument("--json", action="store_true", help="in một đối tượng JSON (docs/import-format.md)")
        parser.add_argument("--agency", help="mã cơ quan; bỏ trống khi chỉ có một")
        parser.add_argument("--by", help="tên đăng nhập người nhập; bỏ trống lấy chuyên viên Văn phòng đầu tiên")

    def handle(self, *args, **options) -> None:
        text = self._text(options["file"])
        try:
            reading = read_text(text)
        except CannotImport as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(to_json(reading), ensure_ascii=False, indent=2))
        if options["dry_run"]:
            return
        now = clock.now()
        agency = self._agency(options["agency"])
        try:
            plan = store_reading(
                reading, agency=agency, by=self._person(options["by"], agency, now), now=now, source_text=text
            )
        except CannotImport as error:
            raise CommandError(str(error)) from error
        self.stderr.write(f"Đã lưu bản thảo: {plan} ({plan.sections.count()} mục).")

    @staticmethod
    def _text(path: Path) -> str:
        try:
            return path.read_text(encoding="utf-8-sig")
        except FileNotFoundError as error:
            raise CommandError(f"Không có tệp {path}.") from error
        except UnicodeDecodeError as error:
            raise CommandError(f"{path} không phải văn bản UTF-8; hãy lưu lại ở dạng .txt, mã UTF-8.") from error

    @staticmethod
    def _agency(code: str | None) -> Agency:
        agencies = Agency.objects.filter(code=code) if code else Agency.objects.filter(units__isnull=False).distinct()
        if len(agencies) != 1:
            raise CommandError("Chưa rõ cơ quan nào; ghi --agency MÃ.")
        return agencies[0]

    @staticmethod
    def _person(username: str | None, agency: Agency, now) -> User:
        people = User.objects.filter(is_active=True).order_by("pk")
        if username:
            people = people.filter(username=username)
        else:
            people = people.filter(posts__role=Role.OFFICE_STAFF, posts__agency=agency)
        person = people.first()
        if person is None:
            raise CommandError("Không thấy người nhập; ghi --by TÊN_ĐĂNG_NHẬP.")
        return person
