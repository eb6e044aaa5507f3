//! A certificate authority of a test's own.

use std::fmt;
use std::io::Write as _;
use std::path::Path;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use tempfile::NamedTempFile;

/// A certificate authority for tests. It is trusted by clients only that are configured to.
///
/// ```
/// let authority = whc_core::testing::Authority::new("ours");
/// let (certificate, key) = authority.certify("localhost");
/// assert!(certificate.contains("BEGIN CERTIFICATE") && key.contains("PRIVATE KEY"));
/// ```
pub struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
    file: NamedTempFile,
}

impl Authority {
    /// A new authority of this name.
    ///
    /// # Panics
    /// No random numbers or no temporary file can be had.
    #[must_use]
    pub fn new(name: &str) -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        let issuer = CertifiedIssuer::self_signed(params, key).expect("an authority");
        let mut file = NamedTempFile::new().expect("a file");
        write!(file, "{}", issuer.pem()).expect("a file with the authority");
        Self { issuer, file }
    }

    /// Its own certificate, in PEM.
    #[must_use]
    pub fn pem(&self) -> String {
        self.issuer.pem()
    }

    /// A file with its own certificate, which exists for as long as this value.
    #[must_use]
    pub fn file(&self) -> &Path {
        self.file.path()
    }

    /// A certificate for a server at this name or address, and the key to it, in PEM.
    ///
    /// # Panics
    /// `host` is not a valid name or address.
    #[must_use]
    pub fn certify(&self, host: &str) -> (String, String) {
        self.certify_all(&[host])
    }

    /// The same for a server at all of these.
    ///
    /// # Panics
    /// One of them is not a valid name or address.
    #[must_use]
    pub fn certify_all(&self, hosts: &[&str]) -> (String, String) {
        let key = KeyPair::generate().expect("a key");
        let hosts: Vec<_> = hosts.iter().map(|host| (*host).to_owned()).collect();
        let params = CertificateParams::new(hosts).expect("names or addresses");
        let certificate = params.signed_by(&key, &self.issuer).expect("a certificate");
        (certificate.pem(), key.serialize_pem())
    }
}

impl fmt::Debug for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Authority").field(&self.file()).finish()
    }
}
