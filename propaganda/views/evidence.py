"""Proof of a result: added, and handed out to those who may see the result."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.serving import file_response
from accounts.workflow import MoveRefused, StaleState
from propaganda import actions, perms
from propaganda.forms import EvidenceForm
from propaganda.models import Evidence
from propaganda.views.results import gone, show_result, visible_result


@require_POST
def evidence_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the files sent, all of them or none."""
    result = visible_result(request, pk)
    if not perms.may_record(request.user, result.unit, request.today):
        raise PermissionDenied
    form = EvidenceForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            actions.add_files(result, files=form.cleaned_data["evidence"], by=request.user, now=request.now)
        except MoveRefused as refusal:
            form.add_error("evidence", refusal.messages)
        except StaleState as error:
            return gone(request, error)
        else:
            messages.success(request, _("Đã thêm minh chứng."))
            return redirect("result_detail", result.pk)
    return show_result(request, result, form=form)


@require_safe
def evidence_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file itself, for those who see its result."""
    evidence = get_object_or_404(Evidence.objects.visible_to(request.user, on=request.today), pk=pk)
    return file_response(evidence.file, name=evidence.name, content_type=evidence.content_type)
