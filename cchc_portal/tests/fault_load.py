"""People who record results one after the other while something breaks, and what must hold of them afterwards."""

import http.client
import threading
import urllib.error
import uuid
from dataclasses import dataclass, field

from cchc_portal.tests.faults import Visitor, rows
from cchc_portal.tests.portal import Portal

YEAR = """
from accounts.cast import load_cast
from reporting.tests.factories import ready_year
ready_year(load_cast())
"""
GONE = (OSError, http.client.HTTPException, urllib.error.URLError)
UNITS = ("ldvl", "khtc", "btxh", "gdnn", "ctxh", "ncc", "tebdg", "dvvl")


def fields_of_a_result(portal: Portal) -> dict:
    """What the form of a result asks for."""
    found = {}
    for name, table, code in (
        ("area", "contentarea", "procedures"), ("channel", "channel", "leaflet"), ("audience", "audience", "people"),
    ):  # fmt: skip
        ((found[name],),) = rows(portal, f"SELECT id FROM plans_{table} WHERE code = '{code}'")
    return found | {"title": "Phát tờ gấp tại bộ phận một cửa", "happened_on": "01/03/2022"}


def ask(visitor: Visitor, **fields) -> int:
    """The status of recording a result; 0 when nobody answered."""
    try:
        status, _place = visitor.post("/ket-qua/moi/", **fields)
    except GONE:
        return 0
    return status


@dataclass
class Load:
    """So many editors record results until `stop`; which keys were answered as stored, and which were not."""

    portal: Portal
    usernames: list[str]
    acknowledged: list[str] = field(default_factory=list)
    unknown: list[tuple[Visitor, str]] = field(default_factory=list)

    def __enter__(self) -> "Load":
        self.over = threading.Event()
        self.fields = fields_of_a_result(self.portal)
        visitors = [Visitor(self.portal, username) for username in self.usernames]
        self.threads = [threading.Thread(target=self._record, args=[visitor]) for visitor in visitors]
        for thread in self.threads:
            thread.start()
        return self

    def _record(self, visitor: Visitor) -> None:
        while not self.over.is_set():
            key = str(uuid.uuid4())
            if ask(visitor, **self.fields, key=key) == 302:
                self.acknowledged.append(key)
            else:
                self.unknown.append((visitor, key))
                self.over.wait(0.2)

    def __exit__(self, *_error) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join()

    def resolve(self) -> int:
        """Send every form without an answer again, with its own key; gives how many are stored now."""
        return sum(ask(visitor, **self.fields, key=key) == 302 for visitor, key in self.unknown)

    def stored(self) -> dict[str, int]:
        """How many results each of the keys made."""
        counted = dict.fromkeys((*self.acknowledged, *(key for _visitor, key in self.unknown)), 0)
        for (key,) in rows(self.portal, "SELECT key FROM propaganda_result"):
            counted[key] = counted.get(key, 0) + 1
        return counted
