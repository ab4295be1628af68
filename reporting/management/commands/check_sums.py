from django.core.management.base import BaseCommand, CommandError

from reporting.sums import triggers, upkeep


class Command(BaseCommand):
    help = "So các tổng được giữ sẵn với số đếm lại từ kết quả; --repair đếm lại và ghi đè các tổng."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--repair", action="store_true", help="đếm lại từ đầu và gắn lại các trigger")

    def handle(self, *args, **options) -> None:
        missing = {trigger.name for trigger in triggers.triggers()} - triggers.installed()
        found = upkeep.differences()
        if options["repair"]:
            upkeep.repair()
            self.stdout.write(f"Đã đếm lại; trước đó lệch {len(found)} dòng, thiếu {len(missing)} trigger.")
        elif found or missing:
            raise CommandError(f"Lệch {len(found)} dòng, thiếu {len(missing)} trigger. Chạy lại với --repair.")
        else:
            self.stdout.write("Các tổng bằng số đếm lại.")
