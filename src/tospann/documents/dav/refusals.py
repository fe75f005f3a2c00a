"""What a drive's request can be refused with."""

from django.http import HttpResponse

from tospann.documents.dav import xml


class Refused(Exception):
    """The request ends here: a status, which precondition failed (RFC 4918 §16), and words."""

    def __init__(self, status: int, condition: str = "", said: str = "") -> None:
        super().__init__(said or f"{status} {condition}".strip())
        self.status, self.condition, self.said = status, condition, said


def answer(refused: Refused) -> HttpResponse:
    """The refusal as programs read it, with the sentence for whoever looks."""
    if not refused.condition and not refused.said:
        return HttpResponse(status=refused.status)
    root = xml.element("error")
    if refused.condition:
        root.append(xml.element(refused.condition))
    if refused.said:
        root.append(xml.foreign("message", refused.said))
    return xml.answer(root, refused.status)
