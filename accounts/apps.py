from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts import file_store, mail  # noqa: F401  registers its job kind
        from accounts.succession import handing_over, recording  # noqa: F401  registers people as what is handed over
        from accounts.tasks import SWEEPS

        SWEEPS.extend((recording.take_effect, file_store.forget_broken_off))
