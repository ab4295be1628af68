"""The roof: wiring only. No app imports it."""

from cchc_portal.celery import app as celery_app

__all__ = ["celery_app"]
