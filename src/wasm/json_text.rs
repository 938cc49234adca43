//! Results as JSON. The modules for batches and for files pass all results this way: JSON is made without a
//! call into JavaScript for each field, and a module with no other results needs no glue code.

use crate::text::decimal;

use super::number::to_u64_saturating;
use super::output_value::OutputValue;

/// Writes a tree as JSON. All numbers must be finite.
pub fn write_json(output_value: &OutputValue, out: &mut Vec<u8>) {
    match output_value {
        OutputValue::Absent => out.extend_from_slice(b"null"),
        OutputValue::Boolean(value) => out.extend_from_slice(if *value { b"true" } else { b"false" }),
        OutputValue::Number(value) => write_number(*value, out),
        OutputValue::String(value) => write_string(value, out),
        OutputValue::StaticString(value) => write_string(value, out),
        OutputValue::Array(items) => {
            out.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                write_json(item, out);
            }
            out.push(b']');
        }
        OutputValue::Object(properties) => {
            out.push(b'{');
            let mut first = true;
            // Absent values are omitted.
            for (key, value) in properties.iter().filter(|(_, value)| !matches!(value, OutputValue::Absent)) {
                if !first {
                    out.push(b',');
                }
                first = false;
                write_string(key, out);
                out.push(b':');
                write_json(value, out);
            }
            out.push(b'}');
        }
    }
}

/// Writes a string in quotes.
fn write_string(value: &str, out: &mut Vec<u8>) {
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

/// Writes a number with enough digits that a parser gets the same number. The standard library's formatting
/// of fractions would add several kilobytes to the module.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "the casts saturate, and NaN becomes 0"
)]
fn write_number(value: f64, out: &mut Vec<u8>) {
    if value < 0.0 {
        out.push(b'-');
    }
    let value = value.abs();
    let whole = to_u64_saturating(value);
    out.extend_from_slice(decimal(whole).as_bytes());
    // The fraction as an integer, multiplied by 2^120. This is exact for numbers above 2^-67, and ten times
    // the integer still fits.
    let mut rest = ((value - whole as f64) * (1u128 << FRACTION_BITS) as f64) as u128;
    if rest > 0 {
        out.push(b'.');
    }
    let mut left = MAX_DIGITS;
    while rest > 0 && left > 0 {
        rest *= 10;
        let digit = (rest >> FRACTION_BITS) as u8;
        rest &= (1 << FRACTION_BITS) - 1;
        out.push(b'0' + digit);
        // Leading zeros are not significant digits.
        left -= u32::from(left < MAX_DIGITS || digit > 0);
    }
}

/// The number of bits of a fraction.
const FRACTION_BITS: u32 = 120;
/// The number of significant digits: the 17 that distinguish any two numbers, and two more, because the last
/// digit is truncated and not rounded.
const MAX_DIGITS: u32 = 19;
