"""Webhooks: signed requests over real HTTPS, to public addresses only, tried again, seen by the administrator."""

import hashlib
import hmac
import http.server
import json
import socket
import ssl
import subprocess
import threading
import unicodedata
from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts import jobs, webhooks
from accounts.clock import VIETNAM
from accounts.models import Event, Job, Webhook, WebhookDelivery

NOW = datetime(2022, 2, 23, 8, tzinfo=VIETNAM)
SECRET = "0123456789abcdef" * 4


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for localhost of our own making."""
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost", "-keyout", folder / "key.pem", "-out", folder / "cert.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    return folder


@pytest.fixture
def receiver(certificate):
    """A real HTTPS server: `receiver.url`, `receiver.got` (headers, body), `receiver.answers` (status, headers)."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):  # noqa: N802
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.got.append((self.path, dict(self.headers), body))
            status, headers = server.answers.pop(0) if server.answers else (204, {})
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.got, server.answers = [], []
    server.url = f"https://localhost:{server.server_port}/hook?a=1"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def trusting(certificate):
    return ssl.create_default_context(cafile=certificate / "cert.pem")


def sent(receiver, trusting, **more) -> int:
    return webhooks.post(
        receiver.url, SECRET, 7, {"text": "Phòng Lao động: còn 3 ngày"}, timestamp=1_645_578_000,
        find=lambda host, port: "127.0.0.1", context=trusting, **more,
    )  # fmt: skip


@pytest.fixture
def hook(cast):
    return Webhook.objects.create(
        agency=cast.agency, name="Zalo", url="https://bot.example.vn/", secret=SECRET, is_active=True, made_at=NOW
    )


def test_a_message_is_signed_so_that_the_receiver_can_check_it(receiver, trusting):
    assert sent(receiver, trusting) == 204
    [(path, headers, body)] = receiver.got
    assert path == "/hook?a=1"
    assert json.loads(body) == {"text": "Phòng Lao động: còn 3 ngày"}
    expected = hmac.new(SECRET.encode(), b"1645578000." + body, hashlib.sha256).hexdigest()
    assert headers["X-CCHC-Signature"] == f"v1={expected}"
    assert (headers["X-CCHC-Timestamp"], headers["X-CCHC-Delivery"]) == ("1645578000", "7")
    assert headers["Content-Type"] == "application/json; charset=utf-8"


@pytest.mark.parametrize("status", [301, 302, 307, 400, 404, 429, 500, 503])
def test_whatever_is_not_2xx_is_not_taken_and_no_redirect_is_followed(receiver, trusting, status):
    receiver.answers = [(status, {"Location": receiver.url})]
    with pytest.raises(webhooks.NotTaken) as refusal:
        sent(receiver, trusting)
    assert refusal.value.status == status
    assert len(receiver.got) == 1


def test_a_certificate_that_is_not_known_stops_it(receiver):
    with pytest.raises(ssl.SSLCertVerificationError):
        sent(receiver, ssl.create_default_context())
    assert receiver.got == []


def test_a_certificate_of_another_name_stops_it(receiver, trusting):
    receiver.url = receiver.url.replace("localhost", "bot.example.vn")
    with pytest.raises(ssl.SSLCertVerificationError):
        sent(receiver, trusting)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "10.0.0.5", "172.16.3.4", "192.168.1.10", "169.254.169.254", "0.0.0.0",  # noqa: S104
        "::1", "::ffff:127.0.0.1", "fe80::1", "fc00::1", "100.64.0.1", "224.0.0.1",
    ],
)  # fmt: skip
def test_nothing_is_sent_to_this_machine_or_into_a_private_network(host):
    with pytest.raises(webhooks.NotPublic):
        webhooks.public_address(host, 443)


def test_a_public_address_is_given_as_it_will_be_connected_to():
    assert webhooks.public_address("8.8.8.8", 443) == "8.8.8.8"


@pytest.mark.parametrize("url", ["http://bot.example.vn/", "ftp://bot.example.vn/", "https:///nowhere"])
def test_nothing_but_https_is_spoken(url):
    with pytest.raises(webhooks.NotPublic):
        webhooks.post(url, SECRET, 1, {}, timestamp=0)


def test_a_message_is_made_once_a_key(hook):
    for _time in range(2):
        webhooks.tell(hook.agency_id, event="ping", contents={"a": {"text": "x"}, "b": {"text": "y"}}, now=NOW)
    assert WebhookDelivery.objects.count() == Job.objects.filter(kind="webhook").count() == 2


def test_an_inside_address_fails_at_once_and_says_so(hook):
    Webhook.objects.update(url="https://127.0.0.1/")
    webhooks.tell(hook.agency_id, event="ping", contents={"a": {"text": "x"}}, now=NOW)
    assert jobs.run(Job.objects.get(kind="webhook").pk)
    delivery = WebhookDelivery.objects.get()
    assert delivery.state == "failed" and "địa chỉ nội bộ" in delivery.problem


