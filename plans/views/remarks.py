"""Remarks and answers: all of a thing round by round, a new one on a part, an answer, withdrawn or settled."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.workflow import StaleState
from plans import remarks
from plans.forms.remark import AnswerForm, RemarkForm
from plans.models import Remark
from plans.remarks import KINDS, Kind

ACTS = {"withdraw": remarks.withdraw, "settle": remarks.settle}


@require_safe
def remark_list(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Every remark on a thing with its answers, the newest round first."""
    kind, obj = _fetch(request, kind, pk)
    desk = remarks.desk(obj, request.user, request.today)
    by_round = {}
    for remark in desk.remarks:
        by_round.setdefault(remark.round, []).append(remark)
    rounds = [{"label": label, "remarks": by_round.pop(key, [])} for key, label in kind.rounds(obj).items()]
    rounds += [{"label": key, "remarks": rows} for key, rows in by_round.items()]  # of a round that is no more
    context = {"obj": obj, "kind": kind, "desk": desk, "rounds": [row for row in rounds if row["remarks"]]}
    return render(request, "plans/remark_list.html", context | {"page": kind.page(obj, desk.may_remark)})


@require_http_methods(["GET", "HEAD", "POST"])
def remark_add(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """A remark on the part that the address names (?phan=line:12); beside the part itself with JavaScript."""
    kind, obj = _fetch(request, kind, pk)
    if kind.may_remark(request.user, obj, request.today) is None:
        raise PermissionDenied
    key = request.POST.get("part", request.GET.get("phan", ""))
    part = kind.parts(obj).get(key)
    if part is None:
        raise Http404
    form = RemarkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _add(request, kind, obj, key, form)
    context = {"obj": obj, "kind": kind, "part": part, "part_key": key, "form": form, "back": kind.page(obj, True)}
    return render(request, "plans/remark_add.html", context, status=_refused(request))


def _add(request: HttpRequest, kind: Kind, obj: Model, part: str, form: RemarkForm) -> HttpResponse:
    text, key = form.cleaned_data["text"], str(form.cleaned_data["key"])
    try:
        remark = remarks.make(obj, part=part, text=text, by=request.user, now=request.now, key=key)
    except StaleState as stale:
        return _stale(request, kind, obj, stale, text)
    return _after(request, kind, remark, reviewing=True)


@require_http_methods(["GET", "HEAD", "POST"])
def remark_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a remark, or answer it anew; the last answer stands."""
    kind, obj, remark = _fetch_remark(request, pk)
    if kind.may_answer(request.user, obj, request.today) is None:
        raise PermissionDenied
    last = remark.answers.last()
    form = AnswerForm(request.POST or None, initial={"text": last.text if last else ""})
    if request.method == "POST" and form.is_valid():
        try:
            remarks.answer(remark, text=form.cleaned_data["text"], by=request.user, now=request.now)
        except StaleState as stale:
            return _stale(request, kind, obj, stale, form.cleaned_data["text"])
        return _after(request, kind, remark, reviewing=False)
    context = {"obj": obj, "kind": kind, "remark": remark, "form": form}
    return render(request, "plans/remark_answer.html", context, status=_refused(request))


@require_POST
def remark_act(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a remark or say that it is settled."""
    kind, _obj, remark = _fetch_remark(request, pk)
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise Http404
    act(remark, by=request.user, now=request.now)
    return _after(request, kind, remark, reviewing=True)


def _fetch(request: HttpRequest, slug: str, pk: int) -> tuple[Kind, Model]:
    """The kind and the thing, or 404 when this person does not see it."""
    if (kind := KINDS.get(slug)) is None:
        raise Http404
    return kind, get_object_or_404(kind.visible(request.user, request.today), pk=pk)


def _fetch_remark(request: HttpRequest, pk: int) -> tuple[Kind, Model, Remark]:
    """A remark with what it is about; one that the reviewers still keep is 404 for everybody else."""
    remark = get_object_or_404(Remark.objects.select_related("made_by"), pk=pk)
    kind = remarks.kind_of(remark)
    obj = get_object_or_404(kind.visible(request.user, request.today), pk=remark.object_id)
    if not remark.given_at and kind.may_remark(request.user, obj, request.today) is None:
        raise Http404
    return kind, obj, remark


def _after(request: HttpRequest, kind: Kind, remark: Remark, *, reviewing: bool) -> HttpResponse:
    """Back to the part; with JavaScript only the part's remarks are sent, unless the state changed with it."""
    obj = kind.visible(request.user, request.today).get(pk=remark.object_id)
    if request.headers.get("HX-Request") and request.POST.get("state") == obj.state:
        context = {"desk": remarks.desk(obj, request.user, request.today), "part": remark.part}
        return render(request, "plans/_remarks.html", context)
    url = f"{kind.page(obj, reviewing)}#y-kien-{remark.pk}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})  # the same page: a jump would not load it
    messages.success(request, _("Đã ghi."))
    return redirect(url)


def _refused(request: HttpRequest) -> int:
    """The status of a form shown (again): one sent in place is told so and comes once more as a page (remarks.js)."""
    return 422 if request.method == "POST" and request.headers.get("HX-Request") else 200


def _stale(request: HttpRequest, kind: Kind, obj: Model, stale: StaleState, text: str) -> HttpResponse:
    context = {"obj": obj, "kind": kind, "message": stale, "text": text, "back": kind.page(obj, False)}
    return render(request, "plans/remark_stale.html", context, status=409)
