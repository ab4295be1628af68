"""Handing out a kept file: never run, never guessed, under its Vietnamese name."""

from django.http import FileResponse

from propaganda.models import Evidence


def file_response(evidence: Evidence) -> FileResponse:
    """Pictures are shown, everything else is downloaded; the browser may neither run nor re-interpret it.

    The name is written as RFC 5987 asks (filename*=utf-8''…).
    """
    response = FileResponse(
        evidence.file.open("rb"),
        as_attachment=not evidence.content_type.startswith("image/"),
        filename=evidence.name,
        content_type=evidence.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response
