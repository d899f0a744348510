"""Everything that is wrong with plain arguments, so that people mend all of it in one go.

`rule.py` stops at the first fault, which is fast; this is asked only once there is one.
"""

from collections.abc import Iterator, Mapping

from rules.regulations.refusal import Refusal
from rules.regulations.rule import Many, Maybe, Parameter, Record, missing, unknown
from rules.regulations.shapes import Scalar


def faults_of(
    parameters: Mapping[str, Parameter], given: Mapping[str, object], prefix: str = ""
) -> Iterator[Refusal]:
    """Every refusal of these arguments: unknown names, then missing ones, then bad values."""
    yield from (unknown(parameters, name, prefix) for name in given if name not in parameters)
    yield from missing(parameters, given, prefix)
    for name, parameter in parameters.items():
        if name in given:
            yield from _of_value(parameter.shape, f"{prefix}{name}", given[name])


def _of_value(shape: Scalar, argument: str, value: object) -> Iterator[Refusal]:
    match shape:
        case Maybe() if value is not None:
            yield from _of_value(shape.inner, argument, value)
        case Many() if isinstance(value, list):
            for index, item in enumerate(value):
                yield from _of_value(shape.inner, f"{argument}[{index}]", item)
        case Record() if isinstance(value, dict):
            yield from faults_of(shape.parameters, value, f"{argument}.")
        case _:
            try:
                shape.check(argument, shape.read(argument, value))
            except Refusal as refusal:
                yield refusal
