"""Plans on their way in for the page harness, one in each state; see years.py."""

import uuid
from datetime import datetime

from accounts import jobs
from accounts.cast import Cast
from documents.tests.files import pdf, upload
from plans.department.corrections import take_out
from plans.department.reading_in import begin_import, check_source, correct, drop_import, store_import
from plans.models import ImportState, PlanImport
from plans.tests.real_plan import real_text

TABLE = """
| TT | Nội dung | Sản phẩm | Chủ trì | Phối hợp | Thời gian | Kinh phí |
| 1 | Phát tờ gấp về dịch vụ công trực tuyến | 2.000 tờ gấp | Văn phòng Sở | Các phòng, đơn vị | Quý I | 5 triệu |
| 2 | Đăng tin, bài | 20 tin, bài | Phòng Lao động - Việc làm | Văn phòng Sở | Cả năm | |

V. TỔ CHỨC THỰC HIỆN"""


def add(cast: Cast, now: datetime) -> None:
    """One waiting for the worker, one read with a table and a block taken out, one refused, stored, given up, empty."""
    by = cast.office_staff

    def begin(number: int, text: str = "", file=None, *, read: bool = True) -> PlanImport:
        row = begin_import(agency=cast.agency, by=by, now=now, key=uuid.UUID(int=number), text=text, file=file)
        if read:
            jobs.run(row.job_id)
            row.refresh_from_db()
        return row

    begin(1, real_text(), read=False)
    text = real_text().replace("2022", "2024")
    ready = begin(2, text.replace("\nV. TỔ CHỨC THỰC HIỆN", TABLE, 1))
    correct(ready, _without_the_fifth, by=by, now=now)
    begin(3, file=check_source(upload(pdf(), "x"), "Kế hoạch tuyên truyền (bản quét).pdf"))
    store_import(begin(4, real_text().replace("2022", "2025")), by=by, now=now)
    drop_import(begin(5, "Không phải kế hoạch."), by=by, now=now)
    begin(6, "Không phải kế hoạch.")


def _without_the_fifth(content: dict) -> str:
    take_out(content, content["sections"][5]["id"])
    return "Bỏ một đoạn"


def lengthen(words: str) -> None:
    """Every text that was read as long as people write."""
    for row in PlanImport.objects.filter(state=ImportState.READY):
        content = row.content
        for each in (*content["sections"], *content["duties"], *content["defects"], *content["set_aside"]):
            each.update((name, words) for name in ("text", "what", "who") if name in each)
        for each in content["sections"]:
            each["cells"] = [words[:120] for _cell in each["cells"]]
        content["channels"] = [words] * 30
        content["recipients"] = [{"name": words[:200], "purpose": words[:60]}] * 30
        content["frame"]["title"] = words[:500]
        row.save()
    PlanImport.objects.update(name=words[:140])


def addresses() -> dict[str, list]:
    """What the rows of pages.py name: name → what the address carries."""
    rows = {row.key.int: row for row in PlanImport.objects.all()}
    ready = rows[2]
    cells = [row["id"] for row in ready.content["sections"] if row["level"] == "row"]
    return {
        "import_reading": [rows[1].pk],
        "import_ready": [ready.pk],
        "import_refused": [rows[3].pk],
        "import_stored": [rows[4].pk],
        "import_dropped": [rows[5].pk],
        "import_empty": [rows[6].pk],
        "import_frame": [ready.pk, "khung"],
        "import_recipients": [ready.pk, "noi-nhan"],
        "import_block": [ready.pk, "doan", ready.content["sections"][3]["id"]],
        "import_cells": [ready.pk, "doan", cells[0]],
        "import_duty": [ready.pk, "nhiem-vu", ready.content["duties"][0]["id"] + 1],
        "import_target": [ready.pk, "chi-tieu", 1],
    }
