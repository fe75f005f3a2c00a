"""A program that is told: a real web server on loopback that keeps what it gets."""

import base64
import hashlib
import hmac
import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Receiver:
    port: int = 0
    answers: list = field(default_factory=list)
    """Statuses to answer with, one after another; then 204."""
    got: list = field(default_factory=list)

    @property
    def host(self):
        return f"127.0.0.1:{self.port}"

    @property
    def address(self):
        return f"http://{self.host}/told?by=tospann"

    @property
    def kinds(self):
        return [message["type"] for _headers, message, _raw in self.got]


@contextmanager
def receiving():
    kept = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            kept.got.append((dict(self.headers), json.loads(raw), raw))
            status = kept.answers.pop(0) if kept.answers else 204
            self.send_response(status)
            if status in {301, 302, 307}:
                self.send_header("Location", f"http://{kept.host}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    kept.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield kept
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def is_signed(headers, raw, secret):
    """As a receiver checks it by the published standard, without any of our code."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    told = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + raw
    mac = base64.b64encode(hmac.new(key, told, hashlib.sha256).digest()).decode()
    return f"v1,{mac}" in headers["webhook-signature"].split(" ")
