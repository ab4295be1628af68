"""What a browser keeps of a form (static/js/autosave.js) goes when the form is stored."""

import re
import uuid

from django.contrib import messages
from django.http import HttpRequest

MARK = re.compile(r"[0-9a-f]{32}")


def mark_of(request: HttpRequest) -> str:
    """The hidden mark of a form: the one it was sent with, else a new one."""
    sent = request.POST.get("mark", "")
    return sent if MARK.fullmatch(sent) else uuid.uuid4().hex


def tell_saved(request: HttpRequest, words: str) -> None:
    """Say that the form of this request was stored; its text need not be kept any longer."""
    messages.success(request, words, extra_tags=mark_of(request))
