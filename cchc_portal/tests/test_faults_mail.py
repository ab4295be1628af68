"""The mail server hangs, is gone, refuses one address: the portal goes on, every message has an end."""

import socket
import threading

import pytest

from cchc_portal.tests.faults import Stopwatch, Visitor, nothing_is_left_running, report, rows, value, vietnam
from cchc_portal.tests.services import SmtpServer, free_port, wait_until
from cchc_portal.tests.test_faults_handing_in import PLAN, hand_in

pytestmark = [pytest.mark.services, pytest.mark.nightly]
STATES = "SELECT mail_state, count(*) FROM accounts_notice GROUP BY mail_state ORDER BY mail_state"
NOW = "from accounts.models import Job; Job.objects.update(not_before=None)"
BROKEN = "hoa@cchc.example.vn"


class Deaf:
    """Takes connections on a port and never says a word."""

    def __init__(self, port: int):
        self.socket = socket.create_server(("127.0.0.1", port), backlog=50, reuse_port=True)
        self.held: list[socket.socket] = []
        threading.Thread(target=self._take, daemon=True).start()

    def _take(self) -> None:
        while True:
            try:
                self.held.append(self.socket.accept()[0])
            except OSError:
                return

    def close(self) -> None:
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        for one in self.held:
            one.close()


def test_a_mail_server_that_hangs_is_gone_and_refuses_delays_nobody_and_leaves_no_message_without_an_end(make_portal):
    port = free_port()
    deaf = Deaf(port)
    portal = make_portal(EMAIL_URL=f"smtp://127.0.0.1:{port}")
    portal.stand_at(vietnam(2022, 2, 26, 23, 50))
    portal.python(PLAN)
    hanging = hand_in(portal, Visitor(portal, "khtc.truong"), "khtc")
    wait_until(lambda: deaf.held, 30, "thư đang chờ máy chủ")
    others = Stopwatch()
    assert Visitor(portal, "hoa").get("/")[0] == 200
    page = others.seconds
    deaf.close()  # from now on refused
    gone = hand_in(portal, Visitor(portal, "ldvl.truong"), "ldvl")
    server = SmtpServer(port)
    server.refused = {BROKEN}
    server.start()
    try:
        last = hand_in(portal, Visitor(portal, "btxh.truong"), "btxh")
        watch = Stopwatch()

        def all_have_an_end() -> bool:
            portal.python(NOW)
            return not value(
                portal, "SELECT count(*) FROM accounts_notice WHERE mail_state NOT IN ('sent', 'failed', 'dropped')"
            )

        wait_until(all_have_an_end, 60, "mọi thư có kết quả")
        nothing_is_left_running(portal)
        states = dict(rows(portal, STATES))
        receivers = [message["To"] for message in server.messages]
    finally:
        server.stop()
    failed = {email for (email,) in rows(portal, "SELECT u.email FROM accounts_notice n JOIN accounts_user u ON "
                                                 "u.id = n.recipient_id WHERE n.mail_state = 'failed'")}  # fmt: skip
    assert failed == {BROKEN}
    assert BROKEN not in receivers
    assert max(hanging, gone, last) <= 3
    report(
        "mail server hangs, gone, refuses one", handed_in_while_it_hangs=hanging, while_gone=gone, page=page,
        states=states, stuck=0, until_all_had_an_end=watch.seconds,
    )  # fmt: skip
