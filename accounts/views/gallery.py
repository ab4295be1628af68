"""Every component of templates/components/ in all its states, for whoever works on the portal (DEBUG only)."""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from types import SimpleNamespace as Row

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.messages import ERROR, INFO, SUCCESS, WARNING
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.translation import gettext_lazy as _

from accounts.clock import VIETNAM
from accounts.forms import CleanCharField, CleanForm, CleanTextField, CountField, MoneyField, VietnameseDateField
from accounts.proof import EvidenceField
from accounts.rows import Rows
from accounts.templatetags.portal import STATES, TIMELINESS, TONE_ICONS

NOW = datetime(2022, 2, 24, 8, 30, tzinfo=VIETNAM)
DUE = datetime(2022, 2, 26, 23, 59, 59, tzinfo=VIETNAM)
FRAME = ("header", "demo_banner", "shortcuts")  # they stand around the gallery itself
LONG = (
    "Tuyên truyền, phổ biến Chương trình tổng thể cải cách hành chính nhà nước giai đoạn 2021 - 2030 đến toàn thể "
    "công chức, viên chức và người lao động thuộc Sở"
)


@dataclass(frozen=True)
class Sample:
    """A component with its data; `says` names the state shown, `inside` the element that must stand around it."""

    name: str
    says: str
    data: dict = field(default_factory=dict)
    inside: str = ""

    @property
    def template(self) -> str:
        return "components/" + self.name + ".html"

    @property
    def parameters(self) -> str:
        """The first line of the component, which tells its parameters."""
        source = get_template(self.template).template.source
        return re.match(r"\{% comment %\}(.*?)\{% endcomment %\}", source).group(1)


class GalleryForm(CleanForm):
    """One field of each kind, to be shown with an error, an echo and a hint."""

    title = CleanCharField(label=_("Tên hoạt động"))
    starts = VietnameseDateField(label=_("Từ ngày"), help_text=_("Gõ 27/02/2022 hoặc 27-2-22."))
    copies = CountField(label=_("Số lượng (tờ)"))
    cost = MoneyField(label=_("Kinh phí (đồng)"), required=False)


class GalleryProof(CleanForm):
    evidence = EvidenceField(label=_("Ảnh, tệp"), required=False)


class GalleryRow(CleanForm):
    """A row with a box of each kind."""

    title = CleanTextField(label=_("Nhiệm vụ"))
    channel = forms.ChoiceField(
        label=_("Hình thức"), choices=[("", _("Chọn hình thức")), ("hn", _("Hội nghị")), ("tg", _("Tờ gấp"))]
    )
    starts = VietnameseDateField(label=_("Từ ngày"), required=False)
    copies = CountField(label=_("Số lượng"), required=False)
    cost = MoneyField(label=_("Kinh phí (đồng)"), required=False, help_text=_("Có thể gõ “5 triệu”."))
    joint = forms.BooleanField(label=_("Phối hợp"), required=False)


class GalleryRows(Rows):
    form, extra = GalleryRow, 2


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    """The gallery; 404 on a portal in use."""
    if not settings.DEBUG:
        raise Http404
    form = GalleryForm({"title": "", "starts": "27-2-22", "copies": "hai nghìn", "cost": "1,5 triệu"})
    samples = [*_states(), *_lists(request), *_words(form), *_drawings(), *_rows()]
    parts = [(name, list(rows)) for name, rows in groupby(samples, key=lambda sample: sample.name)]
    shown = [
        {
            "name": name,
            "parameters": rows[0].parameters,
            "samples": [
                {"says": row.says, "inside": row.inside, "html": get_template(row.template).render(row.data, request)}
                for row in rows
            ],
        }
        for name, rows in parts
    ]
    return render(request, "accounts/gallery.html", {"parts": shown, "form": form})


