"""What a change of the plan does: dates, chances, money, load, promises, people. Writes nothing.

``quick`` answers at once, without percentiles; ``full`` simulates both plans and takes longer.
"""

from tospann.cases.consequences import Consequences
from tospann.planning.consequences.computing import full, quick

__all__ = ["Consequences", "full", "quick"]
