"""Reads what 'rolecall policy check --json' prints; prints each problem as GitHub's annotation.

https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
"""

import json
import sys

LEVELS = {"error": "error", "note": "notice"}
# What GitHub calls the fields of a problem. A file that cannot be read has no line.
PROPERTIES = {"file": "file", "line": "line", "column": "col", "code": "title"}


def values(text):
    """The JSON values of a text: one, or one a line."""
    decoder, at = json.JSONDecoder(), 0
    while text[at:].strip():
        at += len(text[at:]) - len(text[at:].lstrip())
        value, at = decoder.raw_decode(text, at)
        yield value


def problems(value):
    """The objects with a file and a message, at any depth."""
    if isinstance(value, list):
        for each in value:
            yield from problems(each)
    elif isinstance(value, dict):
        if {"file", "message"} <= value.keys():
            yield value
        else:
            yield from problems(list(value.values()))


def escaped(text):
    return str(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escaped_property(text):
    return escaped(text).replace(":", "%3A").replace(",", "%2C")


def annotation(problem):
    properties = ",".join(
        f"{name}={escaped_property(problem[field])}"
        for field, name in PROPERTIES.items()
        if field in problem
    )
    level = LEVELS.get(problem.get("severity"), "warning")
    return f"::{level} {properties}::{escaped(problem['message'])}"


for answer in values(sys.stdin.read()):
    for found in problems(answer):
        print(annotation(found))
