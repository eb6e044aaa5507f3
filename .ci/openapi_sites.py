"""What OpenAPI cannot say of changes of sites: a reason is given once, a body is about the site of its path."""


def complete(case):
    """Makes a request right whose parts are right, each by itself."""
    if "X-Change-Reason" in (case.headers or {}):
        (case.query or {}).pop("reason", None)
        if isinstance(case.body, dict):
            case.body.pop("reason", None)
    elif case.method.upper() == "DELETE" and case.path.endswith("{id}"):
        # A value that is nothing is not sent.
        given = (case.query or {}).get("reason")
        case.query = {**(case.query or {}), "reason": given if isinstance(given, str) and given.strip() else "It is gone"}
    if isinstance(case.body, dict) and "id" in case.body and "id" in (case.path_parameters or {}):
        case.body["id"] = case.path_parameters["id"]
