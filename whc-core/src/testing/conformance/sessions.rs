//! The conformance suite for stores of sessions.

use std::time::Duration;

use super::writing::join;
use super::{Outcome, equal, expect, failed};
use crate::clock::Clock;
use crate::config::SessionConfig;
use crate::session::{Account, Fingerprint, Session, SessionId, SessionStore};

/// Checks a store of sessions, which reads the time from `clock`. It must be empty, and holds sessions afterwards.
///
/// ```
/// use std::sync::Arc;
/// use whc_core::{SystemClock, session::MemorySessions, testing::conformance};
/// # let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
/// # runtime.block_on(async {
/// conformance::check_sessions(&MemorySessions::new(Arc::new(SystemClock)), &SystemClock).await;
/// # });
/// ```
///
/// # Panics
/// A check fails; the message names it.
pub async fn check_sessions(store: &dyn SessionStore, clock: &dyn Clock) {
    let case = Case { store, clock };
    expect("a session is kept as it began", case.keeps()).await;
    expect("a use is noted", case.updates()).await;
    expect("what has ended is not there", case.ends()).await;
    expect("no use revives what has ended", case.revives_nothing()).await;
    expect("an account has its own sessions", case.lists()).await;
    expect("all sessions of an account end at once", case.ends_all()).await;
    expect("the sessions within one of a provider end with it", case.ends_with_provider()).await;
    expect("what is for one use has one", case.uses_once()).await;
}

struct Case<'a> {
    store: &'a dyn SessionStore,
    clock: &'a dyn Clock,
}

