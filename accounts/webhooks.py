"""Other systems are told over HTTPS: signed, to public addresses only, tried again until they answer 2xx.

Each request carries
  X-CCHC-Delivery   the number of the message: the same one may come twice
  X-CCHC-Timestamp  seconds since 1970 when it was sent
  X-CCHC-Signature  "v1=" + hex HMAC-SHA256 under the webhook's secret of "<timestamp>.<body>"
The receiver compares the signature and refuses a timestamp older than five minutes.
"""

import hashlib
import hmac
import http.client
import ipaddress
import json
import secrets
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.utils import timezone

from accounts import clock, jobs
from accounts.models import Job, Webhook, WebhookDelivery
from accounts.models.webhook import DeliveryState

KIND = "webhook"
ATTEMPTS = 12  # over some six hours, as for mail
TIMEOUT_SECONDS = 10
ANSWER_BYTES = 2_000
# By event: what is looked at once more before a message is sent; gives its content as of now, or None.
LOOK_AGAIN: dict[str, Callable[[dict, datetime], dict | None]] = {}


class NotPublic(Exception):
    """The name leads to this machine or into a private network: nothing is sent there."""


class NotTaken(Exception):
    """The receiver did not answer 2xx; `status` is what it answered."""

    def __init__(self, status: int):
        self.status = status
        super().__init__(f"Hệ thống nhận trả lời {status}.")


def new_secret() -> str:
    """A key of 256 bits in letters and digits."""
    return secrets.token_hex(32)


def tell(agency_id: int, *, event: str, contents: dict[str, dict], now: datetime) -> None:
    """Send `contents` (by key, once a key) to every webhook of the agency that is on; in the caller's transaction."""
    hooks = list(Webhook.objects.active().filter(agency=agency_id))
    if not hooks:
        return
    for hook in hooks:
        send(hook, event=event, contents=contents, now=now)


def send(hook: Webhook, *, event: str, contents: dict[str, dict], now: datetime) -> list[WebhookDelivery]:
    """Make the deliveries of one webhook, on or off, and ask the worker to send the new ones."""
    WebhookDelivery.objects.bulk_create(
        (
            WebhookDelivery(webhook=hook, key=key[:150], event=event, content=content, created_at=now)
            for key, content in contents.items()
        ),
        ignore_conflicts=True,
    )
    made = list(hook.deliveries.filter(key__in=[key[:150] for key in contents], state=DeliveryState.PENDING))
    jobs.enqueue_all(KIND, {str(row.pk): {"delivery": row.pk} for row in made})
    return made


# Over the wire


def public_address(host: str, port: int) -> str:
    """An address of `host` to connect to; NotPublic if any of its addresses is not a public one.

    The connection goes to the address looked at here: a name that changes meanwhile leads nowhere else.
    """
    found = {entry[4][0] for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    for address in found:
        ip = ipaddress.ip_address(address.partition("%")[0])
        ip = getattr(ip, "ipv4_mapped", None) or ip
        if not ip.is_global or ip.is_multicast:
            raise NotPublic(f"{host} là địa chỉ nội bộ ({ip}).")
    return sorted(found)[0]


class _Connection(http.client.HTTPSConnection):
    """HTTPS to an address that was looked at; the certificate must be that of the name."""

    def __init__(self, host: str, port: int, address: str, context: ssl.SSLContext):
        super().__init__(host, port, timeout=TIMEOUT_SECONDS, context=context)
        self.address, self.tls = address, context

    def connect(self) -> None:
        plain = socket.create_connection((self.address, self.port), TIMEOUT_SECONDS)
        self.sock = self.tls.wrap_socket(plain, server_hostname=self.host)


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """What X-CCHC-Signature says of a body sent at `timestamp`."""
    digest = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256)
    return f"v1={digest.hexdigest()}"


def post(
    url: str, secret: str, number: int, content: dict, *, timestamp: int,
    find: Callable[[str, int], str] = public_address, context: ssl.SSLContext | None = None,
) -> int:  # fmt: skip
    """Send one message and give the 2xx it was answered with; redirects are not followed.

    Raises NotPublic, NotTaken, OSError (also of TLS) or http.client.HTTPException.
    """
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname:
        raise NotPublic("Địa chỉ nhận phải bắt đầu bằng https://.")
    port = parts.port or 443
    body = json.dumps(content, ensure_ascii=False).encode()
    connection = _Connection(parts.hostname, port, find(parts.hostname, port), context or ssl.create_default_context())
    try:
        connection.request(
            "POST",
            (parts.path or "/") + (f"?{parts.query}" if parts.query else ""),
            body,
            {
                "Content-Type": "application/json; charset=utf-8",
                "User-Agent": "CCHC-Portal",
                "X-CCHC-Delivery": str(number),
                "X-CCHC-Timestamp": str(timestamp),
                "X-CCHC-Signature": signature(secret, timestamp, body),
            },
        )
        answer = connection.getresponse()
        answer.read(ANSWER_BYTES)
    finally:
        connection.close()
    if not 200 <= answer.status < 300:
        raise NotTaken(answer.status)
    return answer.status


# As a job


@dataclass(frozen=True)
class Outcome:
    state: DeliveryState
    status: int | None = None
    problem: str = ""


def _deliver(claim: jobs.Claim) -> Outcome | None:
    delivery = WebhookDelivery.objects.select_related("webhook").filter(pk=claim.job.payload["delivery"]).first()
    if delivery is None or delivery.state == DeliveryState.SENT:
        return None
    content = delivery.content
    if delivery.event in LOOK_AGAIN:
        content = LOOK_AGAIN[delivery.event](content, clock.now())
        if content is None:
            return Outcome(DeliveryState.DROPPED)
    hook = delivery.webhook
    content = content | {"event": delivery.event, "created_at": delivery.created_at.isoformat()}
    try:
        return Outcome(
            DeliveryState.SENT, post(hook.url, hook.secret, delivery.pk, content, timestamp=int(time.time()))
        )
    except NotPublic as refusal:
        return Outcome(DeliveryState.FAILED, problem=str(refusal)[:300])
    except NotTaken as refusal:
        if refusal.status == 410:  # gone: it asks to be left alone
            return Outcome(DeliveryState.FAILED, refusal.status, str(refusal))
        raise


def _store(claim: jobs.Claim, outcome: Outcome | None) -> None:
    if outcome:
        _write(claim.job, outcome)


def _given_up(job: Job) -> None:
    _write(job, Outcome(DeliveryState.FAILED, problem=f"Thử {job.attempts} lần không gửi được. {job.error}"[:300]))


def _write(job: Job, outcome: Outcome) -> None:
    WebhookDelivery.objects.filter(pk=job.payload["delivery"]).exclude(state=DeliveryState.SENT).update(
        state=outcome.state, status=outcome.status, problem=outcome.problem, sent_at=timezone.now()
    )


jobs.register(KIND, compute=_deliver, store=_store, attempts=ATTEMPTS, given_up=_given_up, bulk=True)
