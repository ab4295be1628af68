from django.core.management.base import BaseCommand
from django.db import transaction

from plans import reference


class Command(BaseCommand):
    help = "Nạp các danh mục dùng chung (nội dung, hình thức, đối tượng, chỉ tiêu); nạp lại không đổi gì."

    def handle(self, *args, **options) -> None:
        with transaction.atomic():
            reference.load()
        self.stdout.write("Đã có đủ danh mục dùng chung.")