impl Case<'_> {
    /// A session that begins now.
    fn session(&self, issuer: &str, subject: &str) -> Session {
        let account = Account {
            provider: "provider".to_owned(),
            issuer: issuer.to_owned(),
            subject: subject.to_owned(),
            email: Some("ada@heritage.example".to_owned()),
            name: Some("Ada \u{5d0} \"Lovelace\"".to_owned()),
            first_name: Some("Ada".to_owned()),
            last_name: None,
            image: Some("https://login.example/ada.png".to_owned()),
        };
        let scopes = ["sites:write", "audit:read"];
        let scopes = crate::scope::Scopes::known(scopes);
        Session::begin(account, scopes, self.clock.now(), &SessionConfig::default())
    }

    /// The name of a session that is kept now.
    async fn stored(&self, session: &Session) -> Outcome<Fingerprint> {
        let id = SessionId::random().map_err(failed)?.fingerprint();
        self.store.insert(id, session).await.map_err(failed)?;
        Ok(id)
    }

    async fn find(&self, id: Fingerprint) -> Outcome<Option<Session>> {
        self.store.find(id).await.map_err(failed)
    }

    /// The names of the sessions of an account.
    async fn of(&self, session: &Session) -> Outcome<Vec<Fingerprint>> {
        let listed = self.store.of_account(session.account.fingerprint()).await.map_err(failed)?;
        let mut ids: Vec<_> = listed.into_iter().map(|(id, _)| id).collect();
        ids.sort_unstable();
        Ok(ids)
    }

    async fn keeps(&self) -> Outcome {
        let session =
            self.session("https://login.example", "keeps").in_browser("Lynx").within(Some("sid".to_owned()));
        let id = self.stored(&session).await?;
        equal("the session", &self.find(id).await?, &Some(session.clone()))?;
        let listed = self.store.of_account(session.account.fingerprint()).await.map_err(failed)?;
        equal("the list", &listed, &vec![(id, session)])?;
        let other = SessionId::random().map_err(failed)?.fingerprint();
        equal("another", &self.find(other).await?, &None)
    }

    async fn updates(&self) -> Outcome {
        let session = self.session("https://login.example", "updates").within(Some("updates".to_owned()));
        let id = self.stored(&session).await?;
        let later = self.clock.now() + Duration::from_hours(1);
        let used = session.clone().used(later, &SessionConfig::default());
        let noted = self.store.update(id, &used).await.map_err(failed)?;
        equal("whether it was there", &noted, &true)?;
        equal("the session", &self.find(id).await?, &Some(used.clone()))?;
        equal("the list", &self.of(&used).await?, &vec![id])
    }

    async fn ends(&self) -> Outcome {
        let session = self.session("https://login.example", "ends");
        let (id, stays) = (self.stored(&session).await?, self.stored(&session).await?);
        for was_there in [true, false] {
            let removed = self.store.remove(id).await.map_err(failed)?;
            equal("whether it was there", &removed, &was_there)?;
        }
        equal("the session", &self.find(id).await?, &None)?;
        equal("the other", &self.find(stays).await?, &Some(session.clone()))?;
        equal("the list", &self.of(&session).await?, &vec![stays])
    }

    async fn revives_nothing(&self) -> Outcome {
        let session = self.session("https://login.example", "revives").within(Some("revives".to_owned()));
        let id = self.stored(&session).await?;
        self.store.remove(id).await.map_err(failed)?;
        let noted = self.store.update(id, &session).await.map_err(failed)?;
        equal("whether it was there", &noted, &false)?;
        equal("the session", &self.find(id).await?, &None)?;
        equal("the list", &self.of(&session).await?, &vec![])
    }

    async fn lists(&self) -> Outcome {
        let own = self.session("https://login.example", "lists");
        let mut ids = vec![self.stored(&own).await?, self.stored(&own).await?, self.stored(&own).await?];
        ids.sort_unstable();
        let namesake = self.session("https://other.example", "lists");
        let other = self.stored(&namesake).await?;
        equal("the list", &self.of(&own).await?, &ids)?;
        equal("the list of a namesake", &self.of(&namesake).await?, &vec![other])?;
        equal(
            "the list of nobody",
            &self.of(&self.session("https://login.example", "nobody")).await?,
            &vec![],
        )
    }

    async fn ends_all(&self) -> Outcome {
        let own = self.session("https://login.example", "ends all");
        let ids = [self.stored(&own).await?, self.stored(&own).await?];
        let other = self.session("https://login.example", "stays");
        let stays = self.stored(&other).await?;
        for expected in [2, 0] {
            let ended = self.store.remove_account(own.account.fingerprint()).await.map_err(failed)?;
            equal("how many there were", &ended, &expected)?;
        }
        for id in ids {
            equal("a session", &self.find(id).await?, &None)?;
        }
        equal("the list", &self.of(&own).await?, &vec![])?;
        equal("the session of another", &self.find(stays).await?, &Some(other))
    }

    async fn ends_with_provider(&self) -> Outcome {
        let within = |issuer: &str, sid: &str| self.session(issuer, "within").within(Some(sid.to_owned()));
        let ended = [within("https://login.example", "one"), within("https://login.example", "one")];
        let stays = [within("https://login.example", "two"), within("https://other.example", "one")];
        let ended = [self.stored(&ended[0]).await?, self.stored(&ended[1]).await?];
        let stored = [self.stored(&stays[0]).await?, self.stored(&stays[1]).await?];
        let provider_session = Fingerprint::of_provider_session("https://login.example", "one");
        for expected in [2, 0] {
            let removed = self.store.remove_provider_session(provider_session).await.map_err(failed)?;
            equal("how many there were", &removed, &expected)?;
        }
        for id in ended {
            equal("a session", &self.find(id).await?, &None)?;
        }
        for (id, session) in stored.into_iter().zip(stays) {
            equal("another session", &self.find(id).await?, &Some(session.clone()))?;
            equal("the list", &self.of(&session).await?, &vec![id])?;
        }
        Ok(())
    }

    async fn uses_once(&self) -> Outcome {
        let expires = self.clock.now() + Duration::from_mins(5);
        let once = |id: &str| Fingerprint::of_single_use("https://login.example", id);
        let uses = join((0..8).map(|_| self.store.use_once(once("one"), expires))).await;
        let uses = uses.into_iter().collect::<Result<Vec<_>, _>>().map_err(failed)?;
        equal("how often it was the first use", &uses.iter().filter(|first| **first).count(), &1)?;
        for (id, first) in [("one", false), ("two", true), ("two", false)] {
            let outcome = self.store.use_once(once(id), expires).await.map_err(failed)?;
            equal("whether it is the first use", &outcome, &first)?;
        }
        Ok(())
    }
}
