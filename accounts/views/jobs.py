"""How far background work is. Nothing of its content is shown, so everyone signed in may ask."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.models import Job


def job_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The state of a job as a part of a page; once it is over, htmx is told to load the page anew."""
    job = get_object_or_404(Job, pk=pk)
    response = render(request, "components/_progress_state.html", {"job": job})
    response["Cache-Control"] = "no-store"
    if job.is_over:
        response["HX-Refresh"] = "true"
    return response
