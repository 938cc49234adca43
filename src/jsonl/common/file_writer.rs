//! Feeds the bytes of a file to an operation.

use std::io::{self, Read, Write};

use super::lines::{LineHandler, LineParser};

/// The size of the chunks in which a reader is read, in bytes.
const CHUNK_SIZE: usize = 1 << 16;

/// Writes a file to an operation, which processes each line as soon as it is complete. Dropping the writer
/// ends the file.
///
/// ```
/// use std::io::Write;
///
/// use batchlight::jsonl::{FileRole, Reconciler};
///
/// let mut reconciler = Reconciler::new(1);
/// let mut file = reconciler.file(FileRole::Input, 0);
/// file.write_all(b"{\"custom_id\": \"a\"}\n{\"custom")?;
/// file.write_all(b"_id\": \"b\"}\n")?;
/// drop(file);
/// assert_eq!(reconciler.finish(&[]).report().missing, 2);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct FileWriter<'a, H: LineHandler> {
    parser: LineParser,
    handler: &'a mut H,
}

impl<'a, H: LineHandler> FileWriter<'a, H> {
    /// Begins a file. The tapes of its lines contain the properties down to this depth.
    pub(in crate::jsonl) const fn new(handler: &'a mut H, depth: usize) -> Self {
        Self { parser: LineParser::new(depth), handler }
    }

    /// Returns a buffer of at least this size for the next chunk, which saves a copy in comparison with
    /// [`write`](Write::write). Call [`advance`](Self::advance) after writing into it.
    pub fn spare_mut(&mut self, size: usize) -> &mut [u8] {
        self.parser.spare_mut(size)
    }

    /// Adds a chunk of this size that was written into the buffer.
    pub fn advance(&mut self, size: usize) {
        self.parser.advance(size, &mut |line, parsed| self.handler.line(&line, parsed));
    }

    /// Reads a reader to its end. Returns the number of bytes.
    ///
    /// # Errors
    /// The error of the reader. It is read again if it was interrupted.
    pub fn read_from(&mut self, mut reader: impl Read) -> io::Result<u64> {
        let mut bytes = 0;
        loop {
            match reader.read(self.spare_mut(CHUNK_SIZE)) {
                Ok(0) => return Ok(bytes),
                Ok(size) => {
                    self.advance(size);
                    bytes += size as u64;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

impl<H: LineHandler> Write for FileWriter<'_, H> {
    fn write(&mut self, chunk: &[u8]) -> io::Result<usize> {
        self.spare_mut(chunk.len())[..chunk.len()].copy_from_slice(chunk);
        self.advance(chunk.len());
        Ok(chunk.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<H: LineHandler> Drop for FileWriter<'_, H> {
    fn drop(&mut self) {
        let bytes = self.parser.bytes();
        self.parser.end(&mut |line, parsed| self.handler.line(&line, parsed));
        self.handler.end_file(bytes);
    }
}
