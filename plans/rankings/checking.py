"""What a published value must satisfy, each refusal by the name of its box. Asks the database nothing."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from documents.numbers import format_number
from documents.vietnamese import fold
from plans.models import IndexScheme, Ranked, RankingIndex
from plans.rankings.shipped import provinces_in

PLACES = 4  # decimals of a score that are kept
LATE_YEARS = 4  # a value comes out within so many years


def scheme_of(schemes: Iterable[IndexScheme], index: RankingIndex, year: int) -> IndexScheme | None:
    """The series of an index that a year belongs to."""
    return next((scheme for scheme in schemes if scheme.index_id == index.pk and scheme.covers(year)), None)


def year_problem(schemes: Iterable[IndexScheme], index: RankingIndex, year: int, today: date) -> str:
    """Why nothing can have been published of that year, or ""."""
    if year > today.year:
        return _("Năm %d chưa tới.") % year
    if scheme_of(schemes, index, year):
        return ""
    first = min(scheme.first_year for scheme in schemes if scheme.index_id == index.pk)
    return _("%(index)s có từ năm %(first)d. Hãy xem lại năm.") % {"index": index, "first": first}


def problems(value: Mapping, scheme: IndexScheme, today: date) -> dict[str, str]:
    """Box → what is wrong; `value` holds the facts of IndexValue, `maximum` included."""
    checks = (_scale_problem, _rank_problem, _time_problem, _missing_problem, _group_problem)
    return {name: words for check in checks for name, words in check(value, scheme, today) if words}


def grade_of_group(group: str, scheme: IndexScheme) -> str:
    """The grade that a group's words name ("Loại B", "nhóm B", "B"), or ""."""
    last = fold(group).split()[-1:] if scheme.grades else []
    return next((name for name, _least in scheme.grades if [fold(name)] == last and len(group) < 12), "")


def _scale_problem(value: Mapping, scheme: IndexScheme, _today: date):
    score, maximum = value["score"], value["maximum"]
    scales = [number for number in (scheme.maximum, scheme.other_maximum) if number]
    said = _(" hoặc ").join(format_number(number) for number in scales)
    if maximum not in scales:
        yield "maximum", _("%(scheme)s tính theo thang %(scales)s.") % {"scheme": scheme, "scales": said}
        return
    if score is None:
        return
    told = {"score": format_number(score), "most": format_number(maximum), "other": format_number(scales[-1])}
    least = Decimal(scheme.minimum) * maximum / scheme.maximum
    if score != round(score, PLACES):
        yield "score", _("Điểm ghi tối đa %d chữ số sau dấu phẩy.") % PLACES
    elif score > maximum and score <= scales[-1]:
        yield "maximum", _("Điểm %(score)s vượt thang %(most)s. Nếu nguồn ghi theo thang %(other)s, "
                           "hãy ghi thang %(other)s.") % told  # fmt: skip
    elif score > maximum:
        yield "score", _("Điểm %(score)s vượt thang %(most)s.") % told
    elif score < least:
        yield "score", _("Điểm thấp nhất của %(scheme)s là %(least)s.") % {
            "scheme": scheme, "least": format_number(least),
        }  # fmt: skip
    elif maximum != scheme.maximum and 0 < score <= scheme.maximum:
        yield "maximum", _("Điểm %(score)s trên thang %(most)s là quá thấp. Nếu nguồn ghi theo thang %(own)s, "
                           "hãy ghi thang %(own)s.") % {**told, "own": format_number(scheme.maximum)}  # fmt: skip


def _rank_problem(value: Mapping, scheme: IndexScheme, _today: date):
    rank, number = value["rank"], value["number_ranked"]
    if rank == 0:
        yield "rank", _("Hạng bắt đầu từ 1.")
    elif rank and not number:
        yield "number_ranked", _("Ghi số đối tượng được xếp hạng.")
    elif rank and rank > number:
        yield "rank", _("Hạng %(rank)d lớn hơn số được xếp hạng %(number)d.") % {"rank": rank, "number": number}
    most = provinces_in(value["year"]) if scheme.index.ranked == Ranked.PROVINCE else None
    if most and number and number > most:
        yield "number_ranked", _("Năm %(year)d cả nước có %(most)d tỉnh, thành phố.") % {
            "year": value["year"], "most": most,
        }  # fmt: skip


def _time_problem(value: Mapping, _scheme: IndexScheme, today: date):
    year, as_of, published = value["year"], value["as_of"], value["published_on"]
    if published > today:
        yield "published_on", _("Ngày công bố chưa tới.")
    elif not year <= published.year <= year + LATE_YEARS:
        yield "published_on", _("Số của năm %(year)d công bố trong các năm %(year)d–%(last)d.") % {
            "year": year, "last": year + LATE_YEARS,
        }  # fmt: skip
    if as_of and as_of.year != year:
        yield "as_of", _("Ngày phải thuộc năm %d.") % year
    elif as_of and as_of > published:
        yield "as_of", _("Ngày phải trước ngày công bố.")


def _missing_problem(value: Mapping, scheme: IndexScheme, _today: date):
    index = scheme.index
    if value["score"] is None and not index.score_may_miss:
        yield "score", _("%s năm nào cũng có điểm. Hãy ghi điểm.") % index
    if value["rank"] is None and not index.rank_may_miss:
        yield "rank", _("%s năm nào cũng xếp hạng. Hãy ghi hạng.") % index
    if value["score"] is None and value["rank"] is None and not value["group"] and index.score_may_miss:
        yield "group", _("Ghi ít nhất một trong: điểm, hạng, nhóm. Chưa công bố gì thì không ghi dòng này.")


def _group_problem(value: Mapping, scheme: IndexScheme, _today: date):
    named = grade_of_group(value["group"], scheme)
    if not named or value["score"] is None:
        return
    points = value["score"] * scheme.maximum / value["maximum"]
    given = next((name for name, least in scheme.grades if points >= Decimal(str(least))), "")
    if named != given:
        words = _("xếp loại %s") % given if given else _("không xếp loại")
        yield "group", _("Điểm %(score)s %(words)s. Hãy xem lại điểm hoặc để trống ô này.") % {
            "score": format_number(value["score"]), "words": words,
        }  # fmt: skip
