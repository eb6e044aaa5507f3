"""What OpenAPI cannot say of contacts: what goes without what else, and what must be known to the service."""

TEXTS = ("title", "first_name", "last_name", "phone_no", "address")
SITES = (1, 2, 31, 166)
PHONE = "+44 (0)20 7946 0000"


def complete(case):
    """Makes a request right whose parts are right, each by itself."""
    query, headers = case.query or {}, case.headers or {}
    if {"case_id", "site_id"} <= query.keys():
        del query["site_id"]
    if {"if-match", "if-none-match"} <= {name.lower() for name in headers} and case.method.upper() == "PUT":
        del headers["If-None-Match"]
    if isinstance(case.body, dict) and ("contact" in case.path):
        complete_body(case.body, (case.path_parameters or {}).get("case_id"), case.method.upper() == "PATCH")


def complete_body(body, case_id, is_patch):
    """A body is about the case of its path and a known site, and leaves a contact that says something."""
    if "case_id" in body:
        # 7.0 is an integer to a schema.
        body["case_id"] = int(body["case_id"] if case_id is None else case_id)
    if body.get("site_id") is not None:
        body["site_id"] = SITES[int(body["site_id"]) % len(SITES)]
    phone = body.get("phone_no")
    if not is_blank(phone) and (len(phone) < 3 or not any("0" <= letter <= "9" for letter in phone)):
        body["phone_no"] = PHONE
    clears = any(name in body and is_blank(body[name]) for name in TEXTS)
    if clears if is_patch else all(is_blank(body.get(name)) for name in TEXTS):
        body["first_name"] = "Ada"


def is_blank(text):
    return text is None or str(text).strip() == ""
