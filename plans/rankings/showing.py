"""The history of an index as charts, as a table and as an Excel file. Asks the database nothing."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from documents.charts import Bar, bars, trend
from documents.drawing import Drawing
from documents.excel import Column, Sheet
from plans.models import IndexValue
from plans.rankings.comparing import SCORE, Figure, runs

ON_PAGE = 430  # wide enough for two beside each other, and legible on a telephone


def charts(name: str, values: Sequence[IndexValue]) -> list[tuple[str, Drawing]]:
    """(caption, drawing) of scores and of ranks; what nothing is known of is left out."""
    figures = [value.figure for value in values]
    broken = _("Điểm %s. Đường đứt ở năm không công bố, đổi bộ chỉ số hoặc đổi đối tượng xếp hạng.") % name
    ranks = _("Thứ hạng %s trên số được xếp hạng. Vạch dài hơn là hạng cao hơn.") % name
    found = [(broken, _scores(name, figures, values)), (ranks, _ranks(name, figures))]
    return [(caption, drawing) for caption, drawing in found if drawing]


def _scores(name: str, figures: list[Figure], values: Sequence[IndexValue]) -> Drawing | None:
    points: list[tuple] = []
    before = None
    for run in runs(figures, SCORE):
        if before is not None:
            missing = range(before + 1, run[0].year)
            points += [(str(year), None) for year in missing] or [(_("ngắt chuỗi"), None)]
        points += [(str(figure.year), figure.score) for figure in run]
        before = run[-1].year
    unit = values[-1].scheme.unit if values else ""
    return trend(_("Điểm %s theo năm") % name, points, unit=unit, width=ON_PAGE) if points else None


def _ranks(name: str, figures: list[Figure]) -> Drawing | None:
    """A bar as long as there are entities at or below the rank: a longer one is better."""
    lines = [
        Bar(
            str(figure.year), figure.number_ranked + 1 - figure.rank, figure.number_ranked,
            f"{figure.rank}/{figure.number_ranked}",
        )
        for figure in figures
        if figure.rank
    ]  # fmt: skip
    return bars(_("Thứ hạng %s theo năm") % name, lines, width=ON_PAGE) if lines else None


def sheet(name: str, values: Sequence[IndexValue]) -> Sheet:
    """All that was published, a row a value."""
    columns = (
        Column(_("Chỉ số"), 24), Column(_("Năm"), 8), Column(_("Tính đến ngày"), 13), Column(_("Đối tượng"), 28),
        Column(_("Điểm"), 10), Column(_("Thang điểm"), 10), Column(_("Loại"), 8), Column(_("Hạng"), 8),
        Column(_("Số được xếp hạng"), 12), Column(_("Nhóm"), 16), Column(_("Nguồn"), 44), Column(_("Ngày công bố"), 13),
    )  # fmt: skip
    rows = [
        (
            value.scheme.name, str(value.year), value.as_of, value.entity, value.score, value.maximum, value.grade,
            value.rank, value.number_ranked, value.group, value.source, value.published_on,
        )
        for value in values
    ]  # fmt: skip
    return Sheet(name, (_("SỐ LIỆU CHỈ SỐ %s") % name,), columns, rows)
