//! The parameters of requests, each described once.

mod filters;
mod formats;
mod places;

use serde_json::{Map, Value, json};

use super::schema::{between, list, shape, text, whole, with, word};
use crate::contact::CaseId;
use crate::page::Window;
use crate::site::{Language, SiteId, SortKey};
use crate::web::format::KEYS;
use crate::web::request::parameters::MOST_VALUES;

/// All that more than one path may refer to, by name.
pub(crate) fn components() -> Map<String, Value> {
    let parameters = [paging(), presentation(), formats::all(), filters::all(), places::all(), headers()];
    let named = |parameter: Value| Some((component(parameter["name"].as_str()?), parameter));
    let others = parameters.into_iter().flatten().filter_map(named);
    others.chain([(component(SITE), site()), (component(CASE), case())]).collect()
}

/// The component of the id in the path. Its own name, `id`, is that of a filter of the list.
pub(crate) const SITE: &str = "site";

/// The component of the case in the path.
const CASE: &str = "case_id";

/// A parameter by the name it has in a request.
pub(crate) fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/parameters/{}", component(name))})
}

fn component(name: &str) -> String {
    name.to_ascii_lowercase()
}

/// A parameter of the query with one example.
pub(crate) fn query(name: &str, description: &str, schema: Value, example: Value) -> Value {
    let mut parameter = json!({"name": name, "in": "query", "description": description});
    if schema["type"] == "array" {
        // Values separated by commas, as in links; repeating the parameter means the same.
        parameter["style"] = "form".into();
        parameter["explode"] = false.into();
    }
    parameter["schema"] = schema;
    parameter["example"] = example;
    parameter
}

/// A parameter of the query that can be written in several ways.
fn query_in_ways(name: &str, description: &str, schema: &Value, ways: &[(&str, &str)]) -> Value {
    let examples: Map<_, _> =
        ways.iter().map(|(title, value)| ((*title).to_owned(), json!({"value": value}))).collect();
    json!({"name": name, "in": "query", "description": description, "schema": schema, "examples": examples})
}

/// The value of `f=` where there are these formats, the first by default.
pub(crate) fn formats(names: &[&str], description: &str) -> Value {
    let schema = with(word(names, "The name of a format."), json!({"default": names.first()}));
    query("f", description, schema, names.first().copied().into())
}

fn paging() -> Vec<Value> {
    let offset = with(whole(0, "A number."), json!({"default": 0}));
    vec![limit(Window::DEFAULT_LIMIT), query("offset", "How many to skip.", offset, json!(3))]
}

/// The parameter `limit`, with this default.
pub(crate) fn limit(default: u32) -> Value {
    let most = Window::MAX_LIMIT;
    let description = format!("How many at most. What is over {most} counts as {most}.");
    query("limit", &description, with(whole(1, "A number."), json!({"default": default})), json!(2))
}

fn presentation() -> Vec<Value> {
    let language = "The language of names and texts, English where there is no translation. Wins over \
                    `Accept-Language`.";
    let codes = with(word(&Language::ALL.map(Language::code), "ISO 639-1."), json!({"default": "en"}));
    let sort = "What to order by; `-` in front turns it round. Without it by `relevance` where there is `q`, else by \
                `distance` where there is `near`, else by `id`. `relevance` needs `q`, `distance` needs `near`. What \
                is unknown comes last, what is equal follows by `id`.";
    let fields = "The keys of a site to answer with, all without it; `id` always comes too. `summary` stands for those \
                  that a list on a screen shows, and may have others beside it. `distance_km` is there with `near` only.";
    let since =
        "Of this moment or later: a date, whose start in UTC is meant, or a time with its offset (RFC 3339).";
    let names = SortKey::ALL.map(SortKey::name);
    let descending = names.map(|name| format!("-{name}"));
    let orders: Vec<_> = names.into_iter().chain(descending.iter().map(String::as_str)).collect();
    vec![
        query("lang", language, codes, json!("fr")),
        query("sort", sort, word(&orders, "A key."), json!("-inscribed")),
        query("since", since, timestamp(), json!("2026-11-01")),
        query(
            "fields",
            fields,
            some(&word(&KEYS, "A key, or `summary`."), MOST_VALUES),
            json!(["name", "category"]),
        ),
    ]
}

/// The parameter `fields` of a single site, which adds these to it.
pub(crate) fn more_fields(words: &[&str]) -> Value {
    let description = "What a single site has only if it is asked for. `curated`: the names of the fields that curators have \
                       set, which imports leave as they are. `notes`: where single facts come from, if not from an \
                       official file. In JSON only.";
    query("fields", description, some(&word(words, "A key."), MOST_VALUES), json!(words))
}

/// A date or a time of RFC 3339.
fn timestamp() -> Value {
    let date = "(19[7-9][0-9]|20[0-9]{2})-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])";
    let time = r"T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?(Z|[+-](0[0-9]|1[0-2]):[0-5][0-9])";
    shape(&format!("^{date}({time})?$"), "A moment.")
}

/// A list of one to `most` values.
fn some(item: &Value, most: usize) -> Value {
    with(list(item, "One or several."), json!({"minItems": 1, "maxItems": most}))
}

fn headers() -> Vec<Value> {
    let header = |name: &str, description: &str, example: &str| {
        let schema = text("A header field.");
        json!({"name": name, "in": "header", "description": description, "schema": schema, "example": example})
    };
    vec![
        header(
            "Accept-Language",
            "The language where there is no `lang` (RFC 9110, 12.5.4).",
            "fr-CH, en;q=0.5",
        ),
        header(
            "If-None-Match",
            "The `ETag` of an answer the client has: 304 if it is still good.",
            "\"a-tag\"",
        ),
        header("Range", "The part of the file that is wanted; the whole for several.", "bytes=0-99"),
        header(
            "If-Range",
            "The `ETag` of the part the client has: the whole if it is no longer good.",
            "\"a-tag\"",
        ),
        header("X-Request-Id", "A name for the request; the answer and the log have it again.", "job-42"),
    ]
}

fn site() -> Value {
    json!({
        "name": "id", "in": "path", "required": true,
        "description": "UNESCO's number of the site (`id_no`).",
        "schema": between(1, SiteId::MAX, "A site."), "example": 1
    })
}

fn case() -> Value {
    json!({
        "name": CASE, "in": "path", "required": true,
        "description": "The number of the case.",
        "schema": with(whole(1, "A case."), json!({"maximum": CaseId::MAX})), "example": 7
    })
}
