"""The tree of a plan's parts: what each operation does, and what none of them ever breaks."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans.department import editing
from plans.department.content import content_of_reading
from plans.department.editing import CannotEdit
from plans.department.importing import read_text
from plans.tests.real_plan import real_text

LEVELS = ("roman", "number", "letter", "dash", "plus")


def tree(text: str) -> list[dict]:
    """Parts written as lines of "level text", two spaces a depth; ids from 1 in their order."""
    rows, above = [], {}
    for number, line in enumerate(filter(str.strip, text.splitlines()), 1):
        depth = (len(line) - len(line.lstrip())) // 2
        level, _space, words = line.strip().partition(" ")
        above[depth] = number
        rows.append(editing.blank(number, above.get(depth - 1) if depth else None, level) | {"text": words})
    return rows


def drawn(rows: list[dict]) -> list[str]:
    """The tree as a reader sees it: indented by depth, with its marks."""
    depths: dict = {}
    for row in rows:
        depths[row["id"]] = depths[row["parent"]] + 1 if row["parent"] is not None else 0
    return [f"{'  ' * depths[row['id']]}{row['mark']} {row['text']}".rstrip() for row in rows]


def labelled(rows: list[dict]) -> list[str]:
    return drawn(editing.relabel(rows, keep=False))


PLAN = tree("""
roman Mục đích
  number Mục tiêu
    dash Một
    dash Hai
  number Yêu cầu
roman Nội dung
  number Tuyên truyền
    letter Chỉ đạo
      dash Ba
    letter Thể chế
