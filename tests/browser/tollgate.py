"""The only way out the browser has: a proxy that lets nothing through and remembers who asked."""

import socket
import threading
from contextlib import suppress
from urllib.parse import urlsplit


class Tollgate:
    def __init__(self):
        self.asked = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._refuse_all, daemon=True).start()

    def close(self):
        self._listening.close()

    def _refuse_all(self):
        while True:
            try:
                connection, _from = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._refuse, args=(connection,), daemon=True).start()

    def _refuse(self, connection):
        """Whoever connects and says nothing, as a browser that warms up, asks for nothing."""
        with connection, suppress(OSError):
            connection.settimeout(30)
            first = connection.recv(2000).decode("ascii", "replace").split("\r\n")[0]
            if first:
                self.asked.append(first)
            connection.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")


def host_asked_for(line):
    """The host in a proxy request's first line; the line itself where it names none."""
    target = [*line.split(), "", ""][1]
    return urlsplit(target if "://" in target else f"//{target}").hostname or line
