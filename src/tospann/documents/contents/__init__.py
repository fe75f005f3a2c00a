"""What is known about the bytes of a document: examined once, in a confined child.

contents.examined(sha256)            what they really are, with warnings and words; reads if needed
contents.remarks(name, found)        what people should know, in sentences
contents.outside(name, sha256, size) why somebody from outside may not have them, or None
"""

from tospann.documents.contents.examining import examined, known, words
from tospann.documents.contents.remarks import (
    Remark,
    known_outside,
    known_outside_of,
    outside,
    remarks,
)

__all__ = [
    "Remark",
    "examined",
    "known",
    "known_outside",
    "known_outside_of",
    "outside",
    "remarks",
    "words",
]
