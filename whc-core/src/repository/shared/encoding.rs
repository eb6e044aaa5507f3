//! A snapshot as bytes: JSON, compressed. What comes back is equal to what was there.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::parallel;
use crate::repository::{Snapshot, Version};
use crate::site::{Change, FieldName, Site, SiteId, SiteRecord, SiteRevision};

/// How hard to compress: all of it is read again in milliseconds.
const LEVEL: i32 = 3;

/// As many bytes are unpacked at most.
const LONGEST: u64 = 256 << 20;

/// All of a snapshot but its sites.
#[derive(Deserialize, Serialize)]
struct Head {
    version: String,
    modified: Option<EncodedTime>,
    /// The lengths of the texts of the sites, which follow.
    lengths: Vec<usize>,
    /// Of each site; none where the source keeps none.
    revisions: Vec<u64>,
    curated: Vec<(u32, Vec<String>)>,
    changes: Vec<StoredChange>,
}

/// Seconds since the epoch, and what is left in nanoseconds.
type EncodedTime = (u64, u32);

#[derive(Deserialize, Serialize)]
struct StoredChange {
    at: EncodedTime,
    site: u32,
    kind: String,
    fields: Vec<String>,
    name: Option<String>,
    source: Option<String>,
    reason: Option<String>,
}

/// The bytes of a snapshot.
///
/// # Errors
/// Something in it cannot be written, which is a fault.
pub(super) fn encoded(snapshot: &Snapshot) -> Result<Vec<u8>> {
    let fault = |error: serde_json::Error| Error::internal("a snapshot cannot be written").with_source(error);
    let (mut sites, mut lengths) = (Vec::new(), Vec::new());
    for site in snapshot.sites() {
        let before = sites.len();
        serde_json::to_writer(&mut sites, &**site).map_err(fault)?;
        lengths.push(sites.len() - before);
    }
    let curated = snapshot.curated().iter();
    let head = Head {
        version: snapshot.version().to_string(),
        modified: snapshot.version().modified().map(encoded_time).transpose()?,
        lengths,
        revisions: snapshot.revisions().iter().map(|revision| revision.get()).collect(),
        curated: curated
            .map(|(id, fields)| (id.get(), fields.iter().map(ToString::to_string).collect()))
            .collect(),
        changes: snapshot.history().iter().map(|change| StoredChange::of(change)).collect::<Result<_>>()?,
    };
    let mut whole = serde_json::to_vec(&head).map_err(fault)?;
    whole.push(b'\n');
    whole.append(&mut sites);
    zstd::encode_all(&*whole, LEVEL)
        .map_err(|error| Error::internal("nothing can be compressed").with_source(error))
}

/// The snapshot of these bytes, if it has this version.
pub(super) fn decoded(bytes: &[u8], version: &Version) -> Option<Snapshot> {
    let mut whole = Vec::new();
    zstd::Decoder::new(bytes).ok()?.take(LONGEST).read_to_end(&mut whole).ok()?;
    let end = whole.iter().position(|byte| *byte == b'\n')?;
    let (head, mut rest) = (serde_json::from_slice::<Head>(&whole[..end]).ok()?, &whole[end + 1..]);
    let mut texts = Vec::with_capacity(head.lengths.len());
    for length in &head.lengths {
        let (text, others) = rest.split_at_checked(*length)?;
        texts.push(text);
        rest = others;
    }
    let sites = sites(&texts)?;
    if head.version != version.as_str() {
        return None;
    }
    let mut named = Version::new(head.version);
    if let Some(moment) = head.modified {
        named = named.modified_at(time(moment)?);
    }
    let changes = head.changes.into_iter().map(StoredChange::read).collect::<Option<Vec<_>>>()?;
    let snapshot = if head.revisions.is_empty() {
        Snapshot::new(named, sites)
    } else {
        Snapshot::of_records(named, records(sites, &head.revisions, head.curated)?)
    };
    Some(snapshot.ok()?.with_changes(changes))
}

/// The sites of these texts, read on all cores.
fn sites(texts: &[&[u8]]) -> Option<Vec<Arc<Site>>> {
    let chunks = texts.chunks(texts.len().div_ceil(parallel::threads() * 4).max(1)).collect();
    let read = |chunk: &[&[u8]]| {
        let sites = chunk.iter().map(|text| serde_json::from_slice(text).map(Arc::new));
        sites.collect::<Result<Vec<_>, _>>().ok()
    };
    parallel::map(chunks, read).into_iter().collect::<Option<Vec<_>>>().map(|chunks| chunks.concat())
}

fn records(
    sites: Vec<Arc<Site>>,
    revisions: &[u64],
    curated: Vec<(u32, Vec<String>)>,
) -> Option<Vec<SiteRecord>> {
    if sites.len() != revisions.len() {
        return None;
    }
    let records = sites.into_iter().zip(revisions);
    let mut records: Vec<_> =
        records.map(|(site, number)| SiteRecord::new(site, SiteRevision::new(*number))).collect();
    for (id, fields) in curated {
        let id = SiteId::new(id).ok()?;
        let at = records.binary_search_by_key(&id, |record| record.site.id).ok()?;
        let fields = fields.iter().map(|field| field.parse().ok());
        records[at].curated = fields.collect::<Option<BTreeSet<FieldName>>>()?;
    }
    Some(records)
}

impl StoredChange {
    fn of(change: &Change) -> Result<Self> {
        let Change { at, site, kind, fields, name, source, reason } = change;
        Ok(Self {
            at: encoded_time(*at)?,
            site: site.get(),
            kind: kind.name().to_owned(),
            fields: fields.clone(),
            name: name.clone(),
            source: source.clone(),
            reason: reason.clone(),
        })
    }

    fn read(self) -> Option<Arc<Change>> {
        let Self { at, site, kind, fields, name, source, reason } = self;
        let (site, kind) = (SiteId::new(site).ok()?, kind.parse().ok()?);
        Some(Arc::new(Change { at: time(at)?, site, kind, fields, name, source, reason }))
    }
}

fn encoded_time(time: SystemTime) -> Result<EncodedTime> {
    let since = time.duration_since(UNIX_EPOCH);
    let since = since.map_err(|error| Error::internal("a time is before 1970").with_source(error))?;
    Ok((since.as_secs(), since.subsec_nanos()))
}

fn time((seconds, nanos): EncodedTime) -> Option<SystemTime> {
    UNIX_EPOCH.checked_add(Duration::from_secs(seconds))?.checked_add(Duration::from_nanos(nanos.into()))
}
