"""Every address of the portal."""

from django.urls import include, path

urlpatterns = [
    path("", include("reporting.urls")),
    path("", include("propaganda.urls")),
    path("", include("plans.urls")),
    path("", include("accounts.urls")),
]
