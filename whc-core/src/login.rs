//! Login in the browser: `OpenID` Connect with the code flow, and what goes with sessions.

mod attempt;
mod client_secret;
mod exchange;
mod failure;
mod form_token;
mod logout_token;
mod metadata;
mod person;
mod provider;

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

pub(crate) use self::attempt::Attempt;
use self::attempt::Attempts;
pub(crate) use self::failure::Failure;
use self::form_token::FormTokens;
pub(crate) use self::provider::{Provider, ProviderAnswer};
use crate::clock::Clock;
use crate::config::{Config, LoginConfig, OwnPath};
use crate::error::Result;
use crate::fetch::Client;
use crate::keyring::Keyring;
use crate::session::{Fingerprint, Session, SessionId, SessionStore, Sessions};

/// How long a provider may take for everything it is asked while somebody waits.
const TIMEOUT: Duration = Duration::from_secs(5);

/// Who can log in, and who has.
pub struct Login {
    config: LoginConfig,
    providers: Vec<Provider>,
    sessions: Sessions,
    attempts: Attempts,
    form_tokens: FormTokens,
    is_production: bool,
}

/// A session that counts, with the name that the store has for it.
#[derive(Clone, Debug)]
pub(crate) struct ActiveSession {
    pub(crate) id: Fingerprint,
    pub(crate) session: Session,
}

impl Login {
    /// The logins of a configuration, whose sessions are in `store`. Nothing is asked of a provider before somebody logs in, on
    /// the Tokio runtime of whoever asks.
    ///
    /// # Errors
    /// A key of the configuration cannot be used.
    pub fn new(config: &Config, store: Arc<dyn SessionStore>, clock: Arc<dyn Clock>) -> Result<Self> {
        let keyring = match &config.secret_keys {
            Some(keys) => Keyring::new(keys),
            // Enough for one process, as logins of others would not be known to it either.
            None => Keyring::random()?,
        };
        let client = Client::new(TIMEOUT)?;
        let open = |provider| Provider::open(provider, &client, &clock);
        Ok(Self {
            providers: config.login.providers.iter().map(open).collect::<Result<_>>()?,
            config: config.login.clone(),
            sessions: Sessions::new(store, config.sessions, clock),
            attempts: Attempts::new(&keyring)?,
            form_tokens: FormTokens::new(&keyring)?,
            is_production: config.development.is_production,
        })
    }

    pub(crate) fn config(&self) -> &LoginConfig {
        &self.config
    }

    /// Whether cookies are for TLS only, whatever a request looks like.
    pub(crate) fn is_production(&self) -> bool {
        self.is_production
    }

    pub(crate) fn providers(&self) -> &[Provider] {
        &self.providers
    }

    pub(crate) fn provider(&self, name: &str) -> Option<&Provider> {
        self.providers.iter().find(|provider| provider.config().name == name)
    }

    /// Begins a login: the address to send somebody to, and what has to be known when they come back to `redirect_uri`.
    pub(crate) async fn begin(
        &self,
        provider: &Provider,
        redirect_uri: String,
        return_to: Option<OwnPath>,
    ) -> Result<(String, Attempt), Failure> {
        // Nobody is sent away to come back in vain.
        self.sessions.store().find(SessionId::random()?.fingerprint()).await?;
        let attempt = Attempt::begin(provider.config(), redirect_uri, return_to, self.sessions.now())?;
        Ok((provider.authorization(&attempt).await?, attempt))
    }

    /// An attempt as its cookie has it.
    pub(crate) fn sealed(&self, attempt: &Attempt) -> Result<String> {
        self.attempts.seal(attempt)
    }

    /// The attempt in a cookie, unless it is too late for it, or it was not sealed here.
    pub(crate) fn opened(&self, sealed: &str) -> Option<Attempt> {
        self.attempts.open(sealed).filter(|attempt| attempt.is_current(self.sessions.now()))
    }

    /// Who somebody is by what the provider answered: the session that they may have.
    pub(crate) async fn identified(
        &self,
        (provider, attempt): (&Provider, &Attempt),
        answer: &ProviderAnswer,
        user_agent: &str,
    ) -> Result<Session, Failure> {
        provider.check(attempt, answer).await?;
        self.expect_first_use(("login", &attempt.state), attempt.expires).await?;
        let claims = provider.redeem(attempt, answer).await?;
        let account = person::account(provider.config(), &claims, answer.user.as_deref())?;
        let scopes = provider.config().roles.scopes(&claims);
        let sid = claims.get("sid").and_then(|sid| sid.as_str()).map(str::to_owned);
        let session = Session::begin(account, scopes, self.sessions.now(), self.sessions.config());
        Ok(session.in_browser(user_agent).within(sid))
    }

    /// Ends a login: somebody has a session now. `previous` is what their browser had before.
    pub(crate) async fn admit(
        &self,
        session: &Session,
        previous: Option<SessionId>,
    ) -> Result<SessionId, Failure> {
        let id = self.sessions.begin(session).await?;
        if let Some(previous) = previous {
            self.sessions.store().remove(previous.fingerprint()).await?;
        }
        Ok(id)
    }

    /// Ends the sessions that a provider says have ended (Back-Channel Logout). How many there were.
    pub(crate) async fn end_by_provider(&self, provider: &Provider, token: &str) -> Result<usize, Failure> {
        let logout = provider.logout(token).await?;
        let issuer = &provider.config().issuer;
        self.expect_first_use((issuer, &logout.id), logout.expires).await?;
        let store = self.sessions.store();
        Ok(match &logout.whose {
            logout_token::Whose::Session(sid) => {
                store.remove_provider_session(Fingerprint::of_provider_session(issuer, sid)).await?
            }
            logout_token::Whose::Account(subject) => {
                store.remove_account(Fingerprint::of_account(issuer, subject)).await?
            }
        })
    }

    async fn expect_first_use(&self, (whose, id): (&str, &str), expires: u64) -> Result<(), Failure> {
        let expires = UNIX_EPOCH + Duration::from_secs(expires);
        let is_first = self.sessions.store().use_once(Fingerprint::of_single_use(whose, id), expires).await?;
        if is_first { Ok(()) } else { Err(Failure::refused("this was used already")) }
    }

    /// The session of this id, if it goes on.
    pub(crate) async fn session(&self, id: &SessionId) -> Result<Option<ActiveSession>> {
        let session = self.sessions.used(id).await?;
        Ok(session.map(|session| ActiveSession { id: id.fingerprint(), session }))
    }

    /// All sessions of whoever has this one.
    pub(crate) async fn sessions_of(&self, own: &ActiveSession) -> Result<Vec<(Fingerprint, Session)>> {
        self.sessions.of_account(own.session.account.fingerprint()).await
    }

    /// Ends a session.
    pub(crate) async fn end(&self, id: Fingerprint) -> Result<()> {
        self.sessions.store().remove(id).await.map(drop)
    }

    /// Ends all sessions of whoever has this one.
    pub(crate) async fn end_all(&self, own: &ActiveSession) -> Result<()> {
        self.sessions.store().remove_account(own.session.account.fingerprint()).await.map(drop)
    }

    /// What a form or a script shows to prove that a page of this service made it.
    pub(crate) fn form_token(&self, own: &ActiveSession) -> String {
        self.form_tokens.token(own.id)
    }

    /// Whether a form was made for this session.
    pub(crate) fn accepts(&self, own: &ActiveSession, form_token: &str) -> bool {
        self.form_tokens.verify(own.id, form_token)
    }
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login")
            .field("providers", &self.providers)
            .field("sessions", &self.sessions)
            .finish_non_exhaustive()
    }
}
