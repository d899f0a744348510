"""Checks requests and answers against an OpenAPI 3.0 document; for any fake or sandbox of Zoom."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from jsonschema import Draft4Validator

_READERS = {"integer": int, "number": float, "boolean": {"true": True, "false": False}.__getitem__}


class Contract:
    """`problems_of_*` list what is wrong, in words; an empty list is a valid message."""

    def __init__(self, path: Path) -> None:
        self.document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))

    def problems_of_request(
        self, method: str, path: str, query: Mapping[str, str], body: Any
    ) -> list[str]:
        """`path` without the server's prefix and still percent-encoded."""
        operation, in_path = self._operation(method, path)
        if operation is None:
            return [f"{method} {path}: no such operation"]
        parameters = {(p["in"], p["name"]): p for p in operation.get("parameters", ())}
        found = [*self._body(operation.get("requestBody"), body)]
        found += [f"query {name}: unknown" for name in query if ("query", name) not in parameters]
        for (place, name), parameter in parameters.items():
            values = in_path if place == "path" else query
            found += self._parameter(parameter, values.get(name))
        return [f"{method} {path}: {problem}" for problem in found]

    def problems_of_answer(self, method: str, path: str, status: int, body: Any) -> list[str]:
        operation, _ = self._operation(method, path)
        answer = (operation or {"responses": {}})["responses"].get(str(status))
        if answer is None:
            return [f"{method} {path}: no answer {status}"]
        found = self._body(answer, body)
        return [f"{method} {path} -> {status}: {problem}" for problem in found]

    def _operation(self, method: str, path: str) -> tuple[dict[str, Any] | None, dict[str, str]]:
        for pattern, item in self._paths:
            match = pattern.fullmatch(path)
            if match and method.lower() in item:
                values = {name: unquote(value) for name, value in match.groupdict().items()}
                return item[method.lower()], values
        return None, {}

    @cached_property
    def _paths(self) -> list[tuple[re.Pattern[str], dict[str, Any]]]:
        return [
            (re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", template)), item)
            for template, item in self.document["paths"].items()
        ]

    def _parameter(self, parameter: Mapping[str, Any], text: str | None) -> Iterator[str]:
        label = f"{parameter['in']} {parameter['name']}"
        if text is None:
            if parameter.get("required"):
                yield f"{label}: missing"
            return
        schema = parameter["schema"]
        if "$ref" in schema:
            schema = self.document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
        try:
            value = _READERS.get(schema.get("type", "string"), str)(text)
        except (KeyError, ValueError):
            yield f"{label}: {text!r} is not {schema['type']}"
            return
        yield from (f"{label}: {problem}" for problem in self._against(schema, value))

    def _body(self, holder: Mapping[str, Any] | None, body: Any) -> Iterator[str]:
        content = (holder or {}).get("content")
        if not content:
            if body is not None:
                yield "a body where there should be none"
            return
        schema = next(iter(content.values()))["schema"]
        yield from (f"body {problem}" for problem in self._against(schema, body))

    def _against(self, schema: Mapping[str, Any], value: Any) -> Iterator[str]:
        # The document's components ride along so that "#/components/..." finds them.
        whole = {"allOf": [schema], "components": self.document["components"]}
        for error in Draft4Validator(whole).iter_errors(value):
            yield f"{'/'.join(map(str, error.absolute_path)) or '.'}: {error.message}"
