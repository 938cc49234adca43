//! Results as JSON. The module for files passes its results this way: JSON is made without a call into
//! JavaScript for each field, and a module with no other results needs no glue code.
//!
//! `serde_json` would add several kilobytes to the module. This serializer cannot fail, so the code of each
//! field has no error handling, and its parts are not inlined into the code of every type.

use serde::ser::{Impossible, Serialize, SerializeSeq, SerializeStruct, Serializer};

use crate::text::write_decimal;

use super::never::{Never, unused};

/// Appends a result as JSON: `null` for `None`. Fields without a value are omitted. All numbers are natural
/// numbers, and no array may contain `None`, which would be written as nothing.
pub fn write_json(result: &(impl Serialize + ?Sized), out: &mut Vec<u8>) {
    let start = out.len();
    match result.serialize(Writer(out)) {
        Ok(()) if out.len() == start => out.extend_from_slice(b"null"),
        Ok(()) => {}
        Err(never) => never.unreachable(),
    }
}

struct Writer<'a>(&'a mut Vec<u8>);

/// An array or object that is being written.
struct Elements<'a> {
    out: &'a mut Vec<u8>,
    /// What to write before the next element: the opening bracket, then commas.
    before: u8,
    closing: u8,
}

impl<'a> Elements<'a> {
    const fn new(out: &'a mut Vec<u8>, opening: u8, closing: u8) -> Self {
        Self { out, before: opening, closing }
    }

    #[inline(never)]
    fn separate(&mut self) {
        self.out.push(self.before);
        self.before = b',';
    }

    /// Writes a key. Returns the offset of its field, which `end_field` needs.
    #[inline(never)]
    fn begin_field(&mut self, key: &str) -> usize {
        let start = self.out.len();
        self.separate();
        self.out.push(b'"');
        self.out.extend_from_slice(key.as_bytes());
        self.out.extend_from_slice(b"\":");
        start
    }

    /// Removes the field that begins at `start` if it has no value.
    #[inline(never)]
    fn end_field(&mut self, start: usize) {
        if self.out.last() == Some(&b':') {
            self.before = self.out[start];
            self.out.truncate(start);
        }
    }

    #[inline(never)]
    fn close(self) {
        if self.before != b',' {
            self.out.push(self.before);
        }
        self.out.push(self.closing);
    }
}

macro_rules! integers {
    ($($method:ident: $type:ty,)*) => {
        $(fn $method(self, value: $type) -> Result<(), Never> {
            #[allow(clippy::useless_conversion, reason = "the same for every type")]
            write_decimal(value.into(), self.0);
            Ok(())
        })*
    };
}

impl<'a> Serializer for Writer<'a> {
    type Ok = ();
    type Error = Never;
    type SerializeSeq = Elements<'a>;
    type SerializeTuple = Impossible<(), Never>;
    type SerializeTupleStruct = Impossible<(), Never>;
    type SerializeTupleVariant = Impossible<(), Never>;
    type SerializeMap = Impossible<(), Never>;
    type SerializeStruct = Elements<'a>;
    type SerializeStructVariant = Impossible<(), Never>;

    integers! {
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64,
    }

    fn serialize_bool(self, value: bool) -> Result<(), Never> {
        write_bytes(if value { b"true" } else { b"false" }, self.0);
        Ok(())
    }

    fn serialize_str(self, value: &str) -> Result<(), Never> {
        write_string(value, self.0);
        Ok(())
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Never> {
        write_string(variant, self.0);
        Ok(())
    }

    /// Writes nothing. No value ends with a colon, so `end_field` recognizes a field without a value.
    fn serialize_none(self) -> Result<(), Never> {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Never> {
        unreachable!("no result contains a value of this type")
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Elements<'a>, Never> {
        Ok(Elements::new(self.0, b'[', b']'))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Elements<'a>, Never> {
        Ok(Elements::new(self.0, b'{', b'}'))
    }

    unused! {
        serialize_i8(i8) -> (),
        serialize_i16(i16) -> (),
        serialize_i32(i32) -> (),
        serialize_i64(i64) -> (),
        serialize_f32(f32) -> (),
        serialize_f64(f64) -> (),
        serialize_char(char) -> (),
        serialize_bytes(&[u8]) -> (),
        serialize_unit() -> (),
        serialize_unit_struct(&'static str) -> (),
        serialize_tuple(usize) -> Impossible<(), Never>,
        serialize_tuple_struct(&'static str, usize) -> Impossible<(), Never>,
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Impossible<(), Never>,
        serialize_map(Option<usize>) -> Impossible<(), Never>,
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Impossible<(), Never>,
    }
}

impl SerializeSeq for Elements<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        self.separate();
        value.serialize(Writer(self.out))
    }

    fn end(self) -> Result<(), Never> {
        self.close();
        Ok(())
    }
}

impl SerializeStruct for Elements<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Never> {
        let start = self.begin_field(key);
        value.serialize(Writer(self.out))?;
        self.end_field(start);
        Ok(())
    }

    fn end(self) -> Result<(), Never> {
        self.close();
        Ok(())
    }
}

#[inline(never)]
fn write_bytes(bytes: &[u8], out: &mut Vec<u8>) {
    out.extend_from_slice(bytes);
}

/// Writes a string in quotes.
#[inline(never)]
fn write_string(value: &str, out: &mut Vec<u8>) {
    out.reserve(value.len() + 2);
    out.push(b'"');
    let mut rest = value.as_bytes();
    while let Some(at) = rest.iter().position(|&byte| byte < b' ' || byte == b'"' || byte == b'\\') {
        let (plain, escaped) = rest.split_at(at);
        out.extend_from_slice(plain);
        write_escaped(escaped[0], out);
        rest = &escaped[1..];
    }
    out.extend_from_slice(rest);
    out.push(b'"');
}

#[inline(never)]
fn write_escaped(byte: u8, out: &mut Vec<u8>) {
    if byte < b' ' {
        let digit = |value: u8| if value < 10 { b'0' + value } else { b'a' + value - 10 };
        out.extend_from_slice(&[b'\\', b'u', b'0', b'0', digit(byte >> 4), digit(byte & 15)]);
    } else {
        out.extend_from_slice(&[b'\\', byte]);
    }
}
