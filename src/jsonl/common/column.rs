//! Columns of a line.

/// The column after these bytes of a line, from 1, in UTF-16 code units.
pub fn column(before: &[u8]) -> u64 {
    1 + before.iter().map(|&byte| u64::from(byte & 0xc0 != 0x80) + u64::from(byte >= 0xf0)).sum::<u64>()
}
