"""Money through the REST API. Changes also go through the commands (config/expose.py)."""

from tospann.budget.api.costs import router as costs
from tospann.budget.api.lines import router

router.add_router("", costs)

__all__ = ["router"]
