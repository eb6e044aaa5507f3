//! A digest of bytes that is the same in every process and for every compiler: FNV-1a, 64 bits.

use std::io;

/// The digest of everything written to it. Against chance, not against forgery.
pub(crate) struct Digest(pub(crate) u64);

impl Default for Digest {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl io::Write for Digest {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 = bytes
            .iter()
            .fold(self.0, |digest, byte| (digest ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::Digest;

    /// As published with the algorithm.
    #[test]
    fn it_is_fnv_1a() {
        for (text, digest) in
            [("", 0xcbf2_9ce4_8422_2325), ("a", 0xaf63_dc4c_8601_ec8c), ("foobar", 0x8594_4171_f739_67e8)]
        {
            let mut written = Digest::default();
            written.write_all(text.as_bytes()).unwrap();
            assert_eq!(written.0, digest, "{text}");
        }
    }
}
