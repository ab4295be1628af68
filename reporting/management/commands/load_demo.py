from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from reporting.demo import loader


class Command(BaseCommand):
    help = "Nạp bản minh họa: kế hoạch thật năm 2022 và một năm giả định của 14 đơn vị. Nạp lại không đổi gì."

    def handle(self, *args, **options) -> None:
        if not settings.DEMO:
            raise CommandError("Chỉ nạp được khi DEMO=true: dữ liệu minh họa không được lẫn vào dữ liệu thật.")
        if loader.is_loaded():
            self.stdout.write("Bản minh họa đã có sẵn.")
            return
        loader.load()
        self.stdout.write("Đã nạp bản minh họa.")
