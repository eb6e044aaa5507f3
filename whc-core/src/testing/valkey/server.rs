//! The server behind the keys of tests: one that is given, one in Docker, or one started here.

use std::time::Duration;

use testcontainers::core::IntoContainerPort as _;
use testcontainers::runners::AsyncRunner as _;
use testcontainers::{ContainerAsync, GenericImage, ImageExt as _, TestcontainersError};
use tokio::runtime::{Builder, Handle, Runtime};

use super::local::LocalServer;
use crate::config::{Secret, SecretKeys, ValkeyConfig};
use crate::testing::Authority;
use crate::valkey::Valkey;

/// The image tests run on, the same version as in production.
const IMAGE: (&str, &str) = ("valkey/valkey", "8-alpine");

/// The variable that names an existing server.
const URL: &str = "WHC_TEST_VALKEY_URL";

/// What all servers of ours have in common: they keep nothing.
const SETTINGS: &str = "save \"\"\nappendonly no\nprotected-mode no\n";

/// One that takes encrypted connections only, and nobody without a password.
const PROTECTED: &str = "port 0\ntls-cert-file certificate\ntls-key-file key\ntls-ca-cert-file authority\n\
    tls-auth-clients no\nuser default off\nuser admin on >admin ~* &* +@all\n";

/// Where a server may be: here, or in a container as other containers see it.
const HOSTS: [&str; 4] = ["localhost", "127.0.0.1", "172.17.0.1", "host.docker.internal"];

/// Where the files of a container are.
const FOLDER: &str = "/tmp/";

/// A server and how its administrator reaches it.
pub(super) struct Server {
    admin: ValkeyConfig,
    kind: Kind,
    /// Who certified it, where it is protected and ours.
    _authority: Option<Authority>,
}

enum Kind {
    Given,
    Container(Option<Box<ContainerAsync<GenericImage>>>),
    Local { _server: LocalServer },
}

impl Server {
    /// The first server that is available.
    pub(super) async fn start() -> Self {
        match given() {
            Some(admin) => Self::reached(admin, Kind::Given, None).await,
            None => Self::ours(None).await,
        }
    }

    /// The given one, if its URL begins with `rediss:`, else one of ours.
    pub(super) async fn start_protected() -> Self {
        match given().filter(|admin| admin.tls) {
            Some(admin) => Self::reached(admin, Kind::Given, None).await,
            None => Self::ours(Some(Authority::new("whc tests"))).await,
        }
    }

    async fn ours(authority: Option<Authority>) -> Self {
        let files = authority.as_ref().map(files).unwrap_or_default();
        let mut admin = ValkeyConfig { tls: authority.is_some(), ..ValkeyConfig::default() };
        // Tests are many, and the machine may be busy.
        (admin.timeout, admin.cache_timeout) = (Duration::from_secs(5), Duration::from_secs(1));
        let mut settings = SETTINGS.to_owned();
        if let Some(authority) = &authority {
            settings += PROTECTED;
            (admin.user, admin.password) = ("admin".to_owned(), Some(Secret::new("admin")));
            admin.root_certificates = Some(authority.file().to_owned());
        }
        let docker = match container(&settings, &files).await {
            Ok((host, port, container)) => {
                let kind = Kind::Container(Some(Box::new(container)));
                return Self::reached(ValkeyConfig { host, port, ..admin }, kind, authority).await;
            }
            Err(error) => error,
        };
        match LocalServer::start(&settings, &files, port_setting(&files)) {
            Ok(server) => {
                let (host, port) = ("127.0.0.1".to_owned(), server.port());
                let kind = Kind::Local { _server: server };
                Self::reached(ValkeyConfig { host, port, ..admin }, kind, authority).await
            }
            Err(local) => panic!(
                "tests need Valkey, one of three ways: {URL} names a server, with rediss: for tests of logins; Docker runs \
                 ({docker}); or its program is installed ({local})"
            ),
        }
    }

    /// Waits until the server answers, by asking.
    async fn reached(admin: ValkeyConfig, kind: Kind, authority: Option<Authority>) -> Self {
        for attempt in 0.. {
            let asked = Valkey::new(&admin, &SecretKeys::for_development()).expect("settings of a server");
            match asked.ready().await {
                Ok(()) => break,
                Err(error) if attempt == 300 => panic!("{admin} does not answer: {}", error.report()),
                Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
            }
        }
        Self { admin, kind, _authority: authority }
    }

    /// How its administrator reaches it.
    pub(super) fn admin(&self) -> &ValkeyConfig {
        &self.admin
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Kind::Container(container) = &mut self.kind {
            // Removing a container needs a runtime, whichever.
            let runtime =
                || Builder::new_current_thread().enable_all().build().expect("a runtime to clean up on");
            let substitute = Handle::try_current().is_err().then(runtime);
            let _guard = substitute.as_ref().map(Runtime::enter);
            drop(container.take());
        }
    }
}

/// A certificate for wherever the server runs, the key to it, and who certified it.
fn files(authority: &Authority) -> Vec<(&'static str, String)> {
    let (certificate, key) = authority.certify_all(&HOSTS);
    vec![("certificate", certificate), ("key", key), ("authority", authority.pem())]
}

/// What the port of encrypted connections is called, and that of others.
fn port_setting(files: &[(&str, String)]) -> &'static str {
    if files.is_empty() { "port" } else { "tls-port" }
}

async fn container(
    settings: &str,
    files: &[(&str, String)],
) -> Result<(String, u16, ContainerAsync<GenericImage>), TestcontainersError> {
    let (name, tag) = IMAGE;
    let image = GenericImage::new(name, tag).with_exposed_port(6379.tcp());
    let settings = format!("{settings}dir {FOLDER}\n{} 6379\n", port_setting(files));
    let mut request = image
        .with_cmd(["valkey-server".to_owned(), format!("{FOLDER}settings")])
        .with_copy_to(format!("{FOLDER}settings"), settings.into_bytes());
    for (file, text) in files {
        request = request.with_copy_to(format!("{FOLDER}{file}"), text.clone().into_bytes());
    }
    let container = request.start().await?;
    let host = container.get_host().await?.to_string();
    let port = container.get_host_port_ipv4(6379.tcp()).await?;
    Ok((host, port, container))
}

#[expect(clippy::disallowed_methods, reason = "a setting of the tests, not of the product")]
fn given() -> Option<ValkeyConfig> {
    let url = std::env::var(URL).ok().filter(|url| !url.trim().is_empty())?;
    Some(ValkeyConfig::from_url(&url).unwrap_or_else(|error| panic!("{URL}: {error}")))
}
