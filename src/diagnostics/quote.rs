//! Quoted strings in messages.

use crate::text::beginning;

/// The maximum number of code points in a quoted string.
const MAX_LENGTH: usize = 80;

/// Quotes a string for a message, cut to 80 code points.
///
/// Control characters and characters that change the text direction are escaped, so that the string cannot
/// disturb the text around it.
#[must_use]
pub fn quoted(string: &str) -> String {
    let mut out = String::from("\"");
    let (beginning, is_cut) = beginning(string, MAX_LENGTH);
    for c in beginning.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if c.is_control() || is_directional(c) => {
                out.push_str("\\u");
                for shift in [12, 8, 4, 0] {
                    out.push(char::from_digit(u32::from(c) >> shift & 15, 16).unwrap_or('0'));
                }
            }
            c => out.push(c),
        }
    }
    if is_cut {
        out.push('…');
    }
    out.push('"');
    out
}

const fn is_directional(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
