"""The project's own files, for the tests of house rules."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from cchc_portal.serve import BASE_DIR

APPS = ("documents", "accounts", "plans", "propaganda", "reporting")


def sources(app: str) -> list[Path]:
    """The Python files of an app; migrations are left out."""
    return sorted(path for path in (BASE_DIR / app).rglob("*.py") if "migrations" not in path.parts)


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imports(path: Path, *, of_types: bool) -> Iterator[tuple[int, str]]:
    """Line and dotted name of every import, at the top or inside a function.

    `from a.b import c` gives `a.b.c`. With `of_types=False`, those under `if TYPE_CHECKING:` are left out.
    """
    for node in _walk(parsed(path), of_types):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from ((node.lineno, f"{node.module}.{name.name}") for name in node.names)


def _walk(node: ast.AST, of_types: bool) -> Iterator[ast.AST]:
    yield node
    for child in ast.iter_child_nodes(node):
        if not of_types and isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
            continue
        yield from _walk(child, of_types)


def templates() -> dict[str, Path]:
    """Every template by the name under which it is loaded."""
    folder = BASE_DIR / "templates"
    return {
        str(path.relative_to(folder)): path for path in sorted(folder.rglob("*")) if path.suffix in (".html", ".txt")
    }


def shown(path: Path, line: int) -> str:
    return f"{path.relative_to(BASE_DIR)}:{line}"
