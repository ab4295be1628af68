from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "reporting"

    def ready(self) -> None:
        from accounts.tasks import SWEEPS
        from plans import printing
        from reporting import opening, papers

        SWEEPS.append(opening.look)
        printing.register("roll_up", papers.roll_up_paper)
        printing.register("unit_report", papers.unit_report_paper)
