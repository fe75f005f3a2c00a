"""Who sees which page of the mailbox, and who may change what there; and a mail to try it on."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tospann.mailbox import bringing, commands

PREPARING = {"coordinator", "manager"}
MAIL = b"From: Kari <kari@ror.example>\r\nSubject: Hei\r\n\r\nNaar kommer dere?\r\n"
LISTS = ("mail", "all_mail", "mail_not_let_in", "mail_sorter")
FORMS = ("message_to_question", "message_to_notice", "message_to_documents", "message_to_note")
ONE = ("message", *FORMS, "set_message_aside")
SEEN_BY = {
    **dict.fromkeys((*LISTS, *ONE, "assign_room_question"), PREPARING),
    "admin_mail": {"administrator"},
}
CHANGES = {
    **dict.fromkeys(
        ("open_mail_address", "close_mail_address", "mail_sorter", *FORMS, "set_message_aside"),
        (PREPARING, {}),
    ),
    **dict.fromkeys(("sort_message_again", "assign_room_question"), (PREPARING, {})),
}


def things(of):
    """A mail that was brought in, and the address, as the numbers by the route's name."""
    who, project = of.actor("coordinator"), of.project
    commands.open_address(who, project)
    made = bringing.bring_in(who, project, SimpleUploadedFile("hei.eml", MAIL))
    return {}, dict.fromkeys((*ONE, "sort_message_again"), made.number)
