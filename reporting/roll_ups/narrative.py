"""Sentences made from a roll-up's figures: plain office Vietnamese by rules, no number of their own. Pure.

Each number says where its rows are (reporting.roll_ups.said): "#…" are places of the roll-up's page.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from documents.numbers import MISSING as NOT_KNOWN
from documents.numbers import format_number
from reporting.roll_ups.by_unit import Tasks, with_ratios
from reporting.roll_ups.said import Number, Said, joined, say

UNITS, TASKS, MONEY, TABLE = "#don-vi", "#don-vi-noi-dung", "#kinh-phi", "#chi-tieu"


def percent(part: int, whole: int) -> str:
    """A ratio from its numerator and denominator, one decimal, half up; "–" when there is nothing to divide by."""
    return f"{format_number(Decimal(100 * part) / whole, 1)}%" if whole else NOT_KNOWN


def headline(content: dict) -> str:
    """The first sentence anyone reads: "Quý I/2022: 12/14 đơn vị nộp đúng hạn; 2 muộn; 1 chưa báo cáo"."""
    found = content["timeliness"]
    on_time = len(found["on_time"]) + len(found["extended"])
    parts = [f"{on_time}/{found['expected']} báo cáo đơn vị đúng hạn"]
    for name, word in (("late", "muộn"), ("missing", "chưa báo cáo"), ("not_received", "chưa được tiếp nhận")):
        if found[name]:
            parts.append(f"{len(found[name])} {word}")
    return f"{content['period']['label']}: " + "; ".join(parts) + "."


def count(value: int | None, target: str) -> Number:
    """A count as a sentence writes it, leading to `target`."""
    return Number(format_number(value), target)


def share(part: int, whole: int, target: str) -> Number:
    """A ratio as a sentence writes it."""
    return Number(percent(part, whole), target)


def sentences(content: dict) -> Iterator[Said]:
    """What the figures say in a few sentences: timeliness, tasks, money."""
    yield from timeliness_sentences(content)
    yield task_sentence(content)
    yield money_sentence(content)


def timeliness_sentences(content: dict) -> Iterator[Said]:
    """On time, late, missing and exempt units, by name; and those that had nothing to report, with their reason."""
    return (said for _rule, said in timeliness_rules(content))


def timeliness_rules(content: dict) -> Iterator[tuple[str, Said]]:
    """The same, each under its name."""
    yield "handed_in", _handed_in(content)
    found = content["timeliness"]
    for name, words in (
        ("extended", "Nộp đúng hạn đã được gia hạn"),
        ("late", "Nộp muộn"),
        ("missing", "Chưa báo cáo"),
        ("not_received", "Đã nộp nhưng chưa được tiếp nhận"),
        ("exempt", "Được miễn"),
    ):
        if found[name]:
            yield name, say(words, ": ", _names(found[name], content, with_days=name == "late"), ".")
    if nil := content["texts"]["nil"]:
        names = "; ".join(f"{row['unit']} ({row['text'].rstrip('. ')})" for row in nil)
        yield "nil", say(f"Báo cáo không phát sinh: {names}.")


def _handed_in(content: dict) -> Said:
    """On time, accepted at once, complete: three measures, each with what it is a part of."""
    found = content["timeliness"]
    on_time, measures = len(found["on_time"]) + len(found["extended"]), found.get("measures")
    in_time = say(
        "Có ", count(on_time, UNITS), "/", count(found["expected"], UNITS), " báo cáo của đơn vị được nộp đúng hạn (",
        share(on_time, found["expected"], UNITS), "); ",
    )  # fmt: skip
    if not measures:
        return say(in_time, count(found["first_time_right"], UNITS), " báo cáo đạt ngay lần đầu.")
    (first, judged), (complete, handed_in) = measures["first_time"], measures["complete"]
    return say(
        in_time, count(first, UNITS), "/", count(judged, UNITS), " báo cáo đã xem xét đạt ngay lần đầu (",
        share(first, judged, UNITS), "); ", count(complete, UNITS), "/", count(handed_in, UNITS),
        " báo cáo đã nộp đầy đủ kết quả, minh chứng (", share(complete, handed_in, UNITS), ").",
    )  # fmt: skip


def _names(rows: list[dict], content: dict, *, with_days: bool) -> Said:
    """The units of `rows`; behind each its quarter, where the content covers several, and how late it was."""

    def named(row: dict) -> Said:
        quarter = [] if row["period"] == content["period"]["label"] else [row["period"]]
        days = [say("muộn ", count(row["days"], UNITS), " ngày")] if with_days else []
        more = joined(", ", [*quarter, *days])
        return say(row["unit"], " (", more, ")") if more else say(row["unit"])

    return joined(", ", map(named, rows))


def task_totals(content: dict, area: str = "") -> dict[str, int]:
    """planned, due, done and due_done over the tasks, of an `area` alone if given; who is missing adds nothing."""
    rows = [row for row in content["tasks"] if not area or row["area"] == area]
    return {name: sum(row[name] or 0 for row in rows) for name in ("planned", "due", "done", "due_done")}


def tasks_done(tasks: Iterable[Tasks], area: str = "") -> tuple[int | None, int]:
    """(done, planned) of `tasks`, of an area's alone if given; done is None where nobody of them has reported."""
    rows = [row for row in tasks if not area or row.area == area]
    known = [row.done for row in rows if row.done is not None]
    return sum(known) if known else None, sum(row.planned for row in rows)


