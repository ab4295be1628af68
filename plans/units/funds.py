"""Money by source as it is typed: "10 triệu; 2 triệu" beside "tự chủ; xã hội hóa". Pure but for the sources' type."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from documents.numbers import format_number
from plans.models import Activity, FundSource

_PARTED = re.compile(r"[;+\n]")


@dataclass(frozen=True)
class Fund:
    """So many đồng from one source."""

    source: FundSource
    amount: int

    def __str__(self) -> str:
        return f"{self.source.short} {format_number(self.amount)}"


def split(text: str) -> list[str]:
    """The parts of a cell that names several."""
    return [part.strip() for part in _PARTED.split(text)]


def funds_of(line: Activity) -> tuple[Fund, ...]:
    """The parts of a stored line's money whose source is told."""
    return tuple(Fund(row.source, row.amount) for row in line.funds.all())


def in_boxes(money: int | None, funds: Sequence[Fund]) -> tuple[int | str | None, str]:
    """What stands in the two boxes: the money, and the sources in the same order."""
    rest = (money or 0) - sum(fund.amount for fund in funds)
    if not funds or (len(funds) == 1 and not rest):
        return money, "; ".join(fund.source.short for fund in funds)
    amounts = [fund.amount for fund in funds] + [rest] * bool(rest)
    names = [fund.source.short for fund in funds] + [""] * bool(rest)
    return "; ".join(map(format_number, amounts)), "; ".join(names)


class Mismatch(ValueError):
    """Amounts and sources do not belong together; the message says how to write them."""


def joined(amounts: Sequence[int], sources: Sequence[FundSource | None]) -> tuple[Fund, ...]:
    """The amounts with their sources; no source at all is none told. Raises Mismatch."""
    if not any(sources):
        return ()
    if len(amounts) != len(sources):
        raise Mismatch(
            f"Có {len(amounts)} số tiền và {len(sources)} nguồn. Ghi mỗi nguồn một số tiền theo cùng thứ tự, "
            "cách nhau bằng dấu chấm phẩy: “10 triệu; 2 triệu” và “tự chủ; xã hội hóa”."
        )
    named = [source for source in sources if source]
    if len(set(named)) != len(named):
        raise Mismatch("Một nguồn chỉ ghi một lần. Hãy cộng các số tiền của nguồn đó.")
    return tuple(
        Fund(source, amount) for source, amount in zip(sources, amounts, strict=True) if source and amount
    )  # fmt: skip


def fitting(funds: Iterable[Fund], money: int | None) -> tuple[Fund, ...]:
    """The funds of a line whose money became another, nothing said of sources: its only source gives it all."""
    funds = tuple(funds)
    if sum(fund.amount for fund in funds) == (money or 0):
        return funds
    return (Fund(funds[0].source, money),) if len(funds) == 1 and money else ()
