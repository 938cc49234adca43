//! Looking for a byte, many at a time.

/// As many bytes as are looked at together.
const BLOCK: usize = 64;

/// Where a byte stands first. Quicker than `position`, which the compiler does not make vectors of.
pub(crate) fn find(text: &[u8], byte: u8) -> Option<usize> {
    let (blocks, _) = text.as_chunks::<BLOCK>();
    let has = |block: &&[u8; BLOCK]| block.iter().fold(0, |any, &other| any | u8::from(other == byte)) != 0;
    let before = blocks.iter().take_while(|block| !has(block)).count() * BLOCK;
    text[before..].iter().position(|&other| other == byte).map(|at| before + at)
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn finds_as_position_does() {
        for length in [0, 1, 63, 64, 65, 200] {
            for at in 0..=length {
                let mut text = vec![b'x'; length];
                text[at.min(length)..].fill(b'y');
                assert_eq!(find(&text, b'y'), text.iter().position(|&byte| byte == b'y'), "{length} {at}");
            }
        }
    }
}
