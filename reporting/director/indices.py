"""The ranking indices on the Director's screen: aim, baseline, latest, trend, source; what is unknown says so."""

from datetime import date

from documents.dates import short_date
from plans.rankings.standing import Goal, Standing, standings
from reporting.models import Period


def rows(period: Period, on: date) -> list[dict]:
    """Every index against the targets of the year's plan, by what was published until `on`; plain values."""
    return [_row(standing) for standing in standings(period.agency_id, period.year, on=on)]


def _row(standing: Standing) -> dict:
    goals, bullet, latest = [_goal(goal) for goal in standing.goals], standing.bullet, standing.latest
    published = f"{latest.source}, {short_date(latest.published_on)}" if latest else ""
    return {
        "code": standing.index.code,
        "name": standing.index.short,
        "url": standing.url,
        "goals": goals,
        "goals_words": "; ".join(goal["words"] for goal in goals),
        "latest": f"{latest.year}: {standing.score_text}, {standing.rank_text}" if latest else "",
        "year": latest.year if latest else None,
        "source": published,
        "trend": [None if value is None else float(value) for value in standing.trend_values],
        "trend_words": standing.trend_text,
        "percent": bullet.percent if bullet else None,
        "aim_percent": bullet.aim_percent if bullet else None,
        "bullet_words": standing.bullet_text if bullet else "",
        "tone": bullet.tone if bullet else "grey",
    }


def _goal(goal: Goal) -> dict:
    return {"words": goal.words, "aim": goal.aim, "baseline": goal.baseline, "tone": goal.tone, "label": goal.label,
            "detail": goal.detail}  # fmt: skip
