from time import perf_counter

from django.core.management.base import BaseCommand, CommandError

from reporting.generating import Size, generate, is_empty


class Command(BaseCommand):
    help = "Sinh dữ liệu của một sở giả định để đo tốc độ: kế hoạch, nghĩa vụ, báo cáo, kết quả của nhiều năm."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--units", type=int, required=True, help="số đơn vị")
        parser.add_argument("--activities", type=int, required=True, help="số hoạt động của mỗi đơn vị trong một năm")
        parser.add_argument("--years", type=int, default=1, help="số năm, từ năm 2022")
        parser.add_argument("--seed", type=int, default=1, help="cùng số này thì cùng dữ liệu")
        parser.add_argument("--yes", action="store_true", help="sinh thêm dù cơ sở dữ liệu đã có dữ liệu")

    def handle(self, *args, **options) -> None:
        if not (options["yes"] or is_empty()):
            raise CommandError(
                "Cơ sở dữ liệu đã có dữ liệu: dữ liệu giả không được lẫn vào dữ liệu thật (--yes để bỏ qua)."
            )
        size = Size(**{name: options[name] for name in ("units", "activities", "years", "seed")})
        if min(size.units, size.activities, size.years) < 1 or size.units > 32_000:
            raise CommandError("Số đơn vị từ 1 đến 32.000; số hoạt động và số năm từ 1.")
        started = perf_counter()
        agency = generate(size, lambda words: self.stdout.write(f"{perf_counter() - started:6.1f} s  {words}"))
        self.stdout.write(f"Đã sinh {agency.code}: {size.results} kết quả, {perf_counter() - started:.1f} s")
