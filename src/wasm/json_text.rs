//! An answer as JSON text. Files' answers go out this way: the text is made without a call into JavaScript for each member, and
//! the module needs no glue at all.

use super::plain::Plain;

/// Writes a tree as JSON. Numbers are whole or are rounded to millionths.
pub fn write(plain: &Plain, out: &mut Vec<u8>) {
    match plain {
        Plain::Nothing => out.extend_from_slice(b"null"),
        Plain::Boolean(value) => out.extend_from_slice(if *value { b"true" } else { b"false" }),
        Plain::Number(value) => number(*value, out),
        Plain::Text(value) => text(value, out),
        Plain::Name(value) => text(value, out),
        Plain::List(items) => {
            out.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                write(item, out);
            }
            out.push(b']');
        }
        Plain::Object(members) => {
            out.push(b'{');
            let mut first = true;
            // What is nothing is left out, as from the core's answers.
            for (key, value) in members.iter().filter(|(_, value)| !matches!(value, Plain::Nothing)) {
                if !first {
                    out.push(b',');
                }
                first = false;
                text(key, out);
                out.push(b':');
                write(value, out);
            }
            out.push(b'}');
        }
    }
}

/// Writes a text with its quotes.
pub fn text(value: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    for &byte in value.as_bytes() {
        match byte {
            b'"' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
            0..0x20 => {
                let digit = |value: u8| if value < 10 { b'0' + value } else { b'a' + value - 10 };
                out.extend_from_slice(&[b'\\', b'u', b'0', b'0', digit(byte >> 4), digit(byte & 15)]);
            }
            _ => out.push(byte),
        }
    }
    out.push(b'"');
}

/// The standard library's way of writing fractions is several kilobytes, and our answers hold next to none.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "what is beyond saturates, and NaN becomes 0"
)]
fn number(value: f64, out: &mut Vec<u8>) {
    const PARTS: u32 = 1_000_000;
    if value < 0.0 {
        out.push(b'-');
    }
    let value = value.abs();
    let (mut whole, mut part) = (value as u64, ((value % 1.0) * f64::from(PARTS) + 0.5) as u64);
    if part >= u64::from(PARTS) {
        (whole, part) = (whole + 1, 0);
    }
    digits(whole, 1, out);
    if part > 0 {
        out.push(b'.');
        digits(part, 6, out);
    }
}

fn digits(mut value: u64, least: usize, out: &mut Vec<u8>) {
    let start = out.len();
    while value > 0 || out.len() - start < least {
        out.push(b'0' + u8::try_from(value % 10).unwrap_or(0));
        value /= 10;
    }
    out[start..].reverse();
}
