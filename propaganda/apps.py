from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PropagandaConfig(AppConfig):
    name = "propaganda"

    def ready(self) -> None:
        from accounts import menu

        menu.register(_("Kết quả"), "result_list", "megaphone", position=30)