def test_a_receiver_that_is_down_is_tried_with_growing_pauses_and_then_given_up_visibly(hook):
    Webhook.objects.update(url="https://khong-co.invalid/")  # RFC 2606: no such name, ever
    webhooks.tell(hook.agency_id, event="ping", contents={"a": {"text": "x"}}, now=NOW)
    job = Job.objects.get(kind="webhook")
    pauses = []
    for _attempt in range(webhooks.ATTEMPTS):
        began = timezone.now()
        with time_machine.travel(began, tick=False):  # looking the name up may take long
            assert not jobs.run(job.pk)
        job.refresh_from_db()
        pauses.append(round((job.not_before - began) / timedelta(seconds=1)) if job.state == "queued" else None)
        Job.objects.update(not_before=None)
    assert pauses == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600, 3600, None]
    delivery = WebhookDelivery.objects.get()
    assert (job.state, delivery.state) == ("failed", "failed")
    assert "Thử 12 lần" in delivery.problem


def test_the_database_takes_only_https(hook):
    with pytest.raises(IntegrityError), transaction.atomic():
        Webhook.objects.update(url="http://bot.example.vn/")


# The pages


@pytest.fixture
def admin(client, cast):
    client.force_login(cast.people["nam"], backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_key_is_shown_while_it_is_made_and_never_again(admin):
    shown = admin.get(reverse("webhook_add"))
    secret = shown.context["secret"]["secret"].value()
    assert secret in shown.content.decode() and len(secret) == 64
    typed = {"name": "Zalo", "url": "https://bot.example.vn/x", "secret": secret}
    answer = admin.post(reverse("webhook_add"), typed)
    hook = Webhook.objects.get()
    assert (answer.status_code, hook.secret, hook.is_active) == (302, secret, False)
    assert secret not in admin.get(answer.url).content.decode()
    assert Event.objects.get(action="webhook").label == "Thêm kết nối Zalo"


@pytest.mark.parametrize(
    "url",
    [
        "http://bot.example.vn/", "https://localhost/", "https://127.0.0.1/", "https://10.1.2.3/", "https://may-chu/",
        "https://a:b@bot.example.vn/", "https://[::1]/", "javascript:alert(1)",
    ],
)  # fmt: skip
def test_an_address_that_is_not_public_is_refused_when_typed(admin, url):
    answer = admin.post(reverse("webhook_add"), {"name": "Zalo", "url": url, "secret": SECRET})
    assert answer.status_code == 200 and answer.context["form"].errors["url"]
    assert not Webhook.objects.exists()


def test_a_name_in_decomposed_letters_is_the_same_name(admin):
    for name in ("Nhóm Cải cách", unicodedata.normalize("NFD", "Nhóm Cải cách")):
        answer = admin.post(reverse("webhook_add"), {"name": name, "url": "https://bot.example.vn/", "secret": SECRET})
    assert answer.status_code == 200 and answer.context["form"].errors
    assert Webhook.objects.get().name == "Nhóm Cải cách"


@pytest.mark.parametrize("secret", ["", "x", "g" * 64, SECRET + "0"])
def test_a_key_that_we_did_not_make_is_refused(admin, secret):
    admin.post(reverse("webhook_add"), {"name": "Zalo", "url": "https://bot.example.vn/", "secret": secret})
    assert not Webhook.objects.exists()


def test_a_key_is_changed_a_test_is_sent_and_a_connection_taken_away(admin, hook):
    other = "f" * 64
    admin.post(reverse("webhook_secret", args=[hook.pk]), {"secret": other})
    assert Webhook.objects.get().secret == other
    for _press in range(2):
        admin.post(reverse("webhook_try", args=[hook.pk]), {"key": "k"})
    assert WebhookDelivery.objects.get().event == "ping"
    assert "Đang gửi" in admin.get(reverse("webhook_detail", args=[hook.pk])).content.decode()
    admin.post(reverse("webhook_remove", args=[hook.pk]))
    assert not Webhook.objects.exists()


def test_only_the_administrator_comes_here(client, cast, hook):
    for person in (cast.chief, cast.office_staff, cast.director, cast.head("ldvl")):
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        for name, of in (("webhook_list", []), ("webhook_add", []), ("webhook_detail", [hook.pk])):
            assert client.get(reverse(name, args=of)).status_code == 403


def test_a_receiver_that_refuses_the_connection_is_tried_again():
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(OSError):
        webhooks.post(f"https://localhost:{port}/", SECRET, 1, {}, timestamp=0, find=lambda host, at: "127.0.0.1")