def done_words(done: int | None, planned: int) -> str:
    """ "3/5"; "–/5" where what was done is not known, "–" where nothing was planned."""
    return f"{format_number(done)}/{format_number(planned)}" if planned else NOT_KNOWN


def task_sentence(content: dict) -> Said:
    """How much of the year's tasks is done."""
    tasks = task_totals(content)
    planned, done, due, due_done = (tasks[name] for name in ("planned", "done", "due", "due_done"))
    so_far = (
        say("trong ", count(due, TASKS), " nhiệm vụ đến hạn đã thực hiện ", count(due_done, TASKS), " (",
            share(due_done, due, TASKS), ")")
        if due
        else "chưa có nhiệm vụ nào đến hạn"
    )  # fmt: skip
    return say(
        "Kế hoạch các đơn vị đề ra ", count(planned, TASKS), " nhiệm vụ trong năm; đến hết kỳ báo cáo đã thực hiện ",
        count(done, TASKS), " nhiệm vụ (", share(done, planned, TASKS), "); ", so_far, ".",
    )  # fmt: skip


def own_task_sentence(tasks: dict) -> str:
    """How much of a unit's own plan has results: `tasks` has planned and done of the year, due by the period's end."""
    planned, done, due = (format_number(tasks[name]) for name in ("planned", "done", "due"))
    if not tasks["planned"]:
        return "Đơn vị chưa có kế hoạch năm được tiếp nhận."
    return (
        f"Kế hoạch năm của đơn vị đề ra {planned} nhiệm vụ, {due} nhiệm vụ đến hạn trong hoặc trước kỳ; "
        f"đến hết kỳ đã thực hiện {done} nhiệm vụ ({percent(tasks['done'], tasks['planned'])})."
    )


def told(row: dict, column: str) -> str:
    """A figure of an indicator's row as it is printed; of a code its values with how often each was given."""
    return printed(row["words"].get(column) or row[column])


def printed(value: float | str | None) -> str:
    """A figure of a breakdown as it is printed; that of a code is words already."""
    return value if isinstance(value, str) else format_number(value)


def step_words(now: float | None, before: float | None) -> str:
    """By how much a figure rose or fell: "+1.200", "-3", "0"; "–" where one of both is not known."""
    if now is None or before is None:
        return NOT_KNOWN
    step = round(Decimal(str(now)) - Decimal(str(before)), 1)
    return f"{'+' if step > 0 else ''}{format_number(step)}"


def area_totals(content: dict, area: str) -> list[tuple[dict, int | float | str]]:
    """(indicator row, its figure in the period) of an area, in the order of the indicators; absent ones left out."""
    totals: dict[str, int | float | str] = {}
    for cell in content["cells"]:
        if cell["area"] == area:
            code, value = cell["indicator"], cell["value"]
            totals[code] = totals[code] + value if code in totals else value
    totals = with_ratios(totals, content["indicators"])
    return [(row, totals[row["code"]]) for row in content["indicators"] if row["code"] in totals]


def name_in_sentence(row: dict) -> str:
    """An indicator inside a sentence: "Số tin, bài" → "tin, bài"; "Pano, áp phích" → "pano, áp phích"."""
    return f"{row['name'][:1].lower()}{row['name'][1:]}".removeprefix("số ")


def figure_words(row: dict, total: int, target: str = TABLE) -> Said:
    """A figure of an indicator as a sentence names it: "851 lượt xem, tiếp cận", "3 cái pano, áp phích"."""
    if row["code"] == "money":
        return say("kinh phí ", count(total, target), " đồng")
    name = name_in_sentence(row)
    return say(count(total, target), " ", name if row["measure"] in name else f"{row['measure']} {name}")