def _states() -> Iterator[Sample]:
    for state in STATES:
        yield Sample("status", state, {"state": state, "label": state})
    for code in TIMELINESS:
        yield Sample("timeliness", code, {"timeliness": Row(code=code, days=2, label=code)})
    yield Sample("deadline", "còn hạn, theo lời kế hoạch", {"due": DUE, "now": NOW, "phrase": "trước ngày 27/02/2022"})
    yield Sample("deadline", "quá hạn", {"due": DUE, "now": NOW.replace(month=3)})
    yield Sample("deadline", "đã nộp", {"due": DUE, "now": NOW, "done": True})
    yield Sample(
        "page_head",
        "đủ",
        {"kicker": "Phòng Lao động - Việc làm", "title": "Kế hoạch năm 2022", "state": "draft", "label": "Đang soạn",
         "timeliness": Row(code="waiting", days=2, label="còn 2 ngày"), "lead": "Hạn nộp hết thứ Bảy 26/02/2022."},
    )  # fmt: skip
    yield Sample(
        "breadcrumb",
        "ba bậc",
        {"top_url": "#", "top_label": "Báo cáo", "up_url": "#", "up_label": "Quý I", "here": "Kiểm tra"},
    )
    yield Sample("breadcrumb", "hai bậc", {"up_url": "#", "up_label": "Báo cáo", "here": LONG})


def _lists(request: HttpRequest) -> Iterator[Sample]:
    task = {"title": "Soạn và nộp: Kế hoạch năm 2022", "url": "#", "due": DUE, "now": NOW}
    yield Sample("task", "có hạn", task | {"state": "drafting", "label": "Đang soạn"}, "tasks")
    yield Sample("task", "không có hạn, lời dài", {"title": LONG, "note": "Chưa đến lượt."}, "tasks")
    yield Sample("answer", "có nội dung", {"label": "Mục đích, yêu cầu", "value": LONG, "url": "#"}, "answers")
    yield Sample("answer", "để trống", {"label": "Người theo dõi", "value": "", "missing": "Chưa ghi."}, "answers")
    for order in ("unit", "-unit", "due"):
        data = {"label": "Đơn vị", "column": "unit", "order": order}
        yield Sample("sort_head", f"đang xếp theo {order}", data, "table")
    page = Paginator(range(120), 50).get_page(request.GET.get("page"))
    yield Sample("pager", "ba trang", {"page": page, "noun": "đơn vị"})
    yield Sample("pager", "một trang", {"page": Paginator(range(14), 50).get_page(1), "noun": "đơn vị"})
    yield Sample("empty", "có việc tiếp theo", {"title": "Chưa có kết quả nào", "url": "#", "action": "Ghi nhận"})
    yield Sample("empty", "chỉ báo", {"title": "Không có việc nào", "text": "Việc mới sẽ hiện ở đây."})
    events = [
        Row(label="Trình trưởng đơn vị", actor="Trần Thị Mai", post="Người soạn", at=NOW, reason="", on_behalf_of=""),
        Row(label="Trả lại", actor="Lê Văn Bình", post="Chánh Văn phòng", at=NOW, on_behalf_of="Giám đốc", reason=LONG),
    ]
    yield Sample("history", "hai việc (dòng thời gian)", {"events": events})
    yield Sample("history", "chưa có việc", {"events": [], "title": "Nhật ký gửi thư"})


def _words(form: CleanForm) -> Iterator[Sample]:
    for tone in TONE_ICONS:
        yield Sample("banner", tone, {"tone": tone, "title": "Số liệu tạm tính.", "text": "Chưa có bản tổng hợp."})
    said = [Message(level, "Đã lưu lúc 08:30.") for level in (SUCCESS, INFO, WARNING, ERROR)]
    yield Sample("messages", "bốn mức", {"messages": said})
    yield Sample("stale", "người khác đã làm trước", {"message": "Bà Hoa đã tiếp nhận lúc 08:31.", "reason": LONG})
    yield Sample("remark", "phải làm theo", {"tone": "red", "title": "Văn phòng Sở trả lại:", "text": LONG})
    yield Sample("remark", "để biết", {"title": "Đã yêu cầu:", "text": "Bổ sung số lượng."})
    yield Sample("diff", "sửa", {"label": "Số lượng", "before": "500", "after": "2.000"})
    yield Sample("diff", "thêm vào chỗ trống", {"before": "", "after": LONG})
    yield Sample("error_summary", "của biểu mẫu", {"form": form, "title": "Chưa lưu được, cần sửa"})
    yield Sample("error_summary", "của một việc", {"errors": ["Chưa ghi hoạt động của nội dung a).", LONG]})
    yield Sample("files", "chưa chọn", {"field": GalleryProof()["evidence"]})
    moves = [
        Row(name="submit", label="Nộp Văn phòng Sở", needs_reason=False),
        Row(name="return", label="Trả lại", needs_reason=True),
    ]
    moved = {"moves": moves, "action": "#", "key": uuid.UUID(int=1), "version": 1}
    yield Sample("moves", "chưa bấm", moved)
    refused = moved | {"moves": [Row(name="cancel", label="Hủy", needs_reason=True)], "reason": "Ghi nhầm."}
    yield Sample("moves", "bị từ chối", refused | {"errors": ["Kế hoạch đã ban hành, không hủy được."]})
    cautions = [{"words": "Lượt xem giảm 50% so với kỳ trước.", "why": "Trang thông tin nâng cấp trong tháng 7."},
                {"words": "2 kết quả chưa có minh chứng.", "why": ""}]  # fmt: skip
    yield Sample("cautions", "đã và chưa giải trình", {"cautions": cautions})
    yield Sample("print_buttons", "cả hai dạng", {"action": "#"})
    yield Sample("print_buttons", "một dạng, có lời", {"action": "#", "lead": "Bản", "single": "pdf"})


