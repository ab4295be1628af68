"""Tìm kiếm: one box over everything the person may see."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts import recent
from reporting import search


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """`?q=` in groups, the first ten of each; `?nhom=` one group with its pages. Blank: what was opened last."""
    query = request.GET.get("q", "")
    words = [] if search.is_too_long(query) else search.words_of(query)
    only = request.GET.get("nhom", "")
    groups = search.search(request.user, words, on=request.today, only=only, page=request.GET.get("page"))
    context = {
        "searching": True,
        "query": query[: search.LONGEST].strip(),
        "too_long": search.is_too_long(query) and search.LONGEST,
        "words": words,
        "groups": groups if words else [],
        "only": only in {source.key for source in search.SOURCES},
        "total": sum(group.page.paginator.count for group in groups),
        "recent": [] if words else recent.items(request),
    }
    return render(request, "reporting/search.html", context)
