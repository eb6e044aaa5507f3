//! TLS of connections this crate opens: certificates are always verified.

#[cfg(any(feature = "postgres", feature = "valkey"))]
use std::path::Path;
use std::sync::Arc;

#[cfg(any(feature = "postgres", feature = "valkey"))]
use rustls::pki_types::CertificateDer;
#[cfg(any(feature = "postgres", feature = "valkey"))]
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};

use crate::error::{Error, Result};

/// A client that trusts these authorities, and always verifies the server's certificate chain and host name. The
/// cryptography is named here, not installed for the whole process, which is for the embedding program to decide.
pub(crate) fn client_config(roots: RootCertStore) -> Result<ClientConfig> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::internal("no version of TLS is available").with_source(error))?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

/// The authorities the system trusts. A certificate that cannot be parsed is skipped; the others stay trusted.
pub(crate) fn system_roots() -> RootCertStore {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    roots
}

/// The authorities in a file of PEM certificates, else those the system trusts.
#[cfg(any(feature = "postgres", feature = "valkey"))]
pub(crate) fn roots(file: Option<&Path>) -> Result<RootCertStore> {
    let Some(path) = file else { return Ok(system_roots()) };
    let unreadable = |reason: Box<dyn std::error::Error + Send + Sync>| {
        let path = path.display();
        Error::invalid(format!("the root certificates in {path} cannot be read")).with_source(reason)
    };
    // Not the PEM library's own reader, which accepts a file without any certificate as an empty list.
    let mut roots = RootCertStore::empty();
    let text = std::fs::read(path).map_err(|error| unreadable(error.into()))?;
    for certificate in CertificateDer::pem_slice_iter(&text) {
        let certificate = certificate.map_err(|error| unreadable(error.to_string().into()))?;
        roots.add(certificate).map_err(|error| unreadable(error.into()))?;
    }
    if roots.is_empty() {
        return Err(unreadable("it holds no PEM certificate".into()));
    }
    Ok(roots)
}
