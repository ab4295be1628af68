"""Who may do what with plans. Each predicate gives the post that allows it on that day, or None."""

from datetime import date

from accounts.models import Post, Role, User
from accounts.models.post import AGENCY_ROLES
from accounts.notices import holders
from plans.models import Plan, UnitPlan

ANSWERING = ("drafting", "head_review", "returned", "amending", "reopened")  # states in which the unit has it


def may_draft_plan(user: User, plan: Plan, on: date) -> Post | None:
    """Office staff and the chief of office."""
    return user.post_as(Role.OFFICE_STAFF, Role.CHIEF_OF_OFFICE, on=on, agency_id=plan.agency_id)


def may_send_plan_to_office(user: User, plan: Plan, on: date) -> Post | None:
    """Office staff."""
    return user.post_as(Role.OFFICE_STAFF, on=on, agency_id=plan.agency_id)


def may_send_plan_up(user: User, plan: Plan, on: date) -> Post | None:
    """The chief of office."""
    return user.post_as(Role.CHIEF_OF_OFFICE, on=on, agency_id=plan.agency_id)


def may_approve_plan(user: User, plan: Plan, on: date) -> Post | None:
    """The director or a deputy."""
    return user.post_as(Role.DIRECTOR, on=on, agency_id=plan.agency_id)


def may_reopen_plan(user: User, plan: Plan, on: date) -> Post | None:
    """The director and the chief of office."""
    return user.post_as(Role.DIRECTOR, Role.CHIEF_OF_OFFICE, on=on, agency_id=plan.agency_id)


def may_issue_plan(user: User, plan: Plan, on: date) -> Post | None:
    """The clerk and office staff; an amendment is issued by a move of its own."""
    return None if plan.amends_id else may_register(user, plan.agency_id, on)


def may_issue_amendment(user: User, plan: Plan, on: date) -> Post | None:
    """The clerk and office staff."""
    return may_register(user, plan.agency_id, on) if plan.amends_id else None


def may_register(user: User, agency_id: int, on: date) -> Post | None:
    """The clerk and office staff keep the register of outgoing documents and give its numbers."""
    return user.post_as(Role.CLERK, Role.OFFICE_STAFF, on=on, agency_id=agency_id)


def may_read_synthesis(user: User, plan: Plan, on: date) -> Post | None:
    """Every agency-wide post: office staff, chief of office, director, clerk, inspector, administrator."""
    return user.post_as(*AGENCY_ROLES, on=on, agency_id=plan.agency_id)


def may_recall_plan(user: User, plan: Plan, on: date) -> Post | None:
    """The director and the chief of office, on the document that recalls it."""
    return user.post_as(Role.DIRECTOR, Role.CHIEF_OF_OFFICE, on=on, agency_id=plan.agency_id)


def may_keep_legal_documents(user: User, on: date) -> Post | None:
    """Office staff and the chief of office of any agency: the register of cited documents is one for all."""
    roles = (Role.OFFICE_STAFF, Role.CHIEF_OF_OFFICE)
    return next((post for post in user.posts_on(on) if post.role in roles), None)


def agency_to_plan_for(user: User, on: date):
    """The agency for which this person may begin a plan (office staff, chief of office), or None."""
    posts = (post for post in user.posts_on(on) if post.role in (Role.OFFICE_STAFF, Role.CHIEF_OF_OFFICE))
    return next((post.agency for post in posts), None)


def may_work_on_import(user: User, plan_import, on: date) -> Post | None:
    """Office staff and the chief of office of the agency for which the plan is being read in."""
    return user.post_as(Role.OFFICE_STAFF, Role.CHIEF_OF_OFFICE, on=on, agency_id=plan_import.agency_id)


def may_edit_unit_plan(user: User, unit_plan: UnitPlan, on: date) -> Post | None:
    """The unit's editors and its head."""
    return _in_unit(user, unit_plan, on, Role.UNIT_EDITOR, Role.UNIT_HEAD)


