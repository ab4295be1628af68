"""A file read as rows of a list edited as a table (accounts/rows.py)."""

from dataclasses import dataclass, field

from django.utils.datastructures import MultiValueDict


@dataclass
class FileRows:
    """A file read into what the table's boxes are sent with. `unread`: row number → field → why a cell says nothing."""

    data: MultiValueDict = field(default_factory=MultiValueDict)
    unread: dict[int, dict[str, str]] = field(default_factory=dict)
    cells: dict[int, dict[str, str]] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
