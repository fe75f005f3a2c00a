"""Document templates, and the documents that are filled in from them."""

from tospann.blanks.views.files import filled_docx, filled_pdf
from tospann.blanks.views.lists import start_filled, template, templates
from tospann.blanks.views.news import filled_earlier, filled_news, use_earlier
from tospann.blanks.views.saving import save_filled
from tospann.blanks.views.sending import (
    discard_filled,
    rename_filled,
    reopen_filled,
    revise_filled,
    send_filled,
)
from tospann.blanks.views.talking import comment_on_filled, settle_filled_comment
from tospann.blanks.views.wording import (
    remove_word_template,
    set_word_template,
    word_start,
    word_template,
    word_templates,
)
from tospann.blanks.views.writing import edition, filled

__all__ = [
    "comment_on_filled",
    "discard_filled",
    "edition",
    "filled",
    "filled_docx",
    "filled_earlier",
    "filled_news",
    "filled_pdf",
    "remove_word_template",
    "rename_filled",
    "reopen_filled",
    "revise_filled",
    "save_filled",
    "send_filled",
    "set_word_template",
    "settle_filled_comment",
    "start_filled",
    "template",
    "templates",
    "use_earlier",
    "word_start",
    "word_template",
    "word_templates",
]
