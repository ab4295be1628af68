"""One form of the portal as the table has it, and what rows of several tables share."""

from collections.abc import Callable
from dataclasses import dataclass

from documents.tests.files import pdf, upload

KEY = "0d2f3a55-9b8e-4c77-8a35-3f0a4b6f7c21"


@dataclass(frozen=True)
class Form:
    """A form: `who` sends `good` to `url` about `of` (a name of World) and is sent on (302).

    `kinds` says which fields take which hostile values; `before(world)` brings about the state in
    which it is open. Values may be functions of the world. A form without `good` is never accepted.
    """

    url: str
    who: str | None
    good: dict | Callable
    kinds: dict[str, str]
    of: str = ""
    before: Callable | None = None
    demo: bool = False
    secret: tuple[str, ...] = ()
    refused: bool = False

    def fields(self, world) -> dict:
        good = self.good(world) if callable(self.good) else self.good
        return {name: value(world) if callable(value) else value for name, value in good.items()}


def pk_of(model, code: str) -> Callable:
    return lambda world: str(model.objects.get(code=code).pk)


def set_values(model, name: str, **values) -> Callable:
    """Put the world's object of that name into a state, rows only."""
    return lambda world: model.objects.filter(pk=world.keys(name)[0]).update(**values)


REASON = "Bổ sung sản phẩm của từng hoạt động."


def a_scan(world):
    return upload(pdf(), "Kế hoạch 05.pdf")
