from django.apps import AppConfig

PLANS = ("/ke-hoach-don-vi/", "/van-ban-di/", "/van-ban-can-cu/", "/chi-so/")
DEADLINES = ("/gia-han/", "/nhac-han/", "/ngay-nghi/", "/lich-han-nop/")


class PlansConfig(AppConfig):
    name = "plans"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from accounts import mail, menu, recent, webhooks
        from accounts.tasks import SWEEPS
        from plans import papers, printing, remarks
        from plans.deadlines import extensions, reminders
        from plans.department import issuing
        from plans.difficulties import acts
        from plans.directives import reminding
        from plans.models import Difficulty, Directive, Plan, UnitPlan
        from plans.synthesis.papers import synthesis_paper
        from plans.units import handed_over, receipt_papers, unit_plan_remarks

        SWEEPS.extend((issuing.oblige_new_units, extensions.judge, reminders.remind, acts.escalate))
        SWEEPS.append(reminding.remind)
        mail.LOOK_AGAIN[reminders.KIND] = reminders.look_again
        webhooks.LOOK_AGAIN[reminders.KIND] = reminders.look_again_at_message
        printing.register(
            "plan", papers.plan_paper, page="plan_detail", press="print_plan", about=printing.state_of(Plan)
        )
        printing.register(
            "unit_plan", papers.unit_plan_paper, page="unit_plan", press="print_unit_plan",
            about=printing.state_of(UnitPlan),
        )  # fmt: skip
        remarks.register(unit_plan_remarks.KIND)
        handed_over.register_all()
        printing.register("synthesis", synthesis_paper, page="plan_synthesis", press="print_synthesis")
        at, press = receipt_papers.address_of("receipt"), receipt_papers.address_of
        printing.register("receipt", receipt_papers.receipt_paper, page=at, press=press("print_receipt"))
        printing.register("handed_in", receipt_papers.handed_in_paper, page=at, press=press("print_handed_in"))
        menu.register(_("Kế hoạch"), "plan_list", "journal-text", position=20, also=PLANS, shortcut="k")
        menu.register(_("Hạn nộp"), "deadline_board", "calendar-event", position=50, also=DEADLINES, shortcut="h")
        recent.register("plan_detail", Plan, _("Kế hoạch của Sở"))
        recent.register("unit_plan", UnitPlan, _("Kế hoạch đơn vị"), related=("plan", "unit"))
        recent.register("difficulty_detail", Difficulty, _("Khó khăn, vướng mắc"), related=("unit",))
        recent.register("directive_detail", Directive, _("Ý kiến chỉ đạo"), related=("unit",))
