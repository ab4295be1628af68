"""The reader against plans it was not made for; README.md of the corpus says how their truths were made."""

import pytest

from documents.tests.scores import FOLDERS, scores

GOAL = 0.97
FIELDS = ("headings", "areas", "citations", "duties", "tasks", "recipients")


@pytest.fixture(scope="module", params=FOLDERS)
def measured(request):
    return scores(request.param)


@pytest.mark.parametrize("field", FIELDS)
def test_what_is_read_is_right(measured, field):
    precision, _recall = measured[field]
    assert precision is None or precision >= GOAL  # None: neither read nor there


@pytest.mark.parametrize("field", FIELDS)
def test_what_is_there_is_read(measured, field):
    _precision, recall = measured[field]
    assert recall is None or recall >= GOAL