def may_send_to_head(user: User, unit_plan: UnitPlan, on: date) -> Post | None:
    """The unit's editors."""
    return _in_unit(user, unit_plan, on, Role.UNIT_EDITOR)


def may_submit_unit_plan(user: User, unit_plan: UnitPlan, on: date) -> Post | None:
    """The unit's head."""
    return _in_unit(user, unit_plan, on, Role.UNIT_HEAD)


def may_review_unit_plan(user: User, unit_plan: UnitPlan, on: date) -> Post | None:
    """Office staff and the chief of office, never who submitted it; the Office's own goes to the director."""
    return reviewer(user, unit_plan, on)


def may_remark_unit_plan(user: User, unit_plan: UnitPlan, on: date) -> Post | None:
    """Whoever may review it, while it waits to be reviewed."""
    return reviewer(user, unit_plan, on) if unit_plan.waits else None


def may_answer_remarks(user: User, handed_in, on: date) -> Post | None:
    """The unit's editors and its head, while what was returned is with them."""
    if handed_in.state not in ANSWERING:
        return None
    return _in_unit(user, handed_in, on, Role.UNIT_EDITOR, Role.UNIT_HEAD)


def may_open_review(user: User, unit_plan: UnitPlan, on: date) -> Post | None:
    """Office staff, the chief of office and the director look at what was handed in."""
    return user.post_as(Role.OFFICE_STAFF, Role.CHIEF_OF_OFFICE, Role.DIRECTOR, on=on, agency_id=unit_plan.agency_id)


def may_submit_paper(user: User, handed_in, on: date) -> Post | None:
    """Office staff, for what a unit handed in on paper: never who holds a post in that unit, never the Office's own."""
    if _belongs_to(user, handed_in, on) or handed_in.unit.is_office:
        return None
    return user.post_as(Role.OFFICE_STAFF, on=on, agency_id=handed_in.agency_id)


def may_exempt(user: User, obj, on: date) -> Post | None:
    """The chief of office; the same for handing a duty over to another."""
    return user.post_as(Role.CHIEF_OF_OFFICE, on=on, agency_id=obj.agency_id)


def may_ask_extension(user: User, obligation, on: date) -> Post | None:
    """The head of the unit that owes it."""
    return _in_unit(user, obligation, on, Role.UNIT_HEAD)


def may_answer_extension(user: User, extension, on: date) -> Post | None:
    """The chief of office, never who asked; what the Office asks for itself goes to the director."""
    if user.pk == extension.requested_by_id:
        return None
    return user.post_as(_answers_extension(extension), on=on, agency_id=extension.agency_id)


def extension_answerers(extension, on: date):
    """The people whom a request waits for (see may_answer_extension)."""
    return holders(_answers_extension(extension), agency_id=extension.agency_id, on=on).exclude(
        pk=extension.requested_by_id
    )


def _answers_extension(extension) -> Role:
    return Role.DIRECTOR if extension.unit.is_office else Role.CHIEF_OF_OFFICE


def units_to_raise_for(user: User, on: date) -> list:
    """The units of which this person is an editor or the head: in their name difficulties are raised."""
    writers = (Role.UNIT_EDITOR, Role.UNIT_HEAD)
    return list({post.unit_id: post.unit for post in user.posts_on(on) if post.role in writers}.values())


def may_write_for_unit(user: User, difficulty, on: date) -> Post | None:
    """The editors and the head of the unit that raised it."""
    return _in_unit(user, difficulty, on, Role.UNIT_EDITOR, Role.UNIT_HEAD)


def may_handle_difficulty(user: User, difficulty, on: date) -> Post | None:
    """Who reviews the unit, never who raised it; once it went up, the director too."""
    if user.pk == difficulty.raised_by_id:
        return None
    if difficulty.escalated_at and (post := user.post_as(Role.DIRECTOR, on=on, agency_id=difficulty.agency_id)):
        return post
    return reviews_unit(user, difficulty, on)