def _rows() -> Iterator[Sample]:
    sent = QueryDict(mutable=True)
    typed = [("Phát tờ gấp về dịch vụ công", "tg", "27-2-22", "hai nghìn", "1,5 triệu"), (LONG, "", "", "1.250", "")]
    for number, values in enumerate(typed):
        for name, value in zip(("title", "channel", "starts", "copies", "cost"), values, strict=True):
            sent[f"rows-{number}-{name}"] = value
    rows = GalleryRows(sent)
    rows.is_valid()
    yield Sample("rows", "bị từ chối", {"rows": rows, "title": "Nhiệm vụ"})


def _drawings() -> Iterator[Sample]:
    label = "Báo cáo đúng hạn"
    yield Sample(
        "figure", "đủ", {"value": "12/14", "label": label, "context": "86 %; Quý III: 79 %", "url": "#"}, "figures"
    )
    yield Sample("figure", "màu, xu hướng", {"value": "3", "label": "Quá hạn", "tone": "red", "values": [1, 2, 3],
                 "trend": "Quý I: 1, Quý II: 2, Quý III: 3", "short": "1 → 2 → 3"}, "figures")  # fmt: skip
    yield Sample("bar", "có mốc", {"percent": 62, "target": 80, "text": "62 %"})
    yield Sample("bar", "vượt", {"percent": 140, "text": "140 %", "tone": "green"})
    yield Sample(
        "sparkline", "đủ bốn kỳ", {"values": [64, 79, 71, 93], "text": "64 %, 79 %, 71 %, 93 %", "short": "nay 93 %"}
    )
    yield Sample("sparkline", "khuyết một kỳ", {"values": [64, 79, None, 93, 90], "text": "64, 79, –, 93, 90"})
    yield Sample("sparkline", "một kỳ", {"values": [64], "text": "64 %", "tone": "amber"})
    yield Sample("sparkline", "chưa có", {"values": [None], "text": "chưa có"})
    words = {"full": "5/5", "most": "3/5", "some": "1/5", "none": "0/5", "blank": "–"}
    cells = [{"words": word, "tone": tone, "url": "#" if tone == "most" else ""} for tone, word in words.items()]
    yield Sample("matrix", "đủ năm mức", {
        "label": "Nhiệm vụ theo đơn vị và nội dung", "first": "Đơn vị",
        "columns": [{"short": f"{letter})", "name": f"Nội dung {letter}"} for letter in "abcde"],
        "rows": [{"label": "Phòng Lao động - Việc làm", "url": "#", "cells": cells}],
        "foot": {"label": "Toàn Sở", "cells": cells},
    })  # fmt: skip
    for state in ("queued", "running", "done", "failed"):
        # Nothing to follow: a job that is over asks the server no more.
        job = Row(pk=1, state=state, get_state_display=state, progress=40, stage="dựng trang", is_over=True)
        yield Sample("progress", state, {"job": job, "title": "Đang tạo bản PDF"})
