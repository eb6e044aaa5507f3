//! Where a gateway has put the service: how much of a path is ours, and what clients see before it.

use crate::event::{Door, Event};

/// The path a client asked for, cut in two: what the gateway added, and what the service is asked for.
pub(crate) fn split<'a>(door: Door, event: &'a Event, public_path: &str) -> (&'a str, &'a str) {
    let whole = whole(door, event);
    let prefix = configured(whole, public_path)
        .or_else(|| routed(door, event, whole))
        .or_else(|| staged(door, event, whole))
        .unwrap_or_default();
    match whole.split_at(prefix) {
        (prefix, "") => (prefix, "/"),
        cut => cut,
    }
}

/// The path as the client sent it, stage and base path of a domain included.
fn whole(door: Door, event: &Event) -> &str {
    let context = event.request_context.as_ref();
    let path = match door {
        Door::Rest => context.and_then(|context| context.path.as_ref()).or(event.path.as_ref()),
        Door::Http => event.raw_path.as_ref().or_else(|| context?.http.as_ref()?.path.as_ref()),
        Door::Balancer { .. } => event.path.as_ref(),
    };
    path.map_or("/", String::as_str)
}

/// The operator knows best: `PUBLIC_URL`.
fn configured(whole: &str, public_path: &str) -> Option<usize> {
    let rest = whole.strip_prefix(public_path).filter(|_| !public_path.is_empty())?;
    (rest.is_empty() || rest.starts_with('/')).then_some(public_path.len())
}

/// The route that matched, `/{proxy+}` or `ANY /api/{proxy+}`, tells how many segments are ours.
fn routed(door: Door, event: &Event, whole: &str) -> Option<usize> {
    let route = match door {
        Door::Rest => event.resource.as_deref()?,
        Door::Http => event.route_key.as_deref()?.split_once(' ')?.1,
        Door::Balancer { .. } => return None,
    };
    let mut segments = route.matches('/').count() - usize::from(route.ends_with('/'));
    if let Some(name) = route.rsplit('{').next().and_then(|name| name.strip_suffix("+}")) {
        let rest = event.path_parameters.as_ref()?.get(name)?;
        segments += rest.matches('/').count();
    }
    if segments == 0 {
        return Some(whole.trim_end_matches('/').len());
    }
    whole.rmatch_indices('/').nth(segments - 1).map(|(at, _)| at)
}

/// Without a route, the first segment where it is the name of the stage.
fn staged(door: Door, event: &Event, whole: &str) -> Option<usize> {
    let stage = event.request_context.as_ref()?.stage.as_deref().filter(|_| door == Door::Http)?;
    let rest = whole.strip_prefix('/')?.strip_prefix(stage)?;
    (rest.is_empty() || rest.starts_with('/')).then_some(1 + stage.len())
}
