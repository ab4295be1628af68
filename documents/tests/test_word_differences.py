"""Two texts compared word by word."""

from hypothesis import given, settings
from hypothesis import strategies as st

from documents.word_differences import pieces

texts = st.text(alphabet="aăđ .,;(\n", max_size=40)


def shown(before: str, after: str) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in pieces(before, after)]


def test_only_the_changed_word_is_marked():
    assert shown("nộp trước 27/02/2022.", "nộp trước 27/02/2023.") == [
        ("same", "nộp trước 27/02/"),
        ("removed", "2022"),
        ("added", "2023"),
        ("same", "."),
    ]


def test_a_text_that_came_or_went_is_one_piece():
    assert shown("", "Thêm mới.") == [("added", "Thêm mới.")]
    assert shown("Bỏ đi.", "") == [("removed", "Bỏ đi.")]
    assert shown("", "") == []


def test_texts_of_a_hundred_pages_are_replaced_as_a_whole():
    before, after = "một " * 3000, "hai " * 3000
    assert shown(before, after) == [("removed", before), ("added", after)]


@settings(max_examples=60, deadline=None)
@given(texts, texts)
def test_the_pieces_give_back_both_texts(before, after):
    found = pieces(before, after)
    assert "".join(piece.text for piece in found if piece.kind != "added") == before
    assert "".join(piece.text for piece in found if piece.kind != "removed") == after
