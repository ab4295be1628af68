from accounts.models.agency import Agency, AgencyName
from accounts.models.counter import Counter
from accounts.models.delegation import AuthorityForm, Delegation
from accounts.models.demo_clock import DemoClock
from accounts.models.event import Event
from accounts.models.job import Job
from accounts.models.notice import Notice
from accounts.models.post import Post, Role
from accounts.models.succession import Succession, SuccessionKind
from accounts.models.unit import Unit, UnitKind, UnitName
from accounts.models.user import User
from accounts.models.webhook import Webhook, WebhookDelivery

__all__ = [
    "Agency",
    "AgencyName",
    "AuthorityForm",
    "Counter",
    "Delegation",
    "DemoClock",
    "Event",
    "Job",
    "Notice",
    "Post",
    "Role",
    "Succession",
    "SuccessionKind",
    "Unit",
    "UnitKind",
    "UnitName",
    "User",
    "Webhook",
    "WebhookDelivery",
]
