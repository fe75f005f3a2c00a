"""Sums of money in the database, exact to the øre in both kinds of it."""

from typing import Any

from django.db.models import Case, DecimalField, F, Q, Sum, Value, When


class InOre(Sum):
    """As ``Sum``; SQLite adds whole øre, since it would add kroner as binary fractions."""

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        inner, parameters = compiler.compile(self.get_source_expressions()[0])
        return f"SUM(CAST(ROUND({inner} * 100) AS INTEGER)) / 100.0", parameters


def summed(field: Any, only: Q | None = None) -> Sum:
    """The sum of a field (or expression) of money, ``only`` of some rows; 0 of no rows."""
    kept: DecimalField[Any, Any] = DecimalField(max_digits=20, decimal_places=2)
    if only is not None:
        amount = F(field) if isinstance(field, str) else field
        field = Case(When(only, then=amount), default=Value(0), output_field=kept)
    return InOre(field, default=0, output_field=kept)
