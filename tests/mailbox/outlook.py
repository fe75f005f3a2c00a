"""A small writer of Outlook's .msg files: a compound file (MS-CFB) holding a mail's properties."""

import struct
from datetime import UTC, datetime

SENT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
SECTOR, END, FREE, FAT = 512, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def msg(*, subject, sender, email, body, files):
    ticks = int((SENT - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000
    times = b"\x00" * 32 + struct.pack("<HHIQ", 0x0040, 0x0039, 6, ticks)
    tree = {
        "__properties_version1.0": times,
        "__substg1.0_0037001F": subject.encode("utf-16-le"),
        "__substg1.0_0C1A001F": sender.encode("utf-16-le"),
        "__substg1.0_5D01001F": email.encode("utf-16-le"),
        "__substg1.0_1000001F": body.encode("utf-16-le"),
    }
    for number, (name, data) in enumerate(files.items()):
        tree[f"__attach_version1.0_#{number:08X}"] = {
            "__substg1.0_3707001F": name.encode("utf-16-le"),
            "__substg1.0_37010102": data,
        }
    return _compound(tree)


def _compound(tree):
    """Streams of less than 4,096 bytes lie in the small stream, which is the root's."""
    entries, sectors, fat, small, small_fat = [], [], [], bytearray(), []

    def chain(data):
        if not data:
            return END
        first, count = len(sectors), -(-len(data) // SECTOR)
        for at in range(count):
            sectors.append(data[at * SECTOR : (at + 1) * SECTOR].ljust(SECTOR, b"\x00"))
            fat.append(first + at + 1 if at + 1 < count else END)
        return first

    def small_chain(data):
        first, count = len(small_fat), -(-len(data) // 64)
        small.extend(data + b"\x00" * (-len(data) % 64))
        small_fat.extend(first + at + 1 if at + 1 < count else END for at in range(count))
        return first if count else END

    def add(name, kind, data=b""):
        entries.append({"name": name, "kind": kind, "data": data, "child": FREE, "right": FREE})
        return len(entries) - 1

    def fill(parent, branch):
        """Siblings as a list to the right: a tree all the same."""
        before = None
        for name in sorted(branch, key=lambda one: (len(one), one.upper())):
            inner = branch[name]
            at = add(name, 1) if isinstance(inner, dict) else add(name, 2, inner)
            if before is None:
                entries[parent]["child"] = at
            else:
                entries[before]["right"] = at
            before = at
            if isinstance(inner, dict):
                fill(at, inner)

    fill(add("Root Entry", 5), tree)
    starts = {
        at: (small_chain if len(one["data"]) < 4096 else chain)(one["data"])
        for at, one in enumerate(entries)
    }
    entries[0]["data"], starts[0] = bytes(small), chain(bytes(small))
    small_table = chain(b"".join(struct.pack("<I", one) for one in small_fat))
    listed = b"".join(_entry(one, starts[at]) for at, one in enumerate(entries))
    listed += b"\x00" * (-len(listed) % SECTOR)
    directory = chain(listed)
    fat_sector = len(sectors)
    fat.append(FAT)
    assert len(fat) <= SECTOR // 4
    table = b"".join(struct.pack("<I", one) for one in fat)
    sectors.append(table.ljust(SECTOR, b"\xff"))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 16
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, directory, 0, 4096, small_table, 1, END, 0)
    header += struct.pack("<I", fat_sector) + b"\xff" * (108 * 4)
    return header + b"".join(sectors)


def _entry(one, start):
    name = one["name"].encode("utf-16-le") + b"\x00\x00"
    made = name.ljust(64, b"\x00") + struct.pack("<HBB", len(name), one["kind"], 1)
    made += struct.pack("<III", FREE, one["right"], one["child"]) + b"\x00" * 36
    return made + struct.pack("<IQ", start, len(one["data"]))
