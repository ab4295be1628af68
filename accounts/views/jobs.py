"""How far background work is, told to who sees what it works on."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts import jobs
from accounts.models import Job


def job_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The state of a job as a part of a page; once it is over, htmx is told to load the page anew."""
    job = get_object_or_404(Job, pk=pk)
    if not jobs.may_follow(job, request.user, request.today):
        raise Http404
    response = render(request, "components/_progress_state.html", {"job": job})
    response["Cache-Control"] = "no-store"
    if job.is_over:
        response["HX-Refresh"] = "true"
    return response
