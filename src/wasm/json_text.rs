//! An answer as JSON text. Files' answers go out this way, and those of the core that are asked for often:
//! the text is made without a call into JavaScript for each member, and a module that has no other answers
//! needs no glue at all.

use super::number::saturated;
use super::output_value::Plain;

/// Writes a tree as JSON. Numbers are finite.
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

/// The standard library's way of writing fractions is several kilobytes. This one writes more digits than a
/// reader needs to come to the very same number.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "what is beyond saturates, and NaN becomes 0"
)]
fn number(value: f64, out: &mut Vec<u8>) {
    if value < 0.0 {
        out.push(b'-');
    }
    let value = value.abs();
    let whole = saturated(value);
    digits(whole, out);
    // What is behind the point, of 2^120: no digit of a number above 2^-67 is lost, and ten times as much
    // still fits.
    let mut rest = ((value - whole as f64) * (1u128 << PART) as f64) as u128;
    if rest > 0 {
        out.push(b'.');
    }
    let mut left = DIGITS;
    while rest > 0 && left > 0 {
        rest *= 10;
        let digit = (rest >> PART) as u8;
        rest &= (1 << PART) - 1;
        out.push(b'0' + digit);
        // Noughts in front say nothing of how exact it is.
        left -= u32::from(left < DIGITS || digit > 0);
    }
}

/// Bits of a fraction.
const PART: u32 = 120;
/// As many as tell any two numbers apart, and two more, as the last is cut off and not rounded.
const DIGITS: u32 = 19;

fn digits(mut value: u64, out: &mut Vec<u8>) {
    let start = out.len();
    while value > 0 || out.len() == start {
        out.push(b'0' + u8::try_from(value % 10).unwrap_or(0));
        value /= 10;
    }
    out[start..].reverse();
}
