"""Broken, hostile and huge files of every kind that is taken in, made here so that no binary lies in the tree.

`FILES` has them all by name. `child` reads them with the portal's own parsers under limits of memory and time.
"""

from cchc_portal.tests.hostile.excel import EXCEL
from cchc_portal.tests.hostile.parts import Hostile
from cchc_portal.tests.hostile.pdfs import PDFS
from cchc_portal.tests.hostile.pictures import PICTURES
from cchc_portal.tests.hostile.word import WORD

FILES: dict[str, Hostile] = EXCEL | WORD | PDFS | PICTURES
