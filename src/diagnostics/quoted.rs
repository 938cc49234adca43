//! Values quoted in messages.

use crate::text::beginning;

/// A text as it may stand in a message: quoted, at most 80 characters, with control and direction
/// characters spelt out, so that no value can disturb what is read around it.
#[must_use]
pub fn quoted(text: &str) -> String {
    const MOST: usize = 80;
    let mut out = String::from("\"");
    let (beginning, more) = beginning(text, MOST);
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
    if more {
        out.push('…');
    }
    out.push('"');
    out
}

const fn is_directional(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
