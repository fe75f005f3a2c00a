"""Real mail servers on this machine: aiosmtpd takes mail, Debian's Dovecot keeps it (IMAP)."""

import getpass
import imaplib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

OURS = "post"
PASSWORD = "hemmelig"
ADDRESS = f"{OURS}@portal.example"
DOVECOT = shutil.which("dovecot") or "/usr/sbin/dovecot"
CONFIG = """
protocols = imap
listen = 127.0.0.1
base_dir = {at}/run
state_dir = {at}/state
log_path = {at}/log
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
mail_location = maildir:{at}/mail/%u
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain
auth_failure_delay = 0
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={at}/home/%u
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
"""


def there_is_dovecot():
    return Path(DOVECOT).is_file()


needs_dovecot = pytest.mark.skipif(
    not there_is_dovecot(), reason="Dovecot is missing: apt-get install dovecot-imapd"
)


def _free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def _whom():
    """Dovecot reads no mail as root: then it runs as nobody."""
    import grp
    import pwd

    name = "nobody" if os.geteuid() == 0 else getpass.getuser()
    found = pwd.getpwnam(name)
    return name, found.pw_uid, found.pw_gid, grp.getgrgid(found.pw_gid).gr_name


@contextmanager
def dovecot():
    """An IMAP server of one's own; gives its port."""
    at, port = Path(tempfile.mkdtemp(prefix="dovecot-")), _free_port()
    user, uid, gid, group = _whom()
    values = {"user": user, "uid": uid, "gid": gid, "group": group}
    (at / "conf").write_text(CONFIG.format(at=at, port=port, password=PASSWORD, **values))
    for name in ("run", "state", "mail", "home"):
        (at / name).mkdir()
    for path in (at, *at.iterdir()):
        os.chown(path, uid, gid)
    as_whom = {"user": uid, "group": gid, "extra_groups": []} if os.geteuid() == 0 else {}
    server = subprocess.Popen([DOVECOT, "-F", "-c", at / "conf"], **as_whom, cwd="/")
    try:
        _wait_for(port, at / "log")
        yield port
    finally:
        server.terminate()
        server.wait(10)
        shutil.rmtree(at, ignore_errors=True)


def _wait_for(port, log):
    for _attempt in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(log.read_text() if log.exists() else "Dovecot did not start")


class Boxes:
    """The mailboxes of everybody, and the server that puts mail into them."""

    def __init__(self, imap):
        self.imap = imap

    async def handle_DATA(self, server, session, envelope):  # aiosmtpd's name
        for to in envelope.rcpt_tos:
            _local, _at, domain = to.partition("@")
            box = OURS if domain == "portal.example" else to
            self.put(box, f"Delivered-To: {to}\r\n".encode() + envelope.content)
        return "250 kept"

    def put(self, box, data):
        with self.open(box) as one:
            one.append("INBOX", None, None, data)

    @contextmanager
    def open(self, box):
        one = imaplib.IMAP4("127.0.0.1", self.imap, timeout=10)
        one.login(box, PASSWORD)
        try:
            one.select("INBOX")
            yield one
        finally:
            one.logout()

    def read(self, box):
        """The mails of somebody, the oldest first."""
        with self.open(box) as one:
            _status, found = one.search(None, "ALL")
            mails = []
            for number in found[0].split():
                _status, said = one.fetch(number, "(BODY.PEEK[])")
                mails.append(message_from_bytes(said[0][1], policy=policy.default))
            return mails

    def flags(self, box):
        with self.open(box) as one:
            _status, said = one.fetch("1:*", "(FLAGS)")
            return [line.decode() for line in said if line]


@contextmanager
def mail_servers(settings):
    """Both servers, and a portal that is told of them."""
    with dovecot() as imap:
        boxes = Boxes(imap)
        smtp = Controller(boxes, hostname="127.0.0.1", port=_free_port())
        smtp.start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", smtp.port
        settings.INCOMING_ADDRESS = ADDRESS
        settings.IMAP_HOST, settings.IMAP_PORT = "127.0.0.1", imap
        settings.IMAP_USER, settings.IMAP_PASSWORD = OURS, PASSWORD
        settings.IMAP_SECURITY = "none"
        try:
            yield boxes, smtp.port
        finally:
            smtp.stop()
