"""Sentences made from a roll-up's figures: plain office Vietnamese by rules, no number of their own. Pure."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from documents.numbers import MISSING as NOT_KNOWN
from documents.numbers import format_money, format_number


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


def sentences(content: dict) -> Iterator[str]:
    """What the figures say in a few sentences: timeliness, tasks, money."""
    yield from timeliness_sentences(content)
    yield task_sentence(content)
    yield money_sentence(content)


def timeliness_sentences(content: dict) -> Iterator[str]:
    """On time, late, missing and exempt units, by name; and those that had nothing to report, with their reason."""
    found = content["timeliness"]
    on_time = len(found["on_time"]) + len(found["extended"])
    yield (
        f"Có {format_number(on_time)}/{format_number(found['expected'])} báo cáo của đơn vị được nộp đúng hạn "
        f"({percent(on_time, found['expected'])}); {format_number(found['first_time_right'])} báo cáo đạt ngay lần đầu."
    )
    for name, words in (
        ("extended", "Nộp đúng hạn đã được gia hạn"),
        ("late", "Nộp muộn"),
        ("missing", "Chưa báo cáo"),
        ("not_received", "Đã nộp nhưng chưa được tiếp nhận"),
        ("exempt", "Được miễn"),
    ):
        if found[name]:
            yield f"{words}: {_names(found[name], content, with_days=name == 'late')}."
    if nil := content["texts"]["nil"]:
        names = "; ".join(f"{row['unit']} ({row['text']})" for row in nil)
        yield f"Báo cáo không phát sinh: {names}."


def _names(rows: list[dict], content: dict, *, with_days: bool) -> str:
    """The units of `rows`; behind each its quarter, where the content covers several, and how late it was."""

    def more(row: dict) -> str:
        quarter = [] if row["period"] == content["period"]["label"] else [row["period"]]
        return ", ".join([*quarter, *([f"muộn {row['days']} ngày"] if with_days else [])])

    return ", ".join(f"{row['unit']} ({more(row)})" if more(row) else row["unit"] for row in rows)


def task_totals(content: dict, **where: str) -> dict[str, int]:
    """planned, due, done and due_done over the tasks that match `unit=` or `area=`; who is missing adds nothing."""
    rows = [row for row in content["tasks"] if all(row[key] == value for key, value in where.items())]
    return {name: sum(row[name] or 0 for row in rows) for name in ("planned", "due", "done", "due_done")}


def tasks_done(content: dict, **where: str) -> tuple[int | None, int]:
    """(done, planned) of the matching tasks; done is None where nobody of those who planned has reported."""
    rows = [row for row in content["tasks"] if all(row[key] == value for key, value in where.items())]
    known = [row["done"] for row in rows if row["done"] is not None]
    return sum(known) if known else None, sum(row["planned"] for row in rows)


def done_words(done: int | None, planned: int) -> str:
    """ "3/5"; "–/5" where what was done is not known, "–" where nothing was planned."""
    return f"{format_number(done)}/{format_number(planned)}" if planned else NOT_KNOWN


def task_sentence(content: dict) -> str:
    """How much of the year's tasks is done."""
    tasks = task_totals(content)
    due = (
        f"trong {format_number(tasks['due'])} nhiệm vụ đến hạn đã thực hiện {format_number(tasks['due_done'])} "
        f"({percent(tasks['due_done'], tasks['due'])})"
        if tasks["due"]
        else "chưa có nhiệm vụ nào đến hạn"
    )
    return (
        f"Kế hoạch các đơn vị đề ra {format_number(tasks['planned'])} nhiệm vụ trong năm; đến hết kỳ báo cáo đã thực "
        f"hiện {format_number(tasks['done'])} nhiệm vụ ({percent(tasks['done'], tasks['planned'])}); {due}."
    )


def own_task_sentence(tasks: dict) -> str:
    """How much of a unit's own plan has results: `tasks` has planned and done of the year, due by the period's end."""
    planned, done, due = (format_number(tasks[name]) for name in ("planned", "done", "due"))
    if not tasks["planned"]:
        return "Đơn vị chưa có kế hoạch năm được tiếp nhận."
    return (
        f"Kế hoạch năm của đơn vị đề ra {planned} nhiệm vụ, {due} nhiệm vụ đến hạn trong hoặc trước kỳ; "
        f"đến hết kỳ đã thực hiện {done} nhiệm vụ ({percent(tasks['done'], tasks['planned'])})."
    )


def area_totals(content: dict, area: str) -> list[tuple[dict, int]]:
    """(indicator row, total in the period) of an area, in the order of the indicators; absent ones left out."""
    totals: dict[str, int] = {}
    for cell in content["cells"]:
        if cell["area"] == area:
            totals[cell["indicator"]] = totals.get(cell["indicator"], 0) + cell["value"]
    return [(row, totals[row["code"]]) for row in content["indicators"] if row["code"] in totals]


def figure_words(row: dict, total: int) -> str:
    """A figure of an indicator as a sentence names it: "851 lượt xem, tiếp cận", "3 cái pano, áp phích"."""
    if row["code"] == "money":
        return f"kinh phí {format_money(total)}"
    name = f"{row['name'][:1].lower()}{row['name'][1:]}".removeprefix("số ")
    named = name if row["measure"] in name else f"{row['measure']} {name}"
    return f"{format_number(total)} {named}"


def area_sentence(content: dict, area: str) -> str:
    """What was done in an area, in its figures; and how its tasks stand."""
    done = "; ".join(figure_words(row, total) for row, total in area_totals(content, area))
    tasks = task_totals(content, area=area)
    progress = f"Đã thực hiện {format_number(tasks['done'])}/{format_number(tasks['planned'])} nhiệm vụ của năm"
    return f"{progress}; trong kỳ: {done}." if done else f"{progress}; trong kỳ chưa ghi nhận kết quả."


def money_sentence(content: dict) -> str:
    """Money planned for the year and spent so far; what nobody knows is "–", not zero."""
    planned, spent = (_known_sum(row[name] for row in content["money"].values()) for name in ("planned", "spent"))
    if planned is None and spent is None:
        return "Chưa có số liệu về kinh phí."
    share = NOT_KNOWN if spent is None or planned is None else percent(spent, planned)
    return f"Kinh phí kế hoạch cả năm {format_money(planned)}; đã chi lũy kế {format_money(spent)} ({share})."


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
