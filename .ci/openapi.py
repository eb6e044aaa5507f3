"""What OpenAPI cannot say: which parameters need each other, which numbers may not be in the other order, how long all of them
may be together, that an empty one is none, and what a part of a document is.

schemathesis makes requests of a description that knows each parameter by itself. Those it takes for right are completed
here until they are; those it takes for wrong stay as they are. `openapi_contacts` and `openapi_sites` do so for changes.
"""

import hashlib
import json
import os
import re
import sys
from pathlib import Path
from urllib.parse import quote

import schemathesis

sys.path.append(str(Path(__file__).parent))
import openapi_contacts
import openapi_sites

NEAR = ("near", "12.5,41.9")
SEARCH = ("q", "isl")
NEEDS = {"radius": NEAR, "nearest": NEAR}
SORT_NEEDS = {"distance": NEAR, "relevance": SEARCH}
# What is for one format only: these values, or for one parameter any but this.
FORMATS = {"geometry": ({"components"}, "geojson"), "flat": ({"true"}, "geojson"), "bom": ({"true"}, "csv"),
           "fields": ({"curated", "notes"}, "json"), "theme": ({"dark"}, "svg"), "width": (set(), "svg")}
WIDTH = "1000"
MOST_WORDS = 12
# Longer targets get 414, whatever is in them.
MOST_BYTES = 8000


@schemathesis.hook
def filter_case(context, case):
    parameters = (case.query or {}).items()
    length = sum(len(quote(f"{name}={value}&")) for name, value in parameters)
    # A part of a JSON document is none, though its media type is that of JSON (RFC 9110, 15.3.7).
    part_of_json = "json" in case.path and "Range" in (case.headers or {})
    return length < MOST_BYTES and not part_of_json and not any(is_empty(value) for _, value in parameters)


def is_empty(value):
    """Whether a value is sent as nothing, which means that the parameter is not given: forms send what is left empty."""
    texts = value if isinstance(value, list) else [value]
    return value == {} or all(str(text).strip() == "" for text in texts[:1]) and len(texts) < 2


@schemathesis.hook
def before_call(context, case, kwargs):
    # As a browser sends what somebody typed. Without it a change that has no token is taken for one of another site.
    if case.method.upper() not in ("GET", "HEAD", "OPTIONS"):
        case.headers["Sec-Fetch-Site"] = "none"
    # What a link found null is not sent.
    for name in [name for name, value in case.headers.items() if value is None]:
        del case.headers[name]
    # What a link takes out of an answer may look like a number. Only then is it known whether the request is right.
    case.headers.update((name, str(value)) for name, value in case.headers.items() if isinstance(value, (int, float)))
    # Not in `map_case`, which sees no example of the description.
    if case.meta is None or case.meta.generation.mode.is_positive:
        if case.path.startswith("/api/whcsites"):
            openapi_sites.complete(case)
        else:
            openapi_contacts.complete(case)
        settle_key(case)


def settle_key(case):
    """Makes the key of a request one for its body."""
    if "Idempotency-Key" in case.headers:
        digest = hashlib.sha256(json.dumps(case.body, default=str).encode()).hexdigest()
        case.headers["Idempotency-Key"] = case.headers["Idempotency-Key"][:100] + digest


if os.environ.get("TOKEN"):

    @schemathesis.auth(refresh_interval=None)
    class Bearer:
        def get(self, case, context):
            return os.environ["TOKEN"]

        def set(self, case, token, context):
            case.headers["Authorization"] = f"Bearer {token}"


@schemathesis.hook
def map_case(context, case):
    meta = case.meta
    if case.query and (meta is None or meta.generation.mode.is_positive):
        known = {parameter.name for parameter in case.operation.query}
        complete(case.query, known)
        # The path of a download names its format.
        if "f" in known and "downloads" not in case.path:
            settle_format(case.query)
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


def settle_format(query):
    """Asks for the format of the first parameter that needs one, and leaves out those that need another."""
    needing = [name for name, (values, _) in FORMATS.items() if values & words(query.get(name, ""))]
    needing += ["width"] if str(query.get("width", WIDTH)) != WIDTH else []
    for name in needing:
        wanted = FORMATS[name][1]
        if wanted != FORMATS[needing[0]][1]:
            del query[name]
        elif not str(query.get("f", "")).startswith(wanted):
            query["f"] = wanted


def words(value):
    """The values of a list, however it is sent."""
    texts = value if isinstance(value, list) else str(value).split(",")
    return {str(text).strip().lower() for text in texts}


def ascending(text, separator):
    """The same range with its lower end first."""
    ends = text.split(separator)
    return separator.join(sorted(ends, key=float)) if all(ends) else text
