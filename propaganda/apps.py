from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PropagandaConfig(AppConfig):
    name = "propaganda"

    def ready(self) -> None:
        from accounts import menu, recent
        from propaganda import handed_over
        from propaganda.models import Result

        menu.register(_("Kết quả"), "result_list", "megaphone", position=30, shortcut="q")
        handed_over.register_all()
        recent.register("result_detail", Result, _("Kết quả"))
