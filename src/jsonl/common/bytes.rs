//! A vectorized search for a byte.

/// The number of bytes that are compared together.
const BLOCK: usize = 64;

/// The index of the first occurrence of a byte. Faster than `position`, which the compiler does not
/// vectorize.
pub fn find(haystack: &[u8], needle: u8) -> Option<usize> {
    let (blocks, _) = haystack.as_chunks::<BLOCK>();
    let has = |block: &&[u8; BLOCK]| block.iter().fold(0, |any, &byte| any | u8::from(byte == needle)) != 0;
    let before = blocks.iter().take_while(|block| !has(block)).count() * BLOCK;
    haystack[before..].iter().position(|&byte| byte == needle).map(|at| before + at)
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn the_result_is_the_same_as_that_of_position() {
        for length in [0, 1, 63, 64, 65, 200] {
            for at in 0..=length {
                let mut text = vec![b'x'; length];
                text[at.min(length)..].fill(b'y');
                assert_eq!(find(&text, b'y'), text.iter().position(|&byte| byte == b'y'), "{length} {at}");
            }
        }
    }
}
