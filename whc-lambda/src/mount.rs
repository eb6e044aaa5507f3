//! Splits a path into the prefix of a gateway and the path of the service.

use std::collections::BTreeMap;

use serde_json::Result;

use crate::event::{Event, EventSource, read};

/// The path of the client in two parts: the prefix of the gateway, and the path of the service.
pub(crate) fn split(source: EventSource, event: &Event<'_>, public_path: &str) -> Result<(String, String)> {
    let context = event.request_context.as_ref();
    // A REST API removes its stage from `path`; the whole path is in the context. The console's test has a template
    // there.
    let whole = context.and_then(|context| context.path);
    let whole = whole.filter(|path| source == EventSource::Rest && !path.get().contains('{'));
    let mut prefix: String = read(whole.or(event.raw_path).or(event.path))?;
    let stage: String = read(context.and_then(|context| context.stage))?;
    let routed = ours(event, &prefix)?;
    let cut = leads(&prefix, public_path).or(routed).or_else(|| leads(&prefix, &format!("/{stage}")));
    let path = prefix.split_off(cut.unwrap_or_default());
    Ok((prefix, if path.is_empty() { "/".to_owned() } else { path }))
}

/// The length of `prefix`, if the segments of `path` begin with it.
fn leads(path: &str, prefix: &str) -> Option<usize> {
    let rest = path.strip_prefix(prefix).filter(|_| prefix.len() > 1)?;
    (rest.is_empty() || rest.starts_with('/')).then_some(prefix.len())
}

/// Where the path of the service begins: the matched route, `/{proxy+}` or `ANY /api/{proxy+}`, has as many segments.
fn ours(event: &Event<'_>, whole: &str) -> Result<Option<usize>> {
    let route: String = read(event.resource.or(event.route_key))?;
    let Some(start) = route.find('/') else { return Ok(None) };
    let route = route[start..].trim_end_matches('/');
    let mut segments = route.matches('/').count();
    if let Some((_, name)) = route.strip_suffix("+}").and_then(|route| route.rsplit_once('{')) {
        let parameters: BTreeMap<String, String> = read(event.path_parameters)?;
        // Without the parameters the route does not tell; the stage may.
        let Some(rest) = parameters.get(name) else { return Ok(None) };
        segments += rest.matches('/').count();
    }
    let whole = whole.trim_end_matches('/');
    Ok(match segments.checked_sub(1) {
        None => Some(whole.len()),
        Some(before) => whole.rmatch_indices('/').nth(before).map(|(at, _)| at),
    })
}
