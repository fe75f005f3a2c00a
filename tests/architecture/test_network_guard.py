"""The guard every test runs under must itself refuse."""

import socket

import pytest


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "example.invalid"])
def test_a_connection_to_the_outside_is_refused_and_remembered(host, refused_connections):
    with pytest.raises(RuntimeError):
        socket.create_connection((host, 80), timeout=0.1)
    assert refused_connections == [host]
    refused_connections.clear()


def test_this_machine_can_be_reached():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=1).close()