def may_direct(user: User, on: date, agency_id: int | None = None) -> Post | None:
    """The director or a deputy; the chief of office, in the director's name. Of that agency, when one is named."""
    posts = [post for post in user.posts_on(on) if agency_id in (None, post.agency_id)]
    return next((post for role in (Role.DIRECTOR, Role.CHIEF_OF_OFFICE) for post in posts if post.role == role), None)


def may_carry_out(user: User, directive, on: date) -> Post | None:
    """The editors and the head of the unit, or who holds the post, to which the directive was given."""
    if directive.unit_id:
        return _in_unit(user, directive, on, Role.UNIT_EDITOR, Role.UNIT_HEAD)
    return user.post_as(directive.owner_role, on=on, agency_id=directive.agency_id)


def may_judge_directive(user: User, directive, on: date) -> Post | None:
    """The director or a deputy; the chief of office for what was given in the director's name; never who carries it
    out."""
    if may_carry_out(user, directive, on):
        return None
    roles = (Role.DIRECTOR, Role.CHIEF_OF_OFFICE) if directive.for_director else (Role.DIRECTOR,)
    return user.post_as(*roles, on=on, agency_id=directive.agency_id)


def reads_internal_notes(user: User, difficulty, on: date) -> bool:
    """Everyone with an agency-wide post."""
    return difficulty.agency_id in user.scope(on).agency_ids


def may_run_deadlines(user: User, on: date) -> Post | None:
    """Office staff and the chief of office: reminders, pauses, days off."""
    return next((post for post in user.posts_on(on) if post.role in (Role.OFFICE_STAFF, Role.CHIEF_OF_OFFICE)), None)


def may_change_deadline(user: User, plan: Plan, on: date) -> Post | None:
    """The chief of office."""
    return user.post_as(Role.CHIEF_OF_OFFICE, on=on, agency_id=plan.agency_id)


def may_change_return_day(user: User, obligation, on: date) -> Post | None:
    """Who reviews the unit (see `reviews_unit`), while what was returned has not come back."""
    return reviews_unit(user, obligation, on) if obligation.return_due_at else None


def reviews_unit(user: User, handed_in, on: date) -> Post | None:
    """Office staff and the chief of office; the director for the Office's own; nobody for a unit of theirs.

    Asks the database nothing.
    """
    if _belongs_to(user, handed_in, on):
        return None
    roles = (Role.DIRECTOR,) if handed_in.unit.is_office else (Role.OFFICE_STAFF, Role.CHIEF_OF_OFFICE)
    return user.post_as(*roles, on=on, agency_id=handed_in.agency_id)


def reviewer(user: User, handed_in, on: date) -> Post | None:
    """The rule for everything that units hand in against an obligation (plans and reports alike): never who
    submitted it, nor who belongs to that unit or stands in for its head."""
    post = reviews_unit(user, handed_in, on)
    if post is None:
        return None
    last = handed_in.obligation.receipts.order_by("-pk").values_list("submitted_by", flat=True).first()
    return None if last == user.pk else post


def _belongs_to(user: User, handed_in, on: date) -> bool:
    """Whether the person holds a post in the unit, their own or by delegation."""
    return any(post.unit_id == handed_in.unit_id for post in user.posts_on(on))


def _in_unit(user: User, obj, on: date, *roles: Role) -> Post | None:
    return user.post_as(*roles, on=on, agency_id=obj.agency_id, unit_id=obj.unit_id)


def may_keep_indicators(user: User, on: date) -> Post | None:
    """Office staff and the chief of office of any agency: the list of indicators is one for all."""
    return may_keep_legal_documents(user, on)


def may_keep_index_values(user: User, on: date) -> Post | None:
    """Office staff and the chief of office enter what was published about their agency and its province."""
    return may_keep_legal_documents(user, on)
