"""Run the portal, and write down every address outside this machine it tries to reach.

usage: python guarded.py FILE COMMAND…   (FILE stays empty as long as nothing leaves)
"""

import ipaddress
import sys
from pathlib import Path


def watch(file):
    def look(event, args):
        if event in {"socket.connect", "socket.sendto"}:
            address = args[1]
            host = address[0] if isinstance(address, tuple) and address else None
        elif event == "socket.getaddrinfo":
            host = args[0]
        else:
            return
        host = host.decode("ascii", "replace") if isinstance(host, bytes) else host
        if isinstance(host, str) and not is_this_machine(host):
            with file.open("a") as written:
                written.write(f"{event} {host}\n")

    sys.addaudithook(look)


def is_this_machine(host):
    if host in {"", "localhost"}:
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


if __name__ == "__main__":
    watch(Path(sys.argv[1]))
    from tospann.__main__ import main

    sys.exit(main(sys.argv[2:]))
