"""What OpenAPI cannot say: which parameters need each other, which numbers may not be in the other order, and how long all of
them may be together.

schemathesis makes requests of a description that knows each parameter by itself. Those it takes for right are completed
here until they are; those it takes for wrong stay as they are.
"""

import re
from urllib.parse import quote

import schemathesis

NEAR = ("near", "12.5,41.9")
SEARCH = ("q", "isl")
NEEDS = {"radius": NEAR, "nearest": NEAR}
SORT_NEEDS = {"distance": NEAR, "relevance": SEARCH}
MOST_WORDS = 12
# Longer targets get 414, whatever is in them.
MOST_BYTES = 8000


@schemathesis.hook
def filter_case(context, case):
    parameters = (case.query or {}).items()
    return sum(len(quote(f"{name}={value}&")) for name, value in parameters) < MOST_BYTES


@schemathesis.hook
def map_case(context, case):
    meta = case.meta
    if case.query and (meta is None or meta.generation.mode.is_positive):
        known = {parameter.name for parameter in case.operation.query}
        complete(case.query, known)
    return case


def complete(query, known):
    """Adds what is needed, as far as the operation knows it, and puts in order what is not."""
    needed = [NEEDS[name] for name in NEEDS if name in query]
    needed += [SORT_NEEDS[key] for key in SORT_NEEDS if str(query.get("sort", "")).lstrip("-") == key]
    for name, value in needed:
        if name in known:
            query.setdefault(name, value)
    if "q" in query and not 1 <= len(re.findall(r"[^\W_]+", str(query["q"]))) <= MOST_WORDS:
        query["q"] = SEARCH[1]
    for name in ("inscribed", "area"):
        if name in query:
            query[name] = ascending(str(query[name]), "..")
    if "bbox" in query:
        west, south, east, north = str(query["bbox"]).split(",")
        south, north = sorted((south, north), key=float)
        query["bbox"] = ",".join((west, south, east, north))


def ascending(text, separator):
    """The same range with its lower end first."""
    ends = text.split(separator)
    return separator.join(sorted(ends, key=float)) if all(ends) else text
