from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "plans"

    def ready(self) -> None:
        from plans import papers, printing

        printing.register("plan", papers.plan_paper)
        printing.register("unit_plan", papers.unit_plan_paper)
