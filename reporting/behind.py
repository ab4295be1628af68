"""The results behind one figure, each with its part of it."""

from django.db.models import F, OuterRef, QuerySet, Subquery, Sum

from plans.models import Indicator
from plans.models.catalogue import IndicatorSource
from propaganda.models import Result, ResultQuantity

FIELD_OF_SOURCE = {
    IndicatorSource.PARTICIPANTS: "participants",
    IndicatorSource.REACH: "reach",
    IndicatorSource.MONEY: "money",
}


def with_values(results: QuerySet[Result], indicator: Indicator | None) -> tuple[QuerySet[Result], int | None]:
    """Each result's part of the figure (`value`), those with none left out, and the figure itself."""
    if indicator is None or indicator.source == IndicatorSource.RESULTS:
        return results, results.count()
    field = FIELD_OF_SOURCE.get(indicator.source)
    quantity = ResultQuantity.objects.filter(result=OuterRef("pk"), indicator=indicator).values("value")
    value = F(field) if field else Subquery(quantity)
    results = results.annotate(value=value).filter(value__isnull=False)
    return results, results.aggregate(total=Sum("value"))["total"]
