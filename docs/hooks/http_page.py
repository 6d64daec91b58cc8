"""The HTTP reference as Markdown, from the service's own OpenAPI document."""

import json
from typing import Any

_HEAD = """\
# HTTP reference

Written at build time from the service's OpenAPI document. A running service has it at `/openapi.json` and `/docs`.
Errors are problem details (RFC 9457), `application/problem+json`. A store with keys wants `Authorization: Bearer KEY`.
[The HTTP guide](../http.md) explains the fields.
"""


def http_page(document: dict[str, Any]) -> str:
    """One section for each operation and one for each schema."""
    schemas = document["components"]["schemas"]
    operations = [
        _operation(method, path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    bodies = [_schema(name, schema) for name, schema in sorted(schemas.items())]
    return "\n".join([_HEAD, "## Operations\n", *operations, "## Bodies\n", *bodies])


def _operation(method: str, path: str, operation: dict[str, Any]) -> str:
    lines = [f"### {method.upper()} {path}\n", operation.get("description") or operation["summary"], ""]
    if parameters := operation.get("parameters"):
        lines += ["| parameter | in | type | meaning |", "|---|---|---|---|"]
        lines += [_parameter(parameter) for parameter in parameters] + [""]
    if body := operation.get("requestBody"):
        lines += [f"Body: {_content(body['content'])}\n"]
    answers = (f"{status} ({_content(reply.get('content', {}))})" for status, reply in operation["responses"].items())
    return "\n".join([*lines, f"Answers: {', '.join(answers)}.", ""])


def _parameter(parameter: dict[str, Any]) -> str:
    needed = ", required" if parameter.get("required") else ""
    meaning = parameter.get("description", "")
    return f"| `{parameter['name']}` | {parameter['in']} | {_type(parameter['schema'])}{needed} | {meaning} |"


def _schema(name: str, schema: dict[str, Any]) -> str:
    lines = [f"### {name}\n"]
    if "description" in schema:
        lines += [" ".join(schema["description"].split()), ""]
    if properties := schema.get("properties"):
        lines += ["| field | type | meaning |", "|---|---|---|"]
        needed = schema.get("required", ())
        for field, described in properties.items():
            must = ", required" if field in needed else ""
            lines.append(f"| `{field}` | {_type(described)}{must} | {described.get('description', '')} |")
    return "\n".join([*lines, ""])


def _content(content: dict[str, Any]) -> str:
    return ", ".join(f"`{kind}`: {_type(entry.get('schema', {}))}" for kind, entry in content.items()) or "empty"


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if choices := schema.get("anyOf"):
        return " or ".join(_type(choice) for choice in choices)
    if "enum" in schema or "const" in schema:
        return ", ".join(f"`{json.dumps(value)}`" for value in schema.get("enum", [schema.get("const")]))
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    return str(schema.get("format") or schema.get("type", "anything"))
