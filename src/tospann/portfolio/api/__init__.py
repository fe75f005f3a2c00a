"""The portfolio in the REST API: the list, and what is looked at across projects."""

from tospann.portfolio.api.across import router as across
from tospann.portfolio.api.overview import router

router.add_router("", across)

__all__ = ["router"]
