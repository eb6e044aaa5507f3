//! What each kind of problem means, and the way out of it.

/// Every code, its meaning, and the way out.
const MEANINGS: [(&str, &str, &str); 28] = [
    (
        "bad-request",
        "The request cannot be read as HTTP means it: a header, the target or the body is not well formed.",
        "The detail says which part. Compare what your program sends with the description of the API.",
    ),
    (
        "invalid-parameters",
        "Parameters of the query are unknown, given twice, or have values that cannot be.",
        "All of them are listed at once, each with what would be right and, where one is near, the name that was \
             probably meant. A parameter that is not known is refused, so that a slip does not pass for an answer.",
    ),
    (
        "unauthorized",
        "What was asked for needs a token, and there was none, or one that does not count.",
        "Send a token in the header Authorization, after the word Bearer. The header WWW-Authenticate of the answer \
             says what is wrong with the one that was sent.",
    ),
    (
        "forbidden",
        "The token counts, but not for this.",
        "Ask whoever gave out the token for one that covers the case.",
    ),
    (
        "insufficient-scope",
        "The token counts, but lacks a scope that this needs.",
        "The detail and the header WWW-Authenticate name the scope. Ask for a token that has it.",
    ),
    (
        "cross-site",
        "A page of another site sent a request that would change something here.",
        "If the page is yours, its origin has to be among those that this service is told of.",
    ),
    (
        "form-token",
        "A browser sent something with a session, but nothing shows that a page of this service made it do so.",
        "Open the page again and send the form from there. Scripts send the csrf_token of /api/me in X-CSRF-Token.",
    ),
    (
        "login-refused",
        "A login came to nothing: it was begun elsewhere, took too long, was used already, or the provider said no.",
        "Begin again on the page of logins. The detail says what did not fit.",
    ),
    (
        "not-found",
        "There is no such site, contact or page, although there could be one at such an address.",
        "Look the thing up in the list: numbers of sites are UNESCO's, and some were never given.",
    ),
    (
        "no-such-path",
        "There is nothing of the kind at this address.",
        "The detail names the address that is nearest, or all there are. Addresses are in small letters.",
    ),
    (
        "method-not-allowed",
        "The address is right, but takes other methods.",
        "The header Allow lists them. What is about sites is only read: GET, HEAD and OPTIONS.",
    ),
    (
        "not-acceptable",
        "The request accepts none of the formats there are, or the answer is longer than what passes through here.",
        "Accept one of the formats that the detail names, or name one with f. Ask for a long answer compressed, or page \
             by page.",
    ),
    ("request-timeout", "The body of the request took too long to come.", "Send it again, in one go."),
    (
        "conflict",
        "The request fits the rules but not what is there: somebody else was quicker, or the same was sent twice with a \
             different content.",
        "Read what is there now, and decide again.",
    ),
    (
        "precondition-failed",
        "The thing is no longer as the request says it was: it has another version.",
        "Read it again, put your change into what it is now, and send that with its new ETag.",
    ),
    (
        "content-too-large",
        "The body of the request is larger than what is read here.",
        "The detail says how much that is.",
    ),
    (
        "uri-too-long",
        "Path and query are longer than what is read here.",
        "Use fewer values, or ask for the whole list and pick from it.",
    ),
    (
        "unsupported-media-type",
        "The body is of a type that is not read here.",
        "The detail says which type is, and how to say so.",
    ),
    (
        "range-not-satisfiable",
        "The header Range asks for bytes that the file does not have.",
        "The header Content-Range of the answer says how long the file is. It may have changed since: begin again.",
    ),
    (
        "unprocessable-content",
        "The body can be read, but what it says cannot be done.",
        "The detail says why.",
    ),
    (
        "invalid-body",
        "Values in the body cannot be.",
        "All of them are listed at once, each with a pointer to its place (RFC 6901) and with what would be right.",
    ),
    (
        "precondition-required",
        "The request would change something without saying which version of it.",
        "Read the thing first, and send its ETag in If-Match; or If-None-Match: * for one that must not be there yet.",
    ),
    (
        "too-many-requests",
        "More requests of a kind came from one client than are answered in so short a time.",
        "Wait as long as the header Retry-After says, then go on more slowly. RateLimit-Policy says how many there may be.",
    ),
    (
        "header-too-large",
        "The header of the request is larger than what is read here.",
        "Leave out cookies and headers that nobody here reads.",
    ),
    (
        "internal-error",
        "A fault of this service. It is nothing that was wrong with the request.",
        "It is in the log under the request_id: tell us that number. The same request may work later.",
    ),
    (
        "unavailable",
        "The store of the data does not answer just now.",
        "Try again after the time that the header Retry-After says, a few seconds.",
    ),
    (
        "not-configured",
        "This service could do that, but is not set up for it.",
        "Only its operator can change that; the detail says what is missing.",
    ),
    (
        "login-unavailable",
        "The provider of logins, or what keeps sessions here, does not answer just now.",
        "Try again in a few seconds. What everybody may read is there all the same.",
    ),
];

/// The meaning and the way out; nothing for a code that is none.
pub(super) fn meaning(code: &str) -> (&'static str, &'static str) {
    let known = MEANINGS.iter().find(|(known, ..)| *known == code);
    known.map_or(("", ""), |(_, meaning, way_out)| (meaning, way_out))
}

#[cfg(test)]
mod tests {
    use super::meaning;
    use crate::web::problem::KINDS;

    #[test]
    fn every_kind_says_what_it_means_and_how_to_get_out() {
        for (_, code) in KINDS {
            let (meaning, way_out) = meaning(code);
            assert!(meaning.ends_with('.') && way_out.ends_with('.'), "{code}");
        }
    }
}
