"""Handing out a kept file: never run, never guessed, under its Vietnamese name."""

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404
from django.utils.translation import gettext as _


def file_response(file: FieldFile, *, name: str, content_type: str) -> FileResponse:
    """Pictures are shown, everything else is downloaded; the browser may neither run nor re-interpret it.

    The name is written as RFC 5987 asks (filename*=utf-8''…). Raises Http404 when the store has lost the file.
    """
    try:
        content = file.open("rb")
    except (ValueError, FileNotFoundError):
        raise Http404(_("Tệp không còn trong kho.")) from None
    response = FileResponse(
        content, as_attachment=not content_type.startswith("image/"), filename=name, content_type=content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response