def area_sentence(content: dict, area: str) -> Said:
    """What was done in an area, in its figures; and how its tasks stand."""
    done = joined(
        "; ",
        (
            figure_words(row, total, f"?noi_dung={area}&chi_tieu={row['code']}")
            for row, total in area_totals(content, area)
            if row["adds"]
        ),
    )
    tasks = task_totals(content, area=area)
    progress = say(
        "Đã thực hiện ", count(tasks["done"], f"?noi_dung={area}&pham_vi=nam"), "/", count(tasks["planned"], TASKS),
        " nhiệm vụ của năm",
    )  # fmt: skip
    return say(progress, "; trong kỳ: ", done, ".") if done else say(progress, "; trong kỳ chưa ghi nhận kết quả.")


def money_sentence(content: dict) -> Said:
    """Money planned for the year and spent so far; what nobody knows is "–", not zero."""
    planned, spent = (_known_sum(row[name] for row in content["money"].values()) for name in ("planned", "spent"))
    if planned is None and spent is None:
        return say("Chưa có số liệu về kinh phí.")
    ratio = NOT_KNOWN if spent is None or planned is None else share(spent, planned, MONEY)
    return say(
        "Kinh phí kế hoạch cả năm ", _dong(planned, MONEY), "; đã chi lũy kế ",
        _dong(spent, "?chi_tieu=money&pham_vi=nam"), " (", ratio, ").",
    )  # fmt: skip


def _dong(value: int | None, target: str) -> Said:
    return say(NOT_KNOWN) if value is None else say(count(value, target), " đồng")


def total_sentence(content: dict) -> Said:
    """The figures of the period over all areas."""
    known = [row for row in content["indicators"] if row["adds"] and row["value"] is not None]
    if not known:
        return say("Trong kỳ chưa ghi nhận kết quả.")
    figures = (figure_words(row, row["value"], f"?chi_tieu={row['code']}") for row in known)
    return say("Trong kỳ, các đơn vị đã thực hiện: ", joined("; ", figures), ".")


def compared_sentence(content: dict, with_: str, words: str) -> Said:
    """The figures against those of `with_` ("last_period", "last_year"), as far as both are known; "" if none is."""
    parts = [
        _step(row, row["value"], row[with_])
        for row in content["indicators"]
        if row["adds"] and row["value"] is not None and row.get(with_) is not None
    ]
    return say("So với ", words, ": ", joined("; ", parts), ".") if parts else say()


def _step(row: dict, now: int, before: int) -> Said:
    name = name_in_sentence(row)
    if now == before:
        return say(name, " bằng (", count(now, TABLE), ")")
    step = say("tăng " if now > before else "giảm ", count(abs(now - before), TABLE))
    return say(name, " ", step, " (", share(abs(now - before), before, TABLE), ")") if before else say(name, " ", step)


def channel_sentence(content: dict, most: int = 3) -> Said:
    """The channels used most, with how often; "" while nothing was done."""
    used = sorted((row for row in content["channels"] if row.get("results")), key=lambda row: -row["results"])[:most]
    parts = (
        say(row["name"], " (", count(row["results"], f"?hinh_thuc={row['code']}"), " lần)") for row in used
    )  # fmt: skip
    return say("Hình thức được dùng nhiều nhất: ", joined(", ", parts), ".") if used else say()


def gap_sentence(content: dict) -> Said:
    """The areas in which the period has no result; "" if each has one."""
    active = {row["code"] for row in content["by_area"] if row["results"]}
    idle = [f"{area['letter']}) {area['name']}" for area in content["areas"] if area["code"] not in active]
    return say("Nội dung chưa ghi nhận kết quả trong kỳ: ", "; ".join(idle), ".") if idle else say()


def _known_sum(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


REPORT_WORDS = {
    "on_time": "đúng hạn",
    "extended": "đúng hạn (gia hạn)",
    "late": "muộn {days} ngày",
    "missing": "chưa báo cáo",
    "exempt": "miễn",
}


def report_words(unit: dict) -> str:
    """How a unit's reports of the period stand, in words; several periods are told apart by their code."""
    words = []
    for report in unit["reports"]:
        word = REPORT_WORDS[report["group"]].format(days=report["days"])
        if report["group"] not in ("missing", "exempt") and not report["received"]:
            word += ", chưa được tiếp nhận"
        words.append(word if len(unit["reports"]) == 1 else f"{report['period'].rpartition('-')[2]}: {word}")
    return "; ".join(words)
