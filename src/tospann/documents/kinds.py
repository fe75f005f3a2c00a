"""What kind of file something is, as people know it: by its ending, else by its media type."""

from collections.abc import Mapping

_BY_ENDING: Mapping[str, str] = {
    **dict.fromkeys(("pdf",), "file-pdf"),
    **dict.fromkeys(("xlsx", "xls", "ods", "xlsm"), "file-excel"),
    **dict.fromkeys(("csv", "tsv"), "file-csv"),
    **dict.fromkeys(("docx", "doc", "odt", "rtf", "txt", "md", "docm"), "document"),
    **dict.fromkeys(("pptx", "ppt", "odp"), "board"),
    **dict.fromkeys(("jpg", "jpeg", "png", "gif", "webp", "svg", "tif", "tiff", "heic"), "image"),
    **dict.fromkeys(("zip", "7z", "tar", "gz", "rar"), "archive"),
    **dict.fromkeys(("eml", "msg"), "inbox"),
}
WORD = frozenset({"docx", "doc", "odt", "rtf", "docm"})
SHEET = frozenset({"xlsx", "xls", "ods", "xlsm"})
SLIDES = frozenset({"pptx", "ppt", "odp"})
PLAIN = frozenset({"txt", "md", "csv", "tsv", "json", "xml", "yaml", "yml", "log", "ini"})


def ending(name: str) -> str:
    """``docx`` of “Avtale.DOCX”."""
    return name.rpartition(".")[2].casefold() if "." in name else ""


def icon_of(name: str, media_type: str, is_link: bool = False) -> str:
    if is_link:
        return "external"
    if found := _BY_ENDING.get(ending(name)):
        return found
    return "image" if media_type.startswith("image/") else "file"
