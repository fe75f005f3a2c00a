"""The only way out the browser has: a proxy that lets nothing through and remembers who asked."""

import socket
import threading


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
            with connection:
                connection.settimeout(2)
                try:
                    first = connection.recv(2000).decode("ascii", "replace").split("\r\n")[0]
                    connection.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
                except OSError:
                    first = "(said nothing)"
                self.asked.append(first)
