//! The whole description, in OpenAPI 3.1.

use serde_json::{Map, Value, json};

use super::{headers, parameters, responses, schemas, security};

const ABOUT: &str = "The sites of the UNESCO World Heritage List, with their names in six languages.

What is open answers GET, HEAD and OPTIONS, and any web page may read the answers; it ignores credentials. What changes \
the list, or is about contacts and the audit, wants a token with the scopes that the operation names, in the header `Authorization`; pages of the \
configured origins may read it. The format is that of `f`, else the best \
of `Accept`; the language that of `lang`, else the best of `Accept-Language`. Whatever goes wrong is told as a problem \
(RFC 9457) that names everything that is wrong at once and what would be right: unknown parameters, too, are refused. \
Other methods get 405, other paths 404.

Parameters that take several values take them separated by commas, or given several times. Upper and lower case of values \
are the same. More keys may come, so programs should read over those they do not know.";

/// The description of a service that clients reach at `public_url` and that has these paths.
pub(super) fn document(public_url: &str, paths: &Map<String, Value>) -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "World Heritage sites",
            "version": env!("CARGO_PKG_VERSION"),
            "description": ABOUT,
            "license": {
                "name": "Facts: CC BY-SA 4.0",
                "url": "https://creativecommons.org/licenses/by-sa/4.0/"
            }
        },
        "servers": [{"url": if public_url.is_empty() { "/" } else { public_url }}],
        "security": [],
        "tags": [
            {"name": "sites", "description": "The list, and what is known of each site."},
            {"name": "curation", "description": "Changes of the list. For callers with a token, where it can be written."},
            {"name": "numbers", "description": "The list in numbers."},
            {"name": "contacts", "description": "Whom to talk to about a case. For callers with a token."},
            {"name": "audit", "description": "Who changed what. For callers with a token."},
            {"name": "account", "description": "Whoever asks. For callers with a token, and for browsers with a session."},
            {"name": "service", "description": "What this service is and how it is."}
        ],
        "paths": paths,
        "components": {
            "schemas": schemas::components(),
            "parameters": parameters::components(),
            "headers": headers::components(),
            "responses": responses::components(),
            "securitySchemes": security::schemes()
        }
    })
}
