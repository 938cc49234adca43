//! Converts UTF-16 to UTF-8 in chunks.

/// The byte order marks of UTF-16, little endian first.
const MARKS: [[u8; 2]; 2] = [[0xff, 0xfe], [0xfe, 0xff]];

/// Converts a file that began with a byte order mark of UTF-16.
#[derive(Debug)]
pub struct Utf16Decoder {
    is_big_endian: bool,
    /// The first byte of a code unit whose second byte is in the next chunk.
    byte: Option<u8>,
    /// A high surrogate whose low surrogate has not been read.
    high: Option<u16>,
    /// The line number, from 1.
    line: u64,
}

impl Utf16Decoder {
    /// A decoder for a file with these first bytes, if they are a byte order mark of UTF-16.
    pub fn detect(first: [u8; 2]) -> Option<Self> {
        let mark = MARKS.iter().position(|mark| *mark == first)?;
        Some(Self { is_big_endian: mark == 1, byte: None, high: None, line: 1 })
    }

    /// Appends the text of a chunk. Unpaired surrogates become U+FFFD; `replaced` is called with their lines.
    pub fn decode(&mut self, chunk: &[u8], out: &mut String, mut replaced: impl FnMut(u64)) {
        out.reserve(chunk.len());
        for &byte in chunk {
            let Some(first) = self.byte.take() else {
                self.byte = Some(byte);
                continue;
            };
            let bytes = [first, byte];
            let unit = if self.is_big_endian { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) };
            let pair = self.high.into_iter().chain([unit]);
            if (0xd800..0xdc00).contains(&unit) {
                if self.high.replace(unit).is_some() {
                    replaced(self.line);
                    out.push(char::REPLACEMENT_CHARACTER);
                }
                continue;
            }
            self.high = None;
            for decoded in char::decode_utf16(pair) {
                out.push(decoded.unwrap_or_else(|_| {
                    replaced(self.line);
                    char::REPLACEMENT_CHARACTER
                }));
            }
            self.line += u64::from(unit == u16::from(b'\n'));
        }
    }

    /// Ends the file. Half a character at its end becomes U+FFFD; `replaced` is called with its line.
    pub fn finish(&mut self, out: &mut String, mut replaced: impl FnMut(u64)) {
        let halves = [self.high.take().is_some(), self.byte.take().is_some()];
        for _ in halves.into_iter().filter(|half| *half) {
            replaced(self.line);
            out.push(char::REPLACEMENT_CHARACTER);
        }
    }
}
