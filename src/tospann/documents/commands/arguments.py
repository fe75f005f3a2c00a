"""Arguments that several of the commands take."""

from typing import Annotated

from pydantic import StringConstraints

MediaType = Annotated[
    str, StringConstraints(max_length=100, pattern=r"^[a-z]+/[A-Za-z0-9][A-Za-z0-9.+-]*$")
]
FolderNumber = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=40, pattern=r"^[0-9]{1,2}(\.[0-9]{1,2})*$"),
]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
"""What somebody says of a version or a check-out."""
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=500)]
SourceReference = Annotated[
    str, StringConstraints(max_length=100, pattern=r"^$|^[a-z_]+\.[a-z_]+:[0-9a-f-]{32,36}$")
]
WebAddress = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=500, pattern=r"^https?://[^\s/]+\S*$"),
]
