"""Pages of mail that came in and of a closing that has begun, which the demo has none of."""

import re
from datetime import timedelta

from django.utils import timezone
from tests.browser.visiting import csrf_token

HOME = "/p/NSS"
MAIL = b"""From: Eva Leverandor <eva@leverandor.example>
To: prosjekt@fjordvik.example
Subject: Nar kommer testdataene?
Date: Mon, 23 Nov 2026 09:00:00 +0100
Message-ID: <places@leverandor.example>

Hei, vi venter fortsatt.
"""
FORMS = ("question", "notice", "documents", "note", "aside")


def addresses(request):
    """Drops a message, begins the closing and asks the team how it went."""
    sent = {"name": "hei.eml", "mimeType": "message/rfc822", "buffer": MAIL}
    _post(request, f"{HOME}/mail", f"{HOME}/mail/address")
    message = _post(request, f"{HOME}/mail", f"{HOME}/mail", file=sent)
    _post(request, f"{HOME}/close", f"{HOME}/close/begin")
    day = timezone.localdate() + timedelta(days=20)
    asked = {"audience": "team", "questions": "Gikk det bra?", "closes_on": f"{day:%d.%m.%Y}"}
    new = f"{HOME}/close/surveys/new"
    _post(request, new, new, **asked)
    survey = re.search(r"/close/(surveys/\d+)", request.get(f"{HOME}/close/surveys").text())[1]
    closing = ("words", survey)
    return [
        *(message, *(f"{message}/{form}" for form in FORMS), f"{HOME}/mail/sorter"),
        *(f"{HOME}/close/{part}" for part in closing),
    ]


def _post(request, page, address, **values):
    token = csrf_token(request.get(page).text())
    sent = {"csrfmiddlewaretoken": token} | values
    answer = request.post(
        address, multipart=sent, headers={"Referer": request.get(page).url}, max_redirects=5
    )
    assert answer.ok, f"{address}: {answer.status}"
    return answer.url.partition("?")[0].removeprefix(request.get("/").url.rstrip("/"))
