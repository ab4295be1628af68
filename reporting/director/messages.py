"""The heading of each part of the screen says what its figures say. Pure; no number of its own."""

from django.utils.translation import gettext as _


def messages(seen: dict) -> dict[str, str]:
    """Part → heading."""
    return {
        "decisions": _decisions(seen["decisions"]),
        "matrix": _matrix(seen),
        "coverage": _coverage(seen["coverage"]),
        "indices": _indices(seen["indices"]),
        "trends": _trends(seen["trends"]),
    }


def _decisions(rows: list[dict]) -> str:
    if not rows:
        return _("Không có việc quá hạn, không có việc chờ quyết định")
    mine = sum(row["tone"] == "blue" for row in rows)
    words = _("%d việc cần quyết định, cần biết") % len(rows)
    return _("%(words)s; %(mine)d việc chờ Giám đốc") % {"words": words, "mine": mine} if mine else words


def _matrix(seen: dict) -> str:
    found = seen["matrix"]
    total = found["foot"][-2]["words"]
    behind = [found["rows"][place] for place in found["worst"]]
    behind = [row for row in behind if row["cells"][-2]["tone"] in ("none", "some", "most")]
    words = _("Nhiệm vụ: %s đã làm") % total
    if not behind:
        return words
    last = {"words": words, "unit": behind[0]["label"], "done": behind[0]["cells"][-2]["words"]}
    return _("%(words)s; chậm nhất: %(unit)s (%(done)s)") % last


def _coverage(found: dict) -> str:
    words = _("Độ phủ: %(filled)d/%(of)d ô có hoạt động") % found
    if not found["empty"]:
        return words
    return _("%(words)s; %(count)d chỗ trống hẳn") % {"words": words, "count": len(found["empty"])}


def _indices(rows: list[dict]) -> str:
    known = sum(bool(row["latest"]) for row in rows)
    if not known:
        return _("Chỉ số: chưa có số liệu công bố")
    missed = [row["name"] for row in rows if any(goal["tone"] == "red" for goal in row["goals"])]
    words = _("Chỉ số: %(known)d/%(all)d đã công bố") % {"known": known, "all": len(rows)}
    return _("%(words)s; chưa đạt: %(names)s") % {"words": words, "names": ", ".join(missed)} if missed else words


def _trends(rows: list[dict]) -> str:
    behind = [row for row in rows if row["percent"] is not None]
    if not behind:
        return _("Số liệu qua các kỳ")
    least = min(behind, key=lambda row: row["percent"])
    return _("Lũy kế so với kế hoạch năm: thấp nhất %(name)s (%(percent)s)") % {
        "name": least["name"][:1].lower() + least["name"][1:], "percent": least["percent_words"],
    }  # fmt: skip
