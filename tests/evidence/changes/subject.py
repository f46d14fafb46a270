"""What a change is applied to: one function of one right program; and how a changed function is written behind it."""

import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from grader.manifest.contract import Signature

RESULTS = {
    "derivatives": {
        "average_slope": "number", "numerical_derivative": "array", "polynomial_derivative": "array",
        "symbolic_derivative": "formula", "derivative_function": "function",
    },
    "update_rule": {"update": "array", "descend": "path", "descend_until": "path"},
    "starting_values": {
        "objective": "array", "slope": "array", "descend": "number", "best_of_restarts": "pair", "classify_critical_point": "text",
    },
    "descent_2d": {"partial_derivatives": "formula", "gradient_function": "function", "descend": "path"},
    "ascent_challenge": {
        "ascend_by_update": "path", "negated": "function", "ascend_by_objective": "path", "find_local_maximum": "pair",
    },
    "sigmoid_neuron": {"sigmoid": "array", "loss": "number", "grad_w": "number", "grad_b": "number", "fit": "path"},
    "stochastic_descent": {"loss_gradient": "array", "minibatches": "batches", "stochastic_descent": "path"},
    "optimizers": dict.fromkeys(("momentum", "nesterov", "adagrad", "rmsprop", "adam"), "path"),
    "image_gradients": {"image_gradients": "pair", "gradient_magnitude": "array", "gradient_direction": "array", "edges": "mask"},
    "gradient_fields": {
        "gradient_field": "pair", "pressure_acceleration": "pair", "directional_derivative": "array", "trace": "path",
    },
}  # fmt: skip
NUMERIC = ("number", "array", "path", "pair", "function")
CALLABLES = ("f", "function", "gradient", "descend")
POINTS = ("start", "starts", "coefficients", "hessian", "parameters", "direction", "parameter")
TABLES = ("X", "Y", "y", "image", "field", "pressure")
COUNTS = ("epochs", "max_epochs", "n_steps")
RATES = ("learning_rate", "step")
OTHERS = ("expression", "variable", "variables", "rng", "n", "batch_size")


@dataclass(frozen=True)
class Subject:
    """One function of a right program."""

    slug: str
    signature: Signature
    source: str

    @property
    def name(self) -> str:
        return self.signature.name

    @property
    def result(self) -> str:
        return RESULTS[self.slug][self.name]

    @property
    def names(self) -> tuple[str, ...]:
        return self.signature.parameters

    def of(self, *roles: str) -> list[str]:
        """Return those parameters that have one of these names."""
        return [name for name in self.names if name in roles]

    @property
    def numbers(self) -> list[str]:
        return [name for name in self.names if name not in CALLABLES + POINTS + TABLES + COUNTS + OTHERS]

    def call(self, **instead: str) -> str:
        """Return a call of the right function with its own parameters, or with these expressions instead."""
        return f"right({', '.join(instead.get(name, name) for name in self.names)})"


# A change's own text: the body of the function, and what stands before it, if its state lives between calls. None: does not fit.
Written = str | tuple[str, str] | None
Change = Callable[[Subject, Random], Written]

TOOLS = """
import numpy as np
import sympy as sp


def _each(answer, change):
    if callable(answer) and not isinstance(answer, sp.Basic):
        return lambda *given: _each(answer(*given), change)
    if isinstance(answer, tuple) and len(answer) == 2 and any(np.ndim(part) for part in answer):
        return tuple(_each(part, change) for part in answer)
    values = np.array(answer, dtype=float)
    changed = change(values)
    return changed if values.ndim or not isinstance(changed, np.ndarray) or changed.ndim or changed.dtype == object else changed[()]


def _rows(answer):
    return np.array(answer, dtype=float)
"""


def behind(subject: Subject, written: str | tuple[str, str], signature: str | None = None) -> str:
    """Return the program with a function put in the place of its own."""
    before, body = ("", written) if isinstance(written, str) else written
    changed = (
        f"def _changed(right):\n{textwrap.indent(textwrap.dedent(before).strip(), '    ')}\n"
        f"    def {signature or subject.signature.text}:\n{textwrap.indent(textwrap.dedent(body).strip(), '        ')}\n"
        f"    return {subject.name}\n\n\n{subject.name} = _changed({subject.name})\n"
    )
    return f"{subject.source}\n\n{TOOLS}\n\n{changed}"
