//! Sessions as bytes, for stores.

use std::borrow::Cow;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::{Account, Session};
use crate::error::{Error, Result};
use crate::scope::Scopes;

/// The form of [`Record`]. Programs of two releases may share a store: a member that is added needs a default, and what
/// changes its meaning another number.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
struct Record<'a> {
    version: u32,
    account: Cow<'a, Account>,
    scopes: String,
    created: u64,
    last_used: u64,
    expires: u64,
    ends: u64,
    user_agent: Cow<'a, str>,
    provider_session: Option<Cow<'a, str>>,
}

pub(super) fn write(session: &Session) -> Result<Vec<u8>> {
    let record = Record {
        version: VERSION,
        account: Cow::Borrowed(&session.account),
        scopes: session.scopes.to_string(),
        created: seconds(session.created),
        last_used: seconds(session.last_used),
        expires: seconds(session.expires),
        ends: seconds(session.ends),
        user_agent: session.user_agent.as_str().into(),
        provider_session: session.provider_session.as_deref().map(Cow::Borrowed),
    };
    serde_json::to_vec(&record)
        .map_err(|error| Error::internal("a session cannot be written").with_source(error))
}

pub(super) fn read(bytes: &[u8]) -> Option<Session> {
    let record: Record<'_> = serde_json::from_slice(bytes).ok()?;
    (record.version == VERSION).then_some(())?;
    Some(Session {
        account: record.account.into_owned(),
        scopes: Scopes::known(record.scopes.split(' ')),
        created: time(record.created)?,
        last_used: time(record.last_used)?,
        expires: time(record.expires)?,
        ends: time(record.ends)?,
        user_agent: record.user_agent.into_owned(),
        provider_session: record.provider_session.map(Cow::into_owned),
    })
}

fn seconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}

fn time(seconds: u64) -> Option<SystemTime> {
    UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use crate::config::SessionConfig;
    use crate::session::{Account, Session};

    fn session() -> Session {
        let account = Account { subject: "42".to_owned(), ..Account::default() };
        let now = UNIX_EPOCH + Duration::from_millis(1_800_000_000_500);
        let scopes = "sites:write audit:read".parse().unwrap();
        let session = Session::begin(account, scopes, now, &SessionConfig::default());
        session.in_browser("Firefox\u{1b}[2J").within(Some("sid".to_owned()))
    }

    #[test]
    fn what_is_written_is_read() {
        assert_eq!(Session::from_bytes(&session().to_bytes().unwrap()), Some(session()));
        assert_eq!(session().user_agent, "Firefox[2J");
    }

    #[test]
    fn other_forms_are_no_sessions() {
        let written = String::from_utf8(session().to_bytes().unwrap()).unwrap();
        for other in [
            written.replace("\"version\":1", "\"version\":2"),
            written.replace("\"version\":1,", ""),
            written.replace("1800000000", "18446744073709551615"),
            written[1..].to_owned(),
            String::new(),
        ] {
            assert_ne!(other, written);
            assert_eq!(Session::from_bytes(other.as_bytes()), None, "{other}");
        }
    }
}
