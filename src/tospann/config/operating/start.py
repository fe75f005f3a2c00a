"""Starting the portal: the web processes, the background jobs, and nothing left behind."""

import argparse
import gc
import os
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from functools import partial

from tospann.config.operating import processes
from tospann.config.operating.folder import data_folder, mark_as_demo, settle_demo_mode
from tospann.config.operating.refusals import Refused, say

THREADS = 16
WAITING_PER_WORKER = 64


def start(asked: argparse.Namespace) -> int:
    """Run the portal until it is told to stop."""
    folder = data_folder()
    demo = settle_demo_mode(folder, asked.host)
    _address_for_links(asked)
    _set_up()
    from tospann.config.operating import database, static

    database.prepare()
    if demo:
        _refuse_if_not_demos_database()
    static.collect()
    return _serve(asked, demo=demo)


def demo(asked: argparse.Namespace) -> int:
    """Make a demo if there is none yet, and run it."""
    if asked.list:
        return _list_demo_people()
    folder = data_folder()
    mark_as_demo(folder)
    settle_demo_mode(folder, asked.host)
    _address_for_links(asked)
    _set_up()
    from tospann.config.operating import database, static

    _make_demo()
    database.refuse_newer()
    if database.facts().get("schema") != database.schema_stamp():
        database.migrate()  # nobody misses a demo: no backup first
    static.collect()
    return _serve(asked, demo=True)


def work(asked: argparse.Namespace) -> int:
    """Run the background jobs until told to stop."""
    settle_demo_mode(data_folder(), "127.0.0.1")
    _set_up()
    from tospann.config.operating import database

    database.prepare()
    gc.enable()
    _run_jobs()
    return 0


def _set_up() -> None:
    # Where it is installed, the log would load it, only to colour what we write as JSON.
    sys.modules.setdefault("rich", None)  # type: ignore[arg-type]  # so Python marks the absent
    import django

    from tospann.config import log

    processes.use_little_memory()
    gc.disable()  # nothing of what is loaded now can be freed: looking for it only costs time
    log.configure()
    django.setup()


def _address_for_links(asked: argparse.Namespace) -> None:
    """Links in mail lead here unless the operator says where the portal is reached."""
    os.environ.setdefault("TOSPANN_URL", f"http://{_shown(asked.host)}:{asked.port}")


def _make_demo() -> None:
    """Fill an empty database with the demo, once."""
    from tospann.config.operating import database

    if database.facts().get("demo") == "1":
        return
    if not database.is_empty() and database.facts().get("demo") != "begun":
        raise Refused("The database already holds data that is not a demo's.")
    database.remember("demo", "begun")
    database.migrate()
    try:
        from tospann.demo import seed
    except ModuleNotFoundError as missing:
        if missing.name not in {"tospann.demo", "tospann.demo.seed"}:
            raise
        say("This build has no demo data; the portal starts empty.")
        return
    started = time.perf_counter()
    _apart_from_this_process(seed.seed)
    database.remember("demo", "1")
    say(f"Demo data made in {time.perf_counter() - started:.1f} s.")


def _apart_from_this_process(act: Callable[[], None]) -> None:
    """Act in a child. Typesetting starts threads, and a process that has them must not fork."""
    from django.db import connections

    connections.close_all()
    if not processes.succeeds(act):
        raise Refused("The demo data could not be made; the reason is written above.")


def _refuse_if_not_demos_database() -> None:
    from tospann.config.operating import database

    if "demo" not in database.facts():
        raise Refused("The data folder is a demo's, but the database it is used with is not.")


def _list_demo_people() -> int:
    import django

    django.setup()
    from tospann.people.demo import PEOPLE

    rows = [(one.name, one.email, one.role or one.title) for one in PEOPLE]
    widths = [max(len(row[column]) for row in rows) for column in range(2)]
    for name, email, role in rows:
        say(f"{name:<{widths[0]}}  {email:<{widths[1]}}  {role}")
    return 0


def _serve(asked: argparse.Namespace, *, demo: bool) -> int:
    from django.db import connections

    _load_everything()
    connections.close_all()
    gc.collect()
    gc.freeze()  # what is loaded now stays shared between the processes
    gc.enable()
    jobs = None if asked.no_jobs else processes.Kept(_run_jobs)
    try:
        _web(asked, demo=demo)
    finally:
        if jobs is not None:
            jobs.end()
    return 0


def _load_everything() -> None:
    """Load once, before the processes divide: each gets it for nothing."""
    from importlib import import_module

    from django.conf import settings

    for module in ("tospann.config.wsgi", settings.ROOT_URLCONF):
        import_module(module)


def _web(asked: argparse.Namespace, *, demo: bool) -> None:
    import multiprocessing

    from granian.constants import Interfaces
    from granian.http import HTTP1Settings
    from granian.server.mp import MPServer

    from tospann.config import log

    multiprocessing.set_start_method("fork", force=True)  # so that what is loaded is shared
    address = f"http://{_shown(asked.host)}:{asked.port}"

    class Server(MPServer):
        def _spawn_workers(self, *arguments: object) -> None:
            super()._spawn_workers(*arguments)  # type: ignore[no-untyped-call]  # granian's
            threading.Thread(target=_announce, args=(address, demo), daemon=True).start()

    server = Server(
        "tospann.config.wsgi:application",
        address=asked.host,
        port=asked.port,
        interface=Interfaces.WSGI,
        workers=asked.workers or default_workers(),
        blocking_threads=THREADS,
        backpressure=WAITING_PER_WORKER,
        runtime_blocking_threads=THREADS,
        http1_settings=HTTP1Settings(header_read_timeout=10_000),
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=20,
    )
    log.configure()  # the server has set up a log of its own
    server.serve(target_loader=partial(_application, os.getpid()), wrap_loader=False)


def default_workers() -> int:
    """One for each processor, at least one and at most four."""
    return max(1, min(4, len(os.sched_getaffinity(0))))


def _application(parent: int) -> Callable[..., object]:
    """In a web process: the application, with our log, gone when the parent is."""
    from tospann.config import log
    from tospann.config.wsgi import application

    processes.end_with_parent(parent)
    log.configure()
    return _behind_proxy(application)


def _behind_proxy(application: Callable[..., object]) -> Callable[..., object]:
    """With https the portal stands behind a proxy on TOSPANN_PROXIES: believe what it forwards."""
    from django.conf import settings

    if not settings.HTTPS:
        return application
    from granian.utils.proxies import wrap_wsgi_with_proxy_headers

    trusted = os.environ.get("TOSPANN_PROXIES", "127.0.0.1 ::1").split()
    wrapped: Callable[..., object] = wrap_wsgi_with_proxy_headers(application, trusted)
    return wrapped


def _run_jobs() -> None:
    """The background jobs, until told to stop."""
    from tospann.jobs import worker

    worker.main()


def _announce(address: str, demo: bool) -> None:
    """Say where the portal is, once it answers there."""
    for _attempt in range(600):
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2):  # noqa: S310  # our own
                break
        except OSError:
            time.sleep(0.02)
    else:
        sys.stderr.write("The portal does not answer; see the log above.\n")
        return
    kind = "demo portal" if demo else "portal"
    say(f"The {kind} is ready: {address}/  (Ctrl-C ends it)")


def _shown(host: str) -> str:
    if host in {"0.0.0.0", "::"}:  # noqa: S104  # compared, not bound
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host
