import json

from django.core.management.base import BaseCommand, CommandError

from accounts import clock, jobs
from accounts.models import Agency
from accounts.workflow import StaleState
from reporting.building import start_build
from reporting.models import Period, RollUp


class Command(BaseCommand):
    help = "Tổng hợp báo cáo của một kỳ (ví dụ 2022-Q1) thành một bản mới; --json in nội dung bản đó."

    def add_arguments(self, parser) -> None:
        parser.add_argument("period", help="mã kỳ, ví dụ 2022-Q1, 2022-CCHC-H1")
        parser.add_argument("--json", action="store_true", help="in nội dung bản tổng hợp")
        parser.add_argument("--agency", help="mã cơ quan; bỏ trống khi chỉ có một")

    def handle(self, *args, **options) -> None:
        periods = Period.objects.filter(code=options["period"])
        if options["agency"]:
            periods = periods.filter(agency__in=Agency.objects.filter(code=options["agency"]))
        if len(periods) != 1:
            raise CommandError(f"Không thấy đúng một kỳ {options['period']}; xem mã kỳ ở trang Báo cáo.")
        roll_up, _created = RollUp.objects.get_or_create(period=periods[0], defaults={"agency": periods[0].agency})
        try:
            job = start_build(roll_up, by=None, now=clock.now())
        except StaleState as error:
            raise CommandError(str(error)) from error
        jobs.run(job.pk)
        version = roll_up.versions.filter(number=job.payload["number"]).first()
        if version is None:
            raise CommandError("Chưa tổng hợp được; một tiến trình khác đang làm, hoặc xem nhật ký lỗi.")
        if options["json"]:
            self.stdout.write(json.dumps(version.content, ensure_ascii=False, indent=2))
        else:
            self.stdout.write(f"{roll_up}: bản {version.number}, SHA-256 {version.sha256}")
