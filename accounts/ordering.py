"""Lists sorted by a link in a column's head: `?order=column`, "-column" the other way round. Pure."""

from collections.abc import Callable, Container, Iterable, Mapping


def chosen_order(query: Mapping[str, str], columns: Container[str], default: str) -> str:
    """The order asked for when it names one of `columns` (with or without "-"), else `default`."""
    asked = query.get("order") or ""
    return asked if asked.removeprefix("-") in columns else default


def in_order(rows: Iterable, columns: Mapping[str, Callable], order: str) -> list:
    """The rows by the key of their column; those alike keep the order they came in, whichever way it goes."""
    return sorted(rows, key=columns[order.removeprefix("-")], reverse=order.startswith("-"))
