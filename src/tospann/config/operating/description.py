"""Printing the description of the API, such as for the committed snapshot."""

import argparse
import json

from tospann.config.operating.refusals import say


def openapi(asked: argparse.Namespace) -> int:
    """OpenAPI as JSON on standard output."""
    import django

    django.setup()
    from tospann.config import api

    say(json.dumps(api.description(), indent=1, ensure_ascii=False, sort_keys=True))
    return 0
