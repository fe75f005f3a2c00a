"""The one router of this capability's addresses."""

from ninja import Router

router = Router(tags=["documents"])
