//! TLS of connections this crate opens: certificates are always verified.

use std::sync::Arc;

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
