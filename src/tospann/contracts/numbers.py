"""Numbers with check digits: organisation numbers and payment references (KID)."""

_WEIGHTS = (2, 3, 4, 5, 6, 7)


def is_organisation_number(typed: str) -> bool:
    """Nine digits whose last one checks the others; spaces and a leading NO or MVA do not count."""
    from stdnum.no import orgnr

    return bool(orgnr.is_valid(compact(typed)))


def compact(typed: str) -> str:
    """The digits of an organisation number as it is kept."""
    said = "".join(typed.upper().split()).removesuffix("MVA").removeprefix("NO")
    return said.replace(".", "").replace("-", "")


def is_kid(typed: str) -> bool:
    """A payment reference: 2–25 digits, the last a check digit by MOD10 or MOD11 (may be "-")."""
    said = "".join(typed.split())
    body, check = said[:-1], said[-1:]
    if not (2 <= len(said) <= 25 and said.isascii() and body.isdigit()):
        return False
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(body)))
    mod10 = -sum(part // 10 + part % 10 for part in doubled) % 10
    weighed = (int(d) * _WEIGHTS[place % 6] for place, d in enumerate(reversed(body)))
    mod11 = -sum(weighed) % 11
    return check in {str(mod10), "-" if mod11 == 10 else str(mod11)}
