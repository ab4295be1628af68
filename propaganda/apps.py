from django.apps import AppConfig


class PropagandaConfig(AppConfig):
    name = "propaganda"
