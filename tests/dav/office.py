"""Drives a headless LibreOffice; runs under the Python that has its bridge (python3-uno).

  office.py PIPE_NAME URL TEXT    opens, says “open”, waits for a line, types, saves, closes

Its own LibreOffice is started by the test and listens on the pipe.
"""

import contextlib
import sys
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import DisposedException


def desktop_on(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    until = time.monotonic() + 120
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            break
        except NoConnectException:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
    return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)


def say(what):
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def write(document, text):
    if document.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
        document.Sheets.getByIndex(0).getCellByPosition(0, 0).String = text
    else:
        document.Text.setString(text)


def main(pipe, address, text):
    desktop = desktop_on(pipe)
    hidden = PropertyValue(Name="Hidden", Value=True)
    document = desktop.loadComponentFromURL(address, "_blank", 0, (hidden,))
    assert document is not None, "it did not open"
    say("read only" if document.isReadonly() else "open")
    sys.stdin.readline()
    write(document, text)
    document.store()
    say("saved")
    sys.stdin.readline()
    document.close(True)
    say("closed")
    with contextlib.suppress(DisposedException):  # it may be gone before it answers
        desktop.terminate()


main(*sys.argv[1:])
