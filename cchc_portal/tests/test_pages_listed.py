"""Every page that can be read is looked at by the browser harness, or says why not."""

import pytest
from django.urls import get_resolver

from cchc_portal.tests.access_matrix import MATRIX
from cchc_portal.tests.browser.pages import NO_ROW, PAGES

ADDRESSES = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
READ = sorted({name.split()[0] for name, row in MATRIX.items() if row.post is None} & ADDRESSES)
LOOKED_AT = {page.url for page in PAGES}


@pytest.mark.parametrize("name", READ)
def test_a_page_has_its_row_or_a_reason(name):
    assert name in LOOKED_AT or NO_ROW.get(name), f"thêm dòng cho '{name}' vào PAGES hoặc lý do vào NO_ROW của pages.py"


def test_no_reason_is_left_of_a_page_that_has_its_row_or_is_gone():
    assert set(NO_ROW) - LOOKED_AT == set(NO_ROW) & ADDRESSES
