"""plan-oracle/1: a plan as JSON with the dates and slack another program stored for it."""

from planengine.formats.plan_oracle.expected import FIELDS, Expected, OraclePlan
from planengine.formats.plan_oracle.reader import read
from planengine.formats.plan_oracle.writer import to_json

__all__ = ["FIELDS", "Expected", "OraclePlan", "read", "to_json"]
