"""What somebody did with documents, templates, shares and rooms."""

from django.utils.translation import ngettext_lazy as _n

PAPERS = {
    "blanks.add_blanks": _n("added document templates", "added document templates", "n"),
    "blanks.approve_edition": _n("approved a document", "approved %(n)s documents", "n"),
    "blanks.comment_on": _n("commented on a document", "commented %(n)s times on documents", "n"),
    "blanks.discard_filled": _n("discarded a draft", "discarded %(n)s drafts", "n"),
    "blanks.publish_edition": _n("published a document", "published %(n)s documents", "n"),
    "blanks.record_edition": _n(
        "entered a document in its register", "entered %(n)s documents in their registers", "n"
    ),
    "blanks.rename_filled": _n("renamed a document", "renamed %(n)s documents", "n"),
    "blanks.return_edition": _n("took a document back", "took %(n)s documents back", "n"),
    "blanks.revise_filled": _n(
        "started a new version of a document", "started new versions of %(n)s documents", "n"
    ),
    "blanks.send_filled": _n("sent a document on", "sent %(n)s documents on", "n"),
    "blanks.settle_comment": _n("settled a comment", "settled %(n)s comments", "n"),
    "blanks.start_filled": _n(
        "started filling in a document", "started filling in %(n)s documents", "n"
    ),
    "blanks.take_comment_up_again": _n(
        "took a comment up again", "took %(n)s comments up again", "n"
    ),
    "documents.add_document": _n("added a document", "added %(n)s documents", "n"),
    "documents.add_folder": _n("made a folder", "made %(n)s folders", "n"),
    "documents.add_link": _n("added a link to a document", "added %(n)s links to documents", "n"),
    "documents.add_version": _n(
        "saved a new version of a document", "saved %(n)s new versions of documents", "n"
    ),
    "documents.save_in_lock": _n(
        "saved a document from a program", "saved documents from programs %(n)s times", "n"
    ),
    "documents.answer_needed": _n(
        "said which document is the one that is needed",
        "said which documents are needed, %(n)s times",
        "n",
    ),
    "documents.approve_document": _n("approved a document", "approved %(n)s documents", "n"),
    "documents.ask_approval": _n(
        "asked for a document to be approved", "asked for %(n)s documents to be approved", "n"
    ),
    "documents.ask_for_document": _n("asked for a document", "asked for %(n)s documents", "n"),
    "documents.change_document": _n(
        "changed what is said of a document", "changed what is said of %(n)s documents", "n"
    ),
    "documents.change_folder": _n("changed a folder", "changed %(n)s folders", "n"),
    "documents.change_link": _n(
        "changed where a link leads", "changed where %(n)s links lead", "n"
    ),
    "documents.change_needed": _n(
        "changed what is needed", "changed what is needed %(n)s times", "n"
    ),
    "documents.check_in": _n("checked in a document", "checked in %(n)s documents", "n"),
    "documents.check_out": _n("checked out a document", "checked out %(n)s documents", "n"),
    "documents.copy_document": _n("copied a document", "copied %(n)s documents", "n"),
    "documents.copy_folder": _n("copied a folder", "copied %(n)s folders", "n"),
    "documents.hold_document": _n("put a document on hold", "put %(n)s documents on hold", "n"),
    "documents.lift_hold": _n(
        "lifted the hold on a document", "lifted the hold on %(n)s documents", "n"
    ),
    "documents.move_document": _n("moved a document", "moved %(n)s documents", "n"),
    "documents.move_folder": _n("moved a folder", "moved %(n)s folders", "n"),
    "documents.publish_document": _n("published a document", "published %(n)s documents", "n"),
    "documents.purge_document": _n(
        "removed a document for good", "removed %(n)s documents for good", "n"
    ),
    "documents.purge_folder": _n(
        "removed a folder for good", "removed %(n)s folders for good", "n"
    ),
    "documents.release_check_out": _n("released a check-out", "released %(n)s check-outs", "n"),
    "documents.remove_needed": _n(
        "withdrew the request for a document", "withdrew the requests for %(n)s documents", "n"
    ),
    "documents.rename_document": _n("renamed a document", "renamed %(n)s documents", "n"),
    "documents.rename_folder": _n("renamed a folder", "renamed %(n)s folders", "n"),
    "documents.restore_document": _n(
        "brought a document back", "brought %(n)s documents back", "n"
    ),
    "documents.restore_folder": _n("brought a folder back", "brought %(n)s folders back", "n"),
    "documents.restore_version": _n(
        "brought back an earlier version", "brought back %(n)s earlier versions", "n"
    ),
    "documents.send_back": _n("sent a document back", "sent %(n)s documents back", "n"),
    "documents.set_folder_phase": _n(
        "said which phase a folder belongs to", "said which phase %(n)s folders belong to", "n"
    ),
    "documents.trash_document": _n(
        "moved a document to the trash", "moved %(n)s documents to the trash", "n"
    ),
    "documents.trash_folder": _n(
        "moved a folder to the trash", "moved %(n)s folders to the trash", "n"
    ),
    "documents.attach": _n("attached a file", "attached %(n)s files", "n"),
    "documents.add_folders": _n("added folders", "added folders", "n"),
    "rooms.answer_question": _n(
        "answered a question from the external room",
        "answered %(n)s questions from the external room",
        "n",
    ),
    "rooms.accept_in_room": _n(
        "answered whether a deliverable is accepted",
        "answered whether %(n)s deliverables are accepted",
        "n",
    ),
    "rooms.answer_request": _n(
        "answered what was to be accepted", "answered %(n)s times what was to be accepted", "n"
    ),
    "rooms.ask_acceptance": _n(
        "asked somebody outside to accept a document",
        "asked %(n)s times that a document be accepted outside",
        "n",
    ),
    "rooms.ask_question": _n(
        "asked a question in the external room", "asked %(n)s questions in the external room", "n"
    ),
    "rooms.hand_in": _n("handed in a file", "handed in %(n)s files", "n"),
    "rooms.publish_item": _n(
        "published in the external room", "published %(n)s things in the external room", "n"
    ),
    "rooms.set_room": _n("set up the external room", "set up the external room %(n)s times", "n"),
    "rooms.set_room_logo": _n(
        "chose the logo of the external room",
        "chose the logo of the external room %(n)s times",
        "n",
    ),
    "rooms.withdraw_item": _n(
        "took something back from the external room",
        "took %(n)s things back from the external room",
        "n",
    ),
    "rooms.withdraw_request": _n(
        "withdrew what was to be accepted", "withdrew %(n)s times what was to be accepted", "n"
    ),
    "sharing.change_outside_share": _n(
        "changed a share outside", "changed %(n)s shares outside", "n"
    ),
    "sharing.change_share": _n("changed a share", "changed %(n)s shares", "n"),
    "sharing.confirm_reviewed": _n(
        "confirmed that a share is needed", "confirmed that %(n)s shares are needed", "n"
    ),
    "sharing.pause_share": _n("paused a share", "paused %(n)s shares", "n"),
    "sharing.renew_link": _n("fetched a link", "fetched %(n)s links", "n"),
    "sharing.set_organisation_policy": _n(
        "set the organisation's rules for sharing",
        "set the organisation's rules for sharing %(n)s times",
        "n",
    ),
    "sharing.set_policy": _n(
        "set the rules for sharing", "set the rules for sharing %(n)s times", "n"
    ),
    "sharing.share": _n("shared something inside", "shared %(n)s things inside", "n"),
    "sharing.share_outside": _n("shared something outside", "shared %(n)s things outside", "n"),
    "sharing.stop_all_sharing": _n(
        "stopped all sharing outside", "stopped all sharing outside %(n)s times", "n"
    ),
    "sharing.stop_share": _n("stopped sharing something", "stopped %(n)s shares", "n"),
}
