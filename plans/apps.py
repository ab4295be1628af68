from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "plans"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from accounts import menu
        from accounts.tasks import SWEEPS
        from plans import issuing, papers, printing

        SWEEPS.append(issuing.oblige_new_units)
        printing.register("plan", papers.plan_paper, page="plan_detail")
        printing.register("unit_plan", papers.unit_plan_paper, page="unit_plan")
        menu.register(_("Kế hoạch"), "plan_list", "journal-text", position=20, also=("/ke-hoach-don-vi/",))
        menu.register(_("Hạn nộp"), "deadline_board", "calendar-event", position=50)
