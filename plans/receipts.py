"""Receipts: numbered proof of what was handed in, when, and in which words."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime

from django.core.serializers.json import DjangoJSONEncoder

from accounts.delegations import Signature, signature_of
from accounts.models import Counter, Post, User
from plans.deadlines.workdays import VIETNAM
from plans.models import Obligation, Receipt


@dataclass(frozen=True)
class Shown:
    """How receipts of a kind are shown: the page of what was handed in, the template of its frozen content
    and what that template takes."""

    page: Callable[[Obligation], str]
    template: str
    context: Callable[[Receipt], dict]


@dataclass(frozen=True)
class Paper:
    """What a receipt says of a submission that came on paper; `scan` is the path of the kept file."""

    on_behalf_of: str
    scan: str
    scan_name: str
    paper_note: str


SHOWN: dict[str, Shown] = {}  # by kind of obligation; a higher floor registers its own


def canonical(content) -> str:
    """One text for one content, whatever the order of its keys."""
    return json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(content) -> str:
    """The SHA-256 (hex) of a content's canonical text."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def issue_receipt(
    obligation: Obligation, *, by: User, now: datetime, key: str, snapshot: dict, post: Post | None = None,
    paper: Paper | None = None,
) -> Receipt:  # fmt: skip
    """Number and freeze a submission and stamp its obligation; inside the transaction of the move.

    `post` is the one by which `by` hands in: how they sign is frozen with the content. What came on paper was
    signed there.
    """
    if post and not paper:
        snapshot = snapshot | {"signature": asdict(signature_of(post, by))}
    year = now.astimezone(VIETNAM).year
    count = Counter.next(agency_id=obligation.agency_id, series="receipt", year=year)
    obligation.stamp_submission(now)
    return Receipt.objects.create(
        obligation=obligation,
        number=f"{year}-{obligation.agency_id:02}-{count:05}",
        key=key,
        submitted_at=now,
        submitted_by=by,
        snapshot=json.loads(canonical(snapshot)),
        sha256=sha256(snapshot),
        **(asdict(paper) if paper else {}),
    )


def signed(receipt: Receipt) -> Signature | None:
    """How it was signed when handed in; None on paper, and before signatures were frozen."""
    facts = receipt.snapshot.get("signature")
    return Signature(**facts) if facts else None


def void_receipt(obligation: Obligation, *, now: datetime) -> None:
    """A withdrawn submission buys nothing: its receipt and the stamp it set are void (the move logs it).

    An earlier submission that was returned or accepted keeps its receipt and its stamp.
    """
    standing = obligation.receipts.filter(voided_at__isnull=True)
    last = standing.latest("pk")
    obligation.receipts.filter(pk=last.pk).update(voided_at=now)
    first = standing.order_by("pk").first()
    Obligation.objects.filter(pk=obligation.pk).update(first_submitted_at=first and first.submitted_at)
    obligation.refresh_from_db(fields=["first_submitted_at"])
