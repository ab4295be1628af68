"""Who may do what with reports. Each predicate gives the post that allows it on that day, or None."""

from datetime import date

from accounts.models import Post, Role, User
from accounts.models.post import AGENCY_ROLES
from plans.perms import reviewer
from reporting.models import Period, RollUp, RollUpState, UnitReport


def may_edit_report(user: User, report: UnitReport, on: date) -> Post | None:
    """The unit's editors and its head."""
    return user.post_as(Role.UNIT_EDITOR, Role.UNIT_HEAD, on=on, agency_id=report.agency_id, unit_id=report.unit_id)


def may_send_report_to_head(user: User, report: UnitReport, on: date) -> Post | None:
    """The unit's editors."""
    return user.post_as(Role.UNIT_EDITOR, on=on, agency_id=report.agency_id, unit_id=report.unit_id)


def may_submit_report(user: User, report: UnitReport, on: date) -> Post | None:
    """The unit's head."""
    return user.post_as(Role.UNIT_HEAD, on=on, agency_id=report.agency_id, unit_id=report.unit_id)


def may_review_report(user: User, report: UnitReport, on: date) -> Post | None:
    """Office staff and the chief of office, never who submitted it; the Office's own goes to the director."""
    return reviewer(user, report, on)


def may_remark_report(user: User, report: UnitReport, on: date) -> Post | None:
    """Whoever may review it, while it waits to be reviewed."""
    return may_review_report(user, report, on) if report.waits else None


def may_open_report_review(user: User, report: UnitReport, on: date) -> Post | None:
    """Office staff, the chief of office and the director look at what was handed in."""
    return user.post_as(Role.OFFICE_STAFF, Role.CHIEF_OF_OFFICE, Role.DIRECTOR, on=on, agency_id=report.agency_id)


def may_reopen_report(user: User, report: UnitReport, on: date) -> Post | None:
    """The chief of office."""
    return user.post_as(Role.CHIEF_OF_OFFICE, on=on, agency_id=report.agency_id)


def may_compile(user: User, roll_up: RollUp, on: date) -> Post | None:
    """Office staff and the chief of office."""
    return user.post_as(Role.OFFICE_STAFF, Role.CHIEF_OF_OFFICE, on=on, agency_id=roll_up.agency_id)


def may_send_roll_up_to_office(user: User, roll_up: RollUp, on: date) -> Post | None:
    """Office staff."""
    return user.post_as(Role.OFFICE_STAFF, on=on, agency_id=roll_up.agency_id)


def may_send_roll_up_up(user: User, roll_up: RollUp, on: date) -> Post | None:
    """The chief of office."""
    return user.post_as(Role.CHIEF_OF_OFFICE, on=on, agency_id=roll_up.agency_id)


def may_approve_roll_up(user: User, roll_up: RollUp, on: date) -> Post | None:
    """The director or a deputy."""
    return user.post_as(Role.DIRECTOR, on=on, agency_id=roll_up.agency_id)


def may_issue_roll_up(user: User, roll_up: RollUp, on: date) -> Post | None:
    """The clerk."""
    return user.post_as(Role.CLERK, on=on, agency_id=roll_up.agency_id)


def may_send_roll_up(user: User, roll_up: RollUp, on: date) -> Post | None:
    """The clerk and office staff."""
    return user.post_as(Role.CLERK, Role.OFFICE_STAFF, on=on, agency_id=roll_up.agency_id)


def may_correct_roll_up(user: User, roll_up: RollUp, on: date) -> Post | None:
    """The chief of office."""
    return user.post_as(Role.CHIEF_OF_OFFICE, on=on, agency_id=roll_up.agency_id)


def may_remark_roll_up(user: User, roll_up: RollUp, on: date) -> Post | None:
    """The chief of office while it waits for him, the director or a deputy while it waits for them."""
    role = {RollUpState.OFFICE_REVIEW: Role.CHIEF_OF_OFFICE, RollUpState.DIRECTOR_REVIEW: Role.DIRECTOR}
    return user.post_as(role[roll_up.state], on=on, agency_id=roll_up.agency_id) if roll_up.state in role else None


def may_answer_roll_up(user: User, roll_up: RollUp, on: date) -> Post | None:
    """Office staff and the chief of office, while the report is with them."""
    with_office = roll_up.state in (RollUpState.COMPILING, RollUpState.CUT, RollUpState.OFFICE_REVIEW)
    return may_compile(user, roll_up, on) if with_office else None


def sees_the_whole(user: User, on: date) -> bool:
    """Everyone with an agency-wide post: the Office, the director, the clerk, inspectors, administrators."""
    return bool(user.scope(on).agency_ids)


def may_judge(user: User, period: Period, on: date) -> Post | None:
    """Office staff and the chief of office of the period's agency."""
    return user.post_as(Role.OFFICE_STAFF, Role.CHIEF_OF_OFFICE, on=on, agency_id=period.agency_id)


def analysis_post(user: User, on: date) -> Post | None:
    """Everyone with an agency-wide post: the Office, the director, the clerk, inspectors, administrators."""
    return next((post for post in user.posts_on(on) if post.role in AGENCY_ROLES), None)


def may_take_stock(user: User, agency_id: int, on: date) -> Post | None:
    """The director or a deputy, office staff and the chief of office."""
    return user.post_as(Role.DIRECTOR, Role.CHIEF_OF_OFFICE, Role.OFFICE_STAFF, on=on, agency_id=agency_id)


def decides(user: User, agency_id: int, on: date) -> Post | None:
    """The director or a deputy: what waits for them is offered to them alone."""
    return user.post_as(Role.DIRECTOR, on=on, agency_id=agency_id)
