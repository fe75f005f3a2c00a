"""What a computed cell comes to: plain arithmetic on the other cells of its row."""

import ast
import operator
from collections.abc import Callable, Mapping
from decimal import Decimal, DivisionByZero, InvalidOperation
from typing import Any

from tospann.blanks.definition import Column, Field
from tospann.blanks.values import as_decimal, is_empty

Amount = Decimal | list[Decimal | None] | None
_TWO: Mapping[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def computed(field: Field, column: Column, row: Mapping[str, Any]) -> Any:
    """The cell of a ``calc`` column, kept like a typed one; None when something is missing."""
    if not column.formula:
        return None
    cells = {one.key: _amount(row.get(one.key)) for one in field.columns}
    try:
        found = _value(ast.parse(column.formula, mode="eval").body, cells)
    except (ValueError, InvalidOperation, DivisionByZero):
        return None
    if isinstance(found, list):
        return [None if one is None else _kept(one) for one in found]
    return None if found is None else _kept(found)


def with_computed(field: Field, row: dict[str, Any]) -> dict[str, Any]:
    """The row with its computed cells."""
    made = {c.key: computed(field, c, row) for c in field.columns if c.formula}
    return {**row, **made} if made else row


def _kept(amount: Decimal) -> str:
    return f"{round(amount, 2).normalize():f}"


def _amount(value: Any) -> Amount:
    if isinstance(value, list):
        return [None if is_empty(one) else as_decimal(one) for one in value]
    return None if is_empty(value) else as_decimal(value)


def _value(node: ast.expr, cells: Mapping[str, Amount]) -> Amount:
    match node:
        case ast.Constant(value=int() | float() as number):
            return Decimal(str(number))
        case ast.Name(id=name):
            return cells.get(name)
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return _both(ast.Sub(), Decimal(0), _value(inner, cells))
        case ast.BinOp(left=left, op=op, right=right):
            return _both(op, _value(left, cells), _value(right, cells))
        case ast.Call(func=ast.Name(id="sum"), args=[inner]):
            found = _value(inner, cells)
            amounts = found if isinstance(found, list) else [found]
            given = [one for one in amounts if one is not None]
            return sum(given, Decimal(0)) if given else None
    raise ValueError("more than arithmetic")


def _both(op: ast.operator, left: Amount, right: Amount) -> Amount:
    if isinstance(left, list) or isinstance(right, list):
        length = max(len(one) for one in (left, right) if isinstance(one, list))
        pairs = zip(_stretched(left, length), _stretched(right, length), strict=True)
        return [None if (v := _both(op, a, b)) is None else Decimal(str(v)) for a, b in pairs]
    if left is None or right is None:
        return None
    return _TWO[type(op)](left, right)


def _stretched(amount: Amount, length: int) -> list[Decimal | None]:
    if isinstance(amount, list):
        return [*amount, *[None] * (length - len(amount))]
    return [amount] * length
