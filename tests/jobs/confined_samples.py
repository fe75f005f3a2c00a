"""Functions that run in the child process of the tests of ``confined``."""

import sys
import time
from pathlib import Path

from tospann.jobs.confinement import Refusal


def lengths(file):
    text = file.read().decode()
    return {"length": len(text), "text": text}


def prints(file):
    sys.stdout.write("noise\n")
    sys.stdout.flush()
    return "done"


def imported(file):
    return sorted(name for name in sys.modules if name.startswith(("django", "tospann.planning")))


def refuses(file):
    raise Refusal({"message": "bad", "where": "line 3"})


def eats_memory(file):
    return len(bytearray(400_000_000))


def works_for_ever(file):
    while True:
        pass


def sleeps(file):
    time.sleep(60)


def answers_at_length(file):
    return "x" * 1_000_000


def fails(file):
    return 1 / 0


def connects(file):
    import socket

    socket.create_connection(("127.0.0.1", 9))


def asks_for_a_name(file):
    import socket

    socket.getaddrinfo("localhost", 80)


def reads_a_file(file):
    return Path("/etc/passwd").read_text()


def writes_a_file(file):
    Path("/tmp/confined-was-here").write_text("x")


def starts_a_program(file):
    import subprocess

    subprocess.run(["/bin/true"], check=True)
