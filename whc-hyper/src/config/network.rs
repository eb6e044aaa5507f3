//! A range of addresses, as `10.0.0.0/8`.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use whc_core::{Error, Result};

/// How many bits of an address in 128 bits stand before one of IPv4.
const MAPPED: u8 = 96;

/// A range of addresses, as `10.0.0.0/8`; one address is a range too.
///
/// ```
/// let network: whc_hyper::Network = "10.0.0.0/8".parse()?;
/// assert!(network.contains("10.1.2.3".parse().unwrap()));
/// # Ok::<(), whc_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    prefix: u8,
}

impl Network {
    /// Whether `address` is in it. An address of IPv4 within IPv6, as `::ffff:10.1.2.3`, is one of IPv4.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        self.bits() == leading(bits(address), self.significant())
    }

    /// All networks of a list, parted by commas or spaces.
    pub(super) fn parse_list(text: &str) -> Result<Vec<Self>> {
        let names = text.split([',', ' ']).filter(|name| !name.is_empty());
        names.map(str::parse).collect()
    }

    fn bits(self) -> u128 {
        leading(bits(self.address), self.significant())
    }

    fn significant(self) -> u8 {
        if self.address.is_ipv4() { self.prefix + MAPPED } else { self.prefix }
    }
}

impl FromStr for Network {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let (address, prefix) =
            text.split_once('/').map_or((text, None), |(address, prefix)| (address, Some(prefix)));
        let unreadable =
            || Error::invalid(format!("\"{text}\" is not a network like 10.0.0.0/8 or fd00::/8"));
        let address: IpAddr = address.parse().map_err(|_| unreadable())?;
        let longest = if address.is_ipv4() { 32 } else { 128 };
        let prefix = prefix.map_or(Ok(longest), str::parse).map_err(|_| unreadable())?;
        if prefix > longest { Err(unreadable()) } else { Ok(Self { address, prefix }) }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.prefix)
    }
}

/// An address in 128 bits.
pub(crate) fn bits(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => address.to_ipv6_mapped().to_bits(),
        IpAddr::V6(address) => address.to_bits(),
    }
}

/// The first `count` bits.
pub(crate) fn leading(bits: u128, count: u8) -> u128 {
    let rest = 128 - u32::from(count);
    bits.checked_shr(rest).and_then(|bits| bits.checked_shl(rest)).unwrap_or_default()
}
