//! Encrypted connections are verified: certificate chain and host name.

use std::io::Write as _;
use std::sync::Arc;
use std::time::Duration;

use tempfile::NamedTempFile;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use whc_core::ChangeListener;
use whc_core::config::{DatabaseConfig, TlsMode};
use whc_core::testing::{Authority, TestDatabase, execute};

#[tokio::test]
async fn a_server_is_trusted_by_chain_and_name() {
    let database = TestDatabase::new().await;
    let (ours, stranger) = (Authority::new("ours"), Authority::new("stranger"));
    let server = encrypt(&database.config(), &ours, "localhost").await;
    let impostor = encrypt(&database.config(), &ours, "db.example").await;

    let bundle = bundle(&[&stranger, &ours]);
    for tls in [TlsMode::Prefer, TlsMode::Require] {
        connect(&server, tls, Some(&bundle))
            .await
            .expect("a trusted server in a bundle of several authorities");
        let report = connect(&impostor, tls, Some(&bundle)).await.unwrap_err();
        assert!(report.contains("not valid for name"), "{report}");
        for untrusted in [None, Some(&self::bundle(&[&stranger]))] {
            let report = connect(&server, tls, untrusted).await.unwrap_err();
            assert!(report.contains("DB_SSLROOTCERT") && report.contains("sslmode=disable"), "{report}");
        }
    }
}

#[tokio::test]
async fn changes_are_heard_over_an_encrypted_connection() {
    let database = TestDatabase::new().await;
    let ours = Authority::new("ours");
    let mut config = encrypt(&database.config(), &ours, "localhost").await;
    (config.tls, config.root_certificates) = (TlsMode::Require, Some(ours.file().to_owned()));
    let listener = ChangeListener::new(&config).unwrap();
    let heard = Notify::new();
    let hear_twice = async {
        heard.notified().await;
        database.execute("NOTIFY whc_dataset_version").await.unwrap();
        heard.notified().await;
    };
    tokio::select! {
        () = listener.listen(|| heard.notify_one()) => {}
        twice = timeout(Duration::from_secs(5), hear_twice) => twice.unwrap(),
    }
}

#[tokio::test]
async fn only_require_insists_on_encryption() {
    let database = TestDatabase::new().await;
    connect(&database.config(), TlsMode::Prefer, None).await.unwrap();
    let report = connect(&database.config(), TlsMode::Require, None).await.unwrap_err();
    assert!(report.contains("does not support TLS"), "{report}");
}

/// What tests can expect of `Authority` and `TestDatabase::managed`.
#[tokio::test]
async fn a_managed_server_takes_encrypted_connections_only() {
    let database = TestDatabase::managed().await;
    let master = database.config();
    execute(&master, "CREATE ROLE one_more; DROP ROLE one_more").await.unwrap();
    for forbidden in ["SET ROLE pg_read_server_files", "CREATE ROLE one_more SUPERUSER"] {
        execute(&master, forbidden).await.unwrap_err();
    }
    for user in [master, database.member_of("whc_reader").await] {
        execute(&user, "SELECT FROM whc.site").await.unwrap();
        let report = connect(&user, TlsMode::Disable, None).await.unwrap_err();
        assert!(report.contains("no encryption"), "{report}");
    }
}

async fn connect(server: &DatabaseConfig, tls: TlsMode, roots: Option<&NamedTempFile>) -> Result<(), String> {
    let mut config = server.clone();
    config.tls = tls;
    config.root_certificates = roots.map(|file| file.path().to_owned());
    execute(&config, "SELECT").await.map_err(|error| error.report())
}

fn bundle(authorities: &[&Authority]) -> NamedTempFile {
    let mut file = NamedTempFile::new().unwrap();
    for authority in authorities {
        writeln!(file, "# a comment, as bundles have\n{}", authority.pem()).unwrap();
    }
    file
}

/// A server at `localhost` that offers encryption with a certificate for `name`, in front of the database.
async fn encrypt(database: &DatabaseConfig, authority: &Authority, name: &str) -> DatabaseConfig {
    let (certificate, key) = authority.certify(name);
    let certificate = CertificateDer::from_pem_slice(certificate.as_bytes()).unwrap();
    let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut front = database.clone();
    "localhost".clone_into(&mut front.host);
    front.port = listener.local_addr().unwrap().port();
    let behind = (database.host.clone(), database.port);
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            tokio::spawn(serve(client, acceptor.clone(), behind.clone()));
        }
    });
    front
}

/// Accepts the request for encryption, which is eight bytes, and forwards the decrypted bytes.
async fn serve(mut client: TcpStream, acceptor: TlsAcceptor, behind: (String, u16)) -> std::io::Result<()> {
    client.read_exact(&mut [0; 8]).await?;
    client.write_all(b"S").await?;
    let mut client = acceptor.accept(client).await?;
    let mut server = TcpStream::connect(behind).await?;
    tokio::io::copy_bidirectional(&mut client, &mut server).await.map(drop)
}
