"""Fixtures that every app's tests share."""

from datetime import datetime

import pytest

from accounts.cast import Cast, load_cast
from accounts.clock import VIETNAM
from plans.reference import load as load_reference


@pytest.fixture
def cast(db) -> Cast:
    """The fixed cast: one department, fourteen units, their people."""
    return load_cast()


@pytest.fixture
def at():
    """`at(2022, 2, 26, 23, 59)` is that instant in Vietnam."""

    def instant(*parts: int) -> datetime:
        return datetime(*parts, tzinfo=VIETNAM)

    return instant


@pytest.fixture
def reference(db) -> None:
    """Areas, channels, audiences and indicators as shipped."""
    load_reference()
