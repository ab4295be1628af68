import json
import time

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts import clock, jobs
from accounts.models import Agency, Job
from accounts.models.job import JobState
from accounts.workflow import StaleState
from reporting.models import Period, RollUp, RollUpVersion
from reporting.roll_ups.building import start_build
from reporting.roll_ups.by_unit import spelled_out
from reporting.roll_ups.content import readable

POLL_SECONDS = 0.2


def _wait_for_worker(job: Job) -> None:
    """The worker heard of the job too and may have been faster: let it finish, as long as it lives."""
    job.refresh_from_db()
    while job.state == JobState.RUNNING and job.lease_until > timezone.now():
        time.sleep(POLL_SECONDS)
        job.refresh_from_db()


class Command(BaseCommand):
    help = "Tổng hợp báo cáo của một kỳ (ví dụ 2022-Q1) thành một bản mới; kỳ đã chốt thì đưa ra bản chốt."

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
        roll_up, _created = RollUp.objects.get_or_create(
            period=periods[0], corrects=None, defaults={"agency": periods[0].agency, "code": periods[0].code}
        )
        version = self._frozen(roll_up) if roll_up.is_frozen else self._built(roll_up)
        if options["json"]:
            told = version.content | {"by_unit": spelled_out(readable(version.content)["by_unit"])}
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
        else:
            self.stdout.write(f"{roll_up}: bản {version.number}, SHA-256 {version.sha256}")

    def _frozen(self, roll_up: RollUp) -> RollUpVersion:
        """The version that was cut; building another would change what has been sent up."""
        self.stderr.write("Số liệu đã chốt: đưa ra bản đã chốt, không tổng hợp lại.")
        return roll_up.versions.get(number=roll_up.snapshot["version"])

    @staticmethod
    def _built(roll_up: RollUp) -> RollUpVersion:
        try:
            job = start_build(roll_up, by=None, now=clock.now())
        except StaleState as error:
            raise CommandError(str(error)) from error
        if not jobs.run(job.pk):
            _wait_for_worker(job)
        version = roll_up.versions.filter(number=job.payload["number"]).first()
        if version is None:
            raise CommandError(f"Chưa tổng hợp được. {job.error}".strip())
        return version
