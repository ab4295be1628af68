from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "reporting"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate, pre_migrate
        from django.utils.translation import gettext_lazy as _

        from accounts import menu, recent
        from accounts.tasks import SWEEPS
        from plans import printing, receipts, remarks
        from plans.deadlines import deadline_changes, measures
        from plans.models import ObligationKind
        from plans.units import handed_over
        from reporting import directive_pages, opening, perms
        from reporting.actions import answer_of
        from reporting.director import of_directives, sources  # noqa: F401  register what the Director decides
        from reporting.models import RollUp, UnitReport
        from reporting.roll_ups import papers, roll_up_remarks
        from reporting.sums import upkeep
        from reporting.unit_reports import completeness, report_page, report_paper, report_remarks

        SWEEPS.append(opening.look)
        SWEEPS.append(upkeep.look)
        pre_migrate.connect(upkeep.before_migrations, sender=self)
        post_migrate.connect(upkeep.after_migrations, sender=self)
        menu.register("Việc của tôi", "home", "house", position=10, shortcut="v")
        pages = ("/tong-hop/", "/so-lieu/")
        menu.register("Báo cáo", "unit_report_list", "file-earmark-text", position=40, also=pages, shortcut="b")
        menu.register(
            "Điều hành",
            "dashboard",
            "speedometer2",
            position=60,
            who=perms.sees_the_whole,
            also=("/phan-tich/",),
            shortcut="d",
        )
        directive_pages.register_pages()
        remarks.register(report_remarks.KIND)
        remarks.register(roll_up_remarks.KIND)
        recent.register("unit_report", UnitReport, _("Báo cáo của đơn vị"), related=("unit", "period"))
        recent.register("roll_up", RollUp, _("Báo cáo tổng hợp"), field="code", related=("period",))
        printing.register(
            "roll_up", papers.roll_up_paper, page=papers.roll_up_page, press=papers.roll_up_press,
            sheets=papers.roll_up_sheets, about=papers.about_roll_up,
        )  # fmt: skip
        printing.register(
            "unit_report", report_paper.unit_report_paper, page="unit_report", press="print_unit_report",
            sheets=report_paper.unit_report_sheets, about=printing.state_of(UnitReport),
        )  # fmt: skip
        handed_over.ANSWERS[ObligationKind.UNIT_REPORT] = answer_of
        deadline_changes.FOLLOWERS.append(opening.follow_deadline)
        measures.COMPLETE[ObligationKind.UNIT_REPORT] = completeness.report_lacks_nothing()
        receipts.SHOWN[ObligationKind.UNIT_REPORT] = receipts.Shown(
            page=report_page.page_of,
            template="reporting/_unit_report_content.html",
            context=report_page.content_of_receipt,
        )