""")


def named(rows: list[dict], text: str) -> int:
    return next(row["id"] for row in rows if row["text"] == text)


def test_labels_are_those_of_an_official_document():
    assert labelled(PLAN) == [
        "I. Mục đích", "  1. Mục tiêu", "    - Một", "    - Hai", "  2. Yêu cầu",
        "II. Nội dung", "  1. Tuyên truyền", "    a) Chỉ đạo", "      - Ba", "    b) Thể chế",
    ]  # fmt: skip


def test_letters_follow_the_vietnamese_alphabet():
    rows = tree("number Danh sách\n" + "\n".join(f"  letter {n}" for n in range(24)))
    marks = [row["label"] for row in editing.relabel(rows, keep=False)[1:]]
    assert "".join(marks[:23]) == "abcdđeghiklmnopqrstuvxy"
    assert marks[23] == "aa"


def test_a_number_below_a_number_carries_both():
    rows = tree("number Một\n  number Hai\n  number Ba\n    number Bốn\nnumber Năm\n  number Sáu")
    assert [row["mark"] for row in editing.relabel(rows, keep=False)] == ["1.", "1.1.", "1.2.", "1.2.1.", "2.", "2.1."]


def test_an_appendix_begins_its_numbers_anew():
    rows = tree("roman Một\nroman Hai\nparagraph PHỤ LỤC\nroman Ba")
    assert [row["mark"] for row in editing.relabel(rows, keep=False)] == ["I.", "II.", "", "I."]


def test_printed_labels_are_kept_and_a_new_part_follows_the_one_before():
    rows = content_of_reading(read_text(real_text()))["sections"]
    assert editing.relabel(rows, keep=True) == rows
    third = next(row["id"] for row in rows if row["label"] == "III")
    rows, new = editing.add_after(rows, third)
    romans = [(row["label"], row["id"] == new) for row in editing.relabel(rows, keep=True) if row["level"] == "roman"]
    assert romans == [("I", False), ("III", False), ("IV", True), ("IV", False), ("V", False)]


def test_numbering_anew_closes_the_gap_of_the_real_plan():
    rows = editing.relabel(content_of_reading(read_text(real_text()))["sections"], keep=False)
    assert [row["label"] for row in rows if row["level"] == "roman"] == ["I", "II", "III", "IV"]
    assert [row["label"] for row in rows if row["area"]] == list("abcdđeg")
    assert {row["mark"] for row in rows if row["level"] == "plus"} == {"+"}


def test_a_part_moves_with_what_is_below_it():
    rows = editing.move(PLAN, named(PLAN, "Nội dung"), editing.UP)
    assert labelled(rows)[:4] == ["I. Nội dung", "  1. Tuyên truyền", "    a) Chỉ đạo", "      - Ba"]


def test_the_first_does_not_move_up_nor_the_last_down():
    for text, step in (("Mục đích", editing.UP), ("Nội dung", editing.DOWN), ("Một", editing.UP)):
        with pytest.raises(CannotEdit):
            editing.move(PLAN, named(PLAN, text), step)


def test_a_part_moved_in_takes_the_kind_of_its_new_siblings():
    rows = editing.indent(PLAN, named(PLAN, "Yêu cầu"))
    assert labelled(rows)[1:5] == ["  1. Mục tiêu", "    - Một", "    - Hai", "    - Yêu cầu"]
    rows = editing.indent(PLAN, named(PLAN, "Thể chế"))
    assert labelled(rows)[-2:] == ["      - Ba", "      - Thể chế"]


def test_a_part_moved_out_keeps_the_order_of_the_text():
    rows = editing.outdent(PLAN, named(PLAN, "Chỉ đạo"))
    assert labelled(rows)[-4:] == ["  1. Tuyên truyền", "  2. Chỉ đạo", "    - Ba", "    a) Thể chế"]


def test_letters_that_come_below_a_letter_become_dashes():
    rows = tree("number Một\nnumber Hai\n  letter Ba\n    dash Bốn")
    assert labelled(editing.indent(rows, named(rows, "Hai"))) == ["1. Một", "  a) Hai", "    - Ba", "      + Bốn"]


def test_there_is_nothing_to_move_into_or_out_of():
    for act, text in ((editing.indent, "Mục đích"), (editing.indent, "Một"), (editing.outdent, "Nội dung")):
        with pytest.raises(CannotEdit):
            act(PLAN, named(PLAN, text))


def test_new_parts_have_the_kind_of_their_neighbours():
    rows, after = editing.add_after(PLAN, named(PLAN, "Chỉ đạo"))
    rows, below = editing.add_below(rows, named(PLAN, "Thể chế"))
    rows, first = editing.add_below(rows, named(PLAN, "Yêu cầu"))
    rows, last = editing.add_below(rows, None)
    kinds = {row["id"]: row["mark"] for row in editing.relabel(rows, keep=False)}
    assert [kinds[number] for number in (after, below, first, last)] == ["b)", "-", "a)", "III."]
    assert labelled(rows)[-5:] == ["      - Ba", "    b)", "    c) Thể chế", "      -", "III."]


def test_deleting_takes_what_is_below_along():
    assert labelled(editing.delete(PLAN, named(PLAN, "Mục đích"))) == [
        "I. Nội dung", "  1. Tuyên truyền", "    a) Chỉ đạo", "      - Ba", "    b) Thể chế"
    ]  # fmt: skip


def test_a_text_of_several_lines_becomes_one_part_a_line():
    rows = tree("letter Một\n  dash Con")
    rows[0]["text"] = "Một\n\n Hai \nBa"
    split = editing.split(rows, 1)
    assert labelled(split) == ["a) Một", "b) Hai", "c) Ba", "  - Con"]
    with pytest.raises(CannotEdit):
        editing.split(split, 1)


def test_two_parts_become_one():
    rows = editing.join(PLAN, named(PLAN, "Hai"))
    assert labelled(rows)[1:4] == ["  1. Mục tiêu", "    - Một Hai", "  2. Yêu cầu"]
    with pytest.raises(CannotEdit):
        editing.join(PLAN, named(PLAN, "Một"))


def test_one_part_opens_an_area():
    rows = editing.set_area(PLAN, named(PLAN, "Chỉ đạo"), "leadership")
    rows = editing.set_area(rows, named(PLAN, "Thể chế"), "leadership")
    assert [row["text"] for row in rows if row["area"] == "leadership"] == ["Thể chế"]
    assert not any(row["area"] for row in editing.set_area(rows, None, "leadership"))


def test_rows_of_a_table_move_within_it_and_the_table_moves_as_one():
    rows = tree("paragraph Trước\nheader TT\nrow Một\nrow Hai\nparagraph Sau")
    assert [row["text"] for row in editing.move(rows, 4, editing.UP)] == ["Trước", "TT", "Hai", "Một", "Sau"]
    assert [row["text"] for row in editing.move(rows, 1, editing.DOWN)] == ["TT", "Một", "Hai", "Trước", "Sau"]
    for act in (
        lambda: editing.move(rows, 3, editing.UP), lambda: editing.move(rows, 4, editing.DOWN),
        lambda: editing.move(rows, 2, editing.DOWN), lambda: editing.indent(rows, 3), lambda: editing.outdent(rows, 3),
        lambda: editing.set_level(rows, 3, "dash"), lambda: editing.indent(rows, 5),
    ):  # fmt: skip
        with pytest.raises(CannotEdit):
            act()


def test_a_part_that_is_gone_is_named_as_gone():
    with pytest.raises(CannotEdit, match="không còn"):
        editing.delete(PLAN, 99)


def test_another_kind_gets_its_own_label():
    rows = editing.set_level(PLAN, named(PLAN, "Hai"), "letter")
    assert labelled(rows)[2:4] == ["    - Một", "    a) Hai"]
    with pytest.raises(CannotEdit):
        editing.set_level(PLAN, named(PLAN, "Hai"), "row")


# What holds for every tree


@st.composite
def trees(draw) -> list[dict]:
    """A valid tree of up to 14 parts, each below some part that is open at that place."""
    rows, path = [], []
    for number in range(1, draw(st.integers(1, 14)) + 1):
        path = path[: draw(st.integers(0, len(path)))]
        level = draw(st.sampled_from((*LEVELS, "paragraph")))
        rows.append(editing.blank(number, path[-1] if path else None, level) | {"text": f"{number}\nhai"})
        path.append(number)
    return editing.relabel(rows, keep=False)


ACTS = {
    "up": lambda rows, number: editing.move(rows, number, editing.UP),
    "down": lambda rows, number: editing.move(rows, number, editing.DOWN),
    "indent": editing.indent,
    "outdent": editing.outdent,
    "after": lambda rows, number: editing.add_after(rows, number)[0],
    "below": lambda rows, number: editing.add_below(rows, number)[0],
    "delete": editing.delete,
    "split": editing.split,
    "join": editing.join,
    "level": lambda rows, number: editing.set_level(rows, number, "letter"),
    "area": lambda rows, number: editing.set_area(rows, number, "leadership"),
}
steps = st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 20)), max_size=8)
ids = lambda rows: [row["id"] for row in rows]  # noqa: E731


def is_tree(rows: list[dict]) -> bool:
    """Each id once, each part somewhere right behind the open end of what it stands below."""
    path: list[int] = []
    for row in rows:
        if row["parent"] is not None and row["parent"] not in path:
            return False
        path = path[: path.index(row["parent"]) + 1] if row["parent"] is not None else []
        path.append(row["id"])
    return len(set(ids(rows))) == len(rows)


def attempt(rows: list[dict], act: str, number: int) -> list[dict]:
    try:
        return ACTS[act](rows, number)
    except CannotEdit:
        return rows


@settings(max_examples=60, deadline=None)
@given(trees(), steps)
def test_no_operation_breaks_the_tree_or_loses_a_part(rows, acts):
    for act, place in acts:
        if not rows:
            return
        number = rows[place % len(rows)]["id"]
        before, gone = ids(rows), set()
        if act in ("delete", "join"):
            at = editing.place_of(rows, number)
            gone = set(ids(rows[at : editing.end_of(rows, at)]))
        rows = attempt(rows, act, number)
        assert is_tree(rows)
        assert set(before) - set(ids(rows)) <= gone


@settings(max_examples=60, deadline=None)
@given(trees(), st.sampled_from(sorted(ACTS)), st.integers(0, 20))
def test_parts_outside_keep_their_order_and_the_list_given_is_not_touched(rows, act, place):
    number = rows[place % len(rows)]["id"]
    at = editing.place_of(rows, number)
    block = set(ids(rows[at : editing.end_of(rows, at)]))
    before = [dict(row) for row in rows]
    after = attempt(rows, act, number)
    assert rows == before
    kept = set(ids(after)) - block
    assert [n for n in ids(rows) if n in kept] == [n for n in ids(after) if n in kept and n in set(ids(rows))]


@settings(max_examples=60, deadline=None)
@given(trees(), st.integers(0, 20))
def test_down_and_up_again_is_nothing(rows, place):
    number = rows[place % len(rows)]["id"]
    moved = attempt(rows, "down", number)
    if moved != rows:
        assert editing.move(moved, number, editing.UP) == rows


@settings(max_examples=60, deadline=None)
@given(trees(), st.integers(0, 20))
def test_in_and_out_again_gives_the_same_tree(rows, place):
    number = rows[place % len(rows)]["id"]
    moved = attempt(rows, "indent", number)
    if moved != rows:
        back = editing.outdent(moved, number)
        assert [(row["id"], row["parent"]) for row in back] == [(row["id"], row["parent"]) for row in rows]


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 5), st.sampled_from(LEVELS[1:4]), st.integers(0, 5))
def test_in_and_out_again_among_equals_is_nothing_at_all(size, level, place):
    rows = tree("roman Mục\n" + "\n".join(f"  {level} {n}" for n in range(size)))
    rows = editing.relabel(rows, keep=False)
    number = rows[1 + place % size]["id"]
    if place % size:
        back = editing.outdent(editing.relabel(editing.indent(rows, number), keep=False), number)
        assert editing.relabel(back, keep=False) == rows


@settings(max_examples=60, deadline=None)
@given(trees(), st.booleans())
def test_numbering_twice_is_numbering_once(rows, keep):
    once = editing.relabel(rows, keep=keep)
    assert editing.relabel(once, keep=keep) == once


@settings(max_examples=60, deadline=None)
@given(trees())
def test_labels_run_without_gaps_among_siblings(rows):
    found: dict = {}
    for row in editing.relabel(rows, keep=False):
        if row["level"] in ("roman", "number", "letter"):
            found.setdefault((row["parent"], row["level"]), []).append(row["label"].rpartition(".")[2])
    first = {"roman": ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV"],
             "number": [str(n) for n in range(1, 15)], "letter": list("abcdđeghiklmno")}  # fmt: skip
    for (_parent, level), labels in found.items():
        assert labels == first[level][: len(labels)]
