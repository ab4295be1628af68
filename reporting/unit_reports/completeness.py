"""Which unit reports are complete: they have results and evidence, or say why there was nothing to do."""

from django.db.models import Exists, OuterRef, Q

from propaganda.models import Evidence, Result
from reporting.models import UnitReport


def report_lacks_nothing() -> Q:
    """Of an obligation: its report has a result in its window with a proof, or nothing was to be reported."""
    proved = Q(Exists(Evidence.objects.filter(result=OuterRef("pk")))) | ~Q(links="")
    results = Result.objects.filter(proved, unit=OuterRef("unit")).within(
        OuterRef("period__starts"), OuterRef("period__ends")
    )
    reports = UnitReport.objects.filter(Q(nil=True) | Exists(results), obligation=OuterRef("pk"))
    return Q(Exists(reports))
