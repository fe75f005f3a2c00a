"""Why a spreadsheet cannot be read as a plan, in nb and en."""

_SAID = {
    "workbook": (
        "Arbeidsboka kunne ikke leses ({detail}).",
        "The workbook could not be read ({detail}).",
    ),
    "text": ("Fila er ikke en lesbar tekstfil.", "The file is not a readable text file."),
    "headings": (
        (
            "Fant ingen overskriftsrad. Den må ha en kolonne med navnet på oppgaven, "
            "for eksempel «Navn» eller «Oppgave»."
        ),
        (
            "No row of headings was found. It needs a column with the name of the task, "
            "such as “Name” or “Task”."
        ),
    ),
    "empty": ("Det er ingen oppgaver i fila.", "There are no tasks in the file."),
    "rows": ("Fila har mer enn {detail} rader.", "The file has more than {detail} rows."),
}


class Unreadable(Exception):
    """The file holds no plan; ``code`` says why."""

    def __init__(self, code: str, detail: object = "") -> None:
        super().__init__(f"{code} {detail}")
        self.code, self.detail = code, str(detail)

    def sentence(self, language: str) -> str:
        return _SAID[self.code][0 if language == "nb" else 1].format(detail=self.detail)
