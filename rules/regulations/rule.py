"""What makes a function a rule: its clauses, and every argument checked by its annotation.

The annotations are read once, at the first call or listing, not at import.
"""

import functools
import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from types import MappingProxyType, NoneType, UnionType
from typing import Annotated, ParamSpec, TypeVar, Union, get_args, get_origin
from typing import get_type_hints as hints_of

from rules.regulations.answer import Answer
from rules.regulations.refusal import Refusal
from rules.regulations.shapes import PLAIN, Scalar, refuse

Check = Callable[[str, object], None]
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
_SHOWN = 40
REQUIRED = inspect.Parameter.empty


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values of an enumeration."""

    kind: type[StrEnum]

    @property
    def told(self) -> str:
        return "one of " + ", ".join(self.kind)

    def check(self, argument: str, value: object) -> None:
        if not isinstance(value, self.kind):
            refuse(argument, self.told, value)

    def read(self, argument: str, value: object) -> StrEnum:
        if not isinstance(value, str) or value not in set(self.kind):
            refuse(argument, self.told, value)
        return self.kind(value)


@dataclass(frozen=True, slots=True)
class Maybe:
    """A value or None."""

    inner: Scalar

    @property
    def told(self) -> str:
        return f"{self.inner.told}, or null"

    def check(self, argument: str, value: object) -> None:
        if value is not None:
            self.inner.check(argument, value)

    def read(self, argument: str, value: object) -> object:
        return None if value is None else self.inner.read(argument, value)


@dataclass(frozen=True, slots=True)
class Many:
    """A tuple of values of one kind; a JSON list."""

    inner: Scalar

    @property
    def told(self) -> str:
        return f"a list of {self.inner.told}"

    def check(self, argument: str, value: object) -> None:
        if not isinstance(value, tuple):
            refuse(argument, "a tuple", value)
        check = self.inner.check
        for index, item in enumerate(value):
            try:
                check(argument, item)
            except Refusal:
                # Refused again under its full name, which only bad values pay for.
                check(f"{argument}[{index}]", item)

    def read(self, argument: str, value: object) -> tuple[object, ...]:
        if not isinstance(value, list | tuple):
            refuse(argument, self.told, value)
        return tuple(
            self.inner.read(f"{argument}[{index}]", item) for index, item in enumerate(value)
        )


@dataclass(frozen=True, slots=True)
class Record:
    """A frozen dataclass; a JSON object with its fields' names."""

    kind: type
    parameters: Mapping[str, "Parameter"]
    checks: tuple[tuple[str, Check], ...]

    @property
    def told(self) -> str:
        inside = "; ".join(f"{name}: {field.told}" for name, field in self.parameters.items())
        return f"an object {{{inside}}}"

    def check(self, argument: str, value: object) -> None:
        if not isinstance(value, self.kind):
            refuse(argument, self.told, value)
        for name, check in self.checks:
            try:
                check(argument, getattr(value, name))
            except Refusal:
                # Refused again under its full name, as above.
                check(f"{argument}.{name}", getattr(value, name))

    def read(self, argument: str, value: object) -> object:
        if not isinstance(value, dict):
            refuse(argument, self.told, value)
        made: object = self.kind(**read_arguments(self.parameters, value, f"{argument}."))
        return made


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument of a rule, or one field of a record."""

    shape: Scalar
    default: object = REQUIRED

    @property
    def told(self) -> str:
        if self.default is REQUIRED:
            return self.shape.told
        plain = "null" if self.default is None else str(self.default)
        return f"{self.shape.told} (default {plain or 'none'})"


def shape_of(annotation: object) -> Scalar:
    """The shape that an annotation stands for."""
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        shape: Scalar = inside[1]
        return shape
    if origin in {UnionType, Union}:
        return Maybe(shape_of(next(part for part in inside if part is not NoneType)))
    if origin is tuple:
        return Many(shape_of(inside[0]))
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return Choice(annotation)
    if isinstance(annotation, type) and is_dataclass(annotation):
        parameters = _fields_of(annotation)
        checks = tuple((name, one.shape.check) for name, one in parameters.items())
        return Record(annotation, parameters, checks)
    return next(shape for kind, shape in PLAIN.items() if kind is annotation)


def _fields_of(kind: type) -> Mapping[str, Parameter]:
    hints = hints_of(kind, include_extras=True)
    defaults = inspect.signature(kind).parameters
    return MappingProxyType(
        {
            part.name: Parameter(shape_of(hints[part.name]), defaults[part.name].default)
            for part in fields(kind)
        }
    )


def read_arguments(
    parameters: Mapping[str, Parameter], given: Mapping[str, object], prefix: str = ""
) -> dict[str, object]:
    """Plain data as arguments; refuses unknown names first, then missing ones."""
    for name in given:
        if name not in parameters:
            raise unknown(parameters, name, prefix)
    for refusal in missing(parameters, given, prefix):
        raise refusal
    return {name: parameters[name].shape.read(prefix + name, given[name]) for name in given}


def unknown(parameters: Mapping[str, Parameter], name: str, prefix: str) -> Refusal:
    """The refusal of a name that is none of the parameters."""
    path, known = prefix + name[:_SHOWN], ", ".join(parameters) or "none"
    return Refusal("unknown_input", path, f"{path}: not known; known: {known}")


def missing(
    parameters: Mapping[str, Parameter], given: Mapping[str, object], prefix: str
) -> Iterator[Refusal]:
    """The refusals of what must be given and is not."""
    for name, parameter in parameters.items():
        if parameter.default is REQUIRED and name not in given:
            path = f"{prefix}{name}"
            yield Refusal("missing_input", path, f"{path}: missing; expected {parameter.told}")


@functools.cache
def parameters_of(function: Callable[..., object]) -> Mapping[str, Parameter]:
    """The arguments of a rule, in order."""
    plain = inspect.unwrap(function)
    hints = hints_of(plain, include_extras=True)
    return MappingProxyType(
        {
            name: Parameter(shape_of(hints[name]), parameter.default)
            for name, parameter in inspect.signature(plain).parameters.items()
        }
    )


def rule(
    *clauses: str,
) -> Callable[[Callable[Arguments, Answer[Result]]], Callable[Arguments, Answer[Result]]]:
    """Marks a function as the rule of these clauses and checks its arguments at every call."""

    def mark(
        function: Callable[Arguments, Answer[Result]],
    ) -> Callable[Arguments, Answer[Result]]:
        in_order: list[tuple[str, Check]] = []
        by_name: dict[str, Check] = {}

        @functools.wraps(function)
        def checked(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer[Result]:
            if not in_order:
                in_order.extend(
                    (name, one.shape.check) for name, one in parameters_of(function).items()
                )
                by_name.update(in_order)
            for (name, check), value in zip(in_order, args):  # noqa: B905 - strict= costs a quarter of the loop
                check(name, value)
            if kwargs:
                for name, value in kwargs.items():
                    if name in by_name:
                        by_name[name](name, value)
            return function(*args, **kwargs)

        checked.__dict__["clauses"] = clauses
        return checked

    return mark


def clauses_of(function: Callable[..., object]) -> tuple[str, ...]:
    """The clauses that a rule implements, as the register names them."""
    clauses: tuple[str, ...] = function.__dict__["clauses"]
    return clauses
