"""Reading a mail inside the confined child process: nothing of Django is imported here."""

from typing import IO, Any

from tospann.jobs.confinement import Refusal

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How Outlook's .msg files begin."""


def read(file: IO[bytes]) -> dict[str, Any]:
    """A mail as it travels (.eml) or as Outlook keeps it (.msg); its first bytes tell which."""
    start = file.read(8)
    file.seek(0)
    try:
        if start == _COMPOUND:
            from tospann.mailbox.reading.msg import read_msg

            return read_msg(file)
        from tospann.mailbox.reading.eml import read_eml

        return read_eml(file)
    except RecursionError:
        raise Refusal({"because": "deep"}) from None
