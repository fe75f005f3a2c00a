"""Mails and `kill -9`: none is lost, and only the one in flight may come again, the same mail."""

import contextlib
import os
import re
import signal
import socketserver
import subprocess
import sys
import threading
import time

import pytest

FILL = """
from django.utils import timezone
from tospann.notifications.models import OutboxMail
now = timezone.now()
OutboxMail.objects.bulk_create([
    OutboxMail(key=f"{{n}}", to=f"p{{n}}@example.org", subject=f"No. {{n}}", body="Hei", due_at=now)
    for n in range({number})
])
"""
# The worker as it is, but whoever is in flight when it dies need not wait five minutes.
WORKER = """
import django; django.setup()
from datetime import timedelta
from tospann.jobs import worker
from tospann.notifications import outbox
from tospann.notifications.jobs import send_outbox
outbox.LEASE = timedelta(seconds=2)
{change}
send_outbox.enqueue()
worker.main()
"""
TICKED_FIRST = """
from django.utils import timezone
send = outbox._send
def _send(mail):
    outbox.OutboxMail.objects.filter(pk=mail.pk).update(sent_at=timezone.now())
    return send(mail)
outbox._send = _send
"""
LEFT = """
from tospann.notifications.models import OutboxMail
print(OutboxMail.objects.filter(sent_at=None).count())
"""


class Session(socketserver.StreamRequestHandler):
    """As much of SMTP as a client that only sends needs."""

    def handle(self):
        self._say("220 here")
        while line := self.rfile.readline():
            word = line.strip().upper()
            if word == b"DATA":
                self._say("354 go on")
                if not self.server.accept(self._mail()):
                    return
                self._say("250 kept")
            elif word == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _mail(self):
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line)
        return b"".join(lines).decode()

    def _say(self, text):
        self.wfile.write(f"{text}\r\n".encode())


class Postman(socketserver.ThreadingTCPServer):
    """Keeps what it accepts, and kills the sender at the mails it is told to.

    Every other time before the mail is kept, otherwise after, but before its sender hears of it.
    """

    daemon_threads = allow_reuse_address = True

    def __init__(self, kill_at):
        super().__init__(("127.0.0.1", 0), Session)
        self.kept, self.sender, self.kills = [], None, 0
        self._kill_at, self._lock, self._seen = list(kill_at), threading.Lock(), 0

    def accept(self, mail):
        with self._lock:
            self._seen += 1
            dies = bool(self._kill_at) and self._seen >= self._kill_at[0]
            is_lost_on_the_way = dies and self.kills % 2 == 0
            is_ours = re.search(r"^To: p\d+@example.org\r$", mail, re.MULTILINE)
            if is_ours and not is_lost_on_the_way:  # the portal writes letters of its own
                self.kept.append(re.search(r"^Message-ID: (.*)\r$", mail, re.MULTILINE)[1])
            if dies:
                self._kill_at.pop(0)
                self.kills += 1
                os.kill(self.sender.pid, signal.SIGKILL)
        return not dies


@contextlib.contextmanager
def postman(kill_at):
    with Postman(kill_at) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def deliver(portal, number, kills, *, change="", patience=600):
    """Queue that many mails and keep a worker going until nothing is left; what came."""
    portal.python(FILL.format(number=number))
    step = number // (kills + 1)
    with postman([step * (n + 1) for n in range(kills)]) as server:
        portal.environment |= {
            "TOSPANN_SMTP_HOST": "127.0.0.1",
            "TOSPANN_SMTP_PORT": str(server.server_address[1]),
        }
        until = time.monotonic() + patience
        while int(portal.python(LEFT)):
            assert time.monotonic() < until, "not all was sent"
            _one_worker(portal, server, change)
        assert server.kills == kills
        return server.kept


def _one_worker(portal, server, change):
    """Until it is killed, or nothing has come for a while; it gets a minute to begin."""
    server.sender = subprocess.Popen(
        [sys.executable, "-c", WORKER.format(change=change)],
        env=portal.surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        before = came = len(server.kept)
        quiet_since = time.monotonic()
        while server.sender.poll() is None:
            if len(server.kept) > came:
                came, quiet_since = len(server.kept), time.monotonic()
            if time.monotonic() - quiet_since > (4 if came > before else 60):
                break
            time.sleep(0.1)
    finally:
        server.sender.kill()
        server.sender.wait()


def check(came, number, kills):
    assert len(set(came)) == number, f"{number - len(set(came))} mails were lost"
    # Half of the deaths came after the mail was taken: those came again, under the same id.
    assert len(came) - len(set(came)) == kills // 2


@pytest.mark.sqlite_only  # on PostgreSQL the long one
def test_a_few_mails(portal):
    check(deliver(portal, number=40, kills=2), 40, 2)


@pytest.mark.long
def test_the_check_notices_mails_that_were_ticked_before_they_were_sent(portal):
    came = deliver(portal, number=20, kills=2, change=TICKED_FIRST)
    with pytest.raises(AssertionError, match="1 mails were lost"):
        check(came, 20, 2)


@pytest.mark.long
def test_five_thousand_mails_and_ten_deaths(portal):
    check(deliver(portal, number=5000, kills=10, patience=3000), 5000, 10)
