"""Where nothing is ever sent: this machine, its neighbours, and whoever pretends not to be them."""

import ipaddress
import socket

import pytest
from tests.webhooks.receiver import receiving

from tospann.webhooks import targets

NEVER = [
    "https://127.0.0.1/",
    "https://10.1.2.3/",
    "https://172.16.0.1/",
    "https://192.168.1.1/",
    "https://169.254.169.254/latest/meta-data/",
    "https://100.64.0.1/",
    "https://0.0.0.0/",
    "https://224.0.0.1/",
    "https://255.255.255.255/",
    "https://[::1]/",
    "https://[::]/",
    "https://[fe80::1]/",
    "https://[fd00::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[2002:7f00:1::]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[ff02::1]/",
    "http://hooks.example.org/",
    "ftp://hooks.example.org/",
    "https://",
    "https://user:password@hooks.example.org/",
    "https://hooks.example.org:99999/",
    "https://hooks.example.org/a b",
    "https://hooks.example.org\\@127.0.0.1/",
    "https://hooks.example.org/\r\nHost: x",
    "/p/ABC/",
]


@pytest.mark.parametrize("address", NEVER)
def test_never_there(address):
    with pytest.raises(targets.Refused):
        targets.check(address)


def test_out_on_the_internet():
    target = targets.check("https://hooks.example.org:8443/told?a=1")
    assert (target.host, target.port, target.path) == ("hooks.example.org", 8443, "/told?a=1")
    assert targets.is_public(ipaddress.ip_address("93.184.215.14"))
    assert targets.is_public(ipaddress.ip_address("2606:2800:21f:cb07:6820:80da:af6b:8b2c"))


def _leads_to(monkeypatch, *answers):
    """A name server, one answer after another; there is none to start in a test."""
    left, really = list(answers), socket.getaddrinfo

    def asked(host, port, *rest, **named):
        if host == "127.0.0.1":
            return really(host, port, *rest, **named)
        found = left.pop(0)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in found]

    monkeypatch.setattr(socket, "getaddrinfo", asked)


@pytest.mark.parametrize("found", [["127.0.0.1"], ["93.184.215.14", "10.0.0.1"], ["169.254.1.1"]])
def test_a_name_that_leads_inside_is_refused_if_one_of_its_addresses_is_private(monkeypatch, found):
    _leads_to(monkeypatch, found)
    with pytest.raises(targets.Refused):
        targets.post("https://innocent.example.org/", {}, b"{}")


def test_a_name_that_changes_its_mind_is_refused_the_second_time(monkeypatch):
    _leads_to(monkeypatch, ["93.184.215.14"], ["127.0.0.1"])
    target = targets.check("https://rebinding.example.org/")
    assert targets.resolved(target) == "93.184.215.14"
    with pytest.raises(targets.Refused):
        targets.resolved(target)


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "localhost"])
def test_other_ways_to_write_this_machine_lead_here_and_are_refused(host, monkeypatch):
    _leads_to(monkeypatch, ["127.0.0.1"])
    with pytest.raises(targets.Refused):
        targets.post(f"https://{host}/", {}, b"{}")


def test_what_the_operator_allows_is_reached_and_its_neighbour_port_is_not(settings):
    with receiving() as receiver, receiving() as neighbour:
        settings.WEBHOOK_HOSTS = frozenset({receiver.host})
        assert targets.post(receiver.address, {"Content-Type": "x"}, b"{}") == 204
        with pytest.raises(targets.Refused):
            targets.post(neighbour.address, {}, b"{}")
        assert neighbour.got == []


def test_the_connection_goes_to_the_address_that_was_checked(settings, monkeypatch):
    """Between asking and connecting nobody is asked again."""
    with receiving() as receiver:
        name = f"hooks.example.org:{receiver.port}"
        settings.WEBHOOK_HOSTS = frozenset({name})
        _leads_to(monkeypatch, ["127.0.0.1"])
        assert targets.post(f"http://{name}/", {}, b"{}") == 204
        assert receiver.got[0][0]["Host"] == name


def test_whoever_answers_ever_so_slowly_is_hung_up_on(settings, monkeypatch):
    monkeypatch.setattr(targets, "TIMEOUT", 0.1)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        host = f"127.0.0.1:{silent.getsockname()[1]}"
        settings.WEBHOOK_HOSTS = frozenset({host})
        with pytest.raises(targets.Unreached):
            targets.post(f"http://{host}/", {}, b"{}")
