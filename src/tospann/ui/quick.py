"""Jinja's own work on a page, made shorter: a page shows a thousand values and makes as many calls.

The same text comes out; only what Jinja asks again for every value is asked once, or not at all.
"""

import re
from types import FunctionType
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from jinja2.utils import _PassArg
from markupsafe import Markup, escape

_SPECIAL = re.compile("[&<>'\"]").search


class QuickCode(CodeGenerator):
    """Markup is written as it is, not made anew each time it passes from macro to macro."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        known = frame.eval_ctx.autoescape and not frame.eval_ctx.volatile
        if known and finalize.src is None:
            self.write("environment.text(")
        else:
            super()._output_child_pre(node, frame, finalize)


class QuickContext(Context):
    """Macros and functions are called at once, without looking for a context they do not take."""

    def call(self, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        if type(obj) is Macro:
            args = (self.eval_ctx, *args)
        elif type(obj) is not FunctionType:
            return super().call(obj, *args, **kwargs)
        elif wanted := getattr(obj, "jinja_pass_arg", None):
            if wanted is not _PassArg.eval_context:
                return super().call(obj, *args, **kwargs)
            args = (self.eval_ctx, *args)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return obj(*args, **kwargs)


class Pages(Environment):
    """Jinja's environment, quicker with rows: `row.name` looks in a dictionary first."""

    code_generator_class = QuickCode
    context_class = QuickContext

    @staticmethod
    def text(value: Any) -> str:
        """The value as it stands in a page. Most need nothing done, and to see that is quick."""
        kind = type(value)
        if kind is Markup or (kind is str and not _SPECIAL(value)):
            return value  # type: ignore[no-any-return]  # it is text
        return str(value) if kind is int else escape(value)

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)
