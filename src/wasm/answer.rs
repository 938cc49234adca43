//! Answers: the results that the module for batches passes to JavaScript, as numbers and one text.
//!
//! An answer has no names. JavaScript reads it with a function for each type, which is generated from the
//! declarations of the types (`scripts/codegen/answer-readers.mjs`), so a field costs one number, and no
//! object is parsed. The cells are, in the order of declaration:
//!
//! - a number: itself
//! - a `bool`: 0 or 1
//! - a string: -1 minus its length in UTF-16 code units, which no number of a path can be; the text has the
//!   string itself
//! - an enum without data: the index of the variant
//! - an optional value: 0, or 1 and the value
//! - an array: its length and the elements
//! - a struct: its fields; an internally tagged enum: its tag as a string and the fields of the variant

use std::cell::Cell;

use serde::ser::{Impossible, Serialize, SerializeSeq, SerializeStruct, Serializer};

use super::never::{Never, unused};

/// The cells and the text of an answer.
#[derive(Default)]
struct Answer {
    cells: Vec<f64>,
    text: String,
}

thread_local! {
    static ANSWER: Cell<Option<Box<Answer>>> = const { Cell::new(None) };
}

/// The maximum capacity, in cells and in bytes of text, of an answer whose memory is used again. Views of
/// nearly all batches are smaller.
const MAX_REUSED: usize = 1 << 13;

/// Writes an answer and returns the address of its cells, which is valid until the next call.
pub fn answer(result: &impl Serialize) -> usize {
    let mut answer = ANSWER.take().unwrap_or_default();
    if answer.cells.capacity().max(answer.text.capacity()) > MAX_REUSED {
        *answer = Answer::default();
    }
    answer.cells.clear();
    answer.text.clear();
    match result.serialize(Writer(&mut answer)) {
        Ok(()) => {}
        Err(never) => never.unreachable(),
    }
    let address = answer.cells.as_ptr() as usize;
    ANSWER.set(Some(answer));
    address
}

/// The address of the text of the last answer, and its length in bytes.
pub fn answer_text() -> (usize, usize) {
    let answer = ANSWER.take().unwrap_or_default();
    let text = (answer.text.as_ptr() as usize, answer.text.len());
    ANSWER.set(Some(answer));
    text
}

struct Writer<'a>(&'a mut Answer);

impl Writer<'_> {
    #[inline(never)]
    fn number(self, number: f64) {
        self.0.cells.push(number);
    }

    #[inline(never)]
    fn string(self, string: &str) {
        let units = if string.is_ascii() { string.len() } else { string.encode_utf16().count() };
        #[expect(clippy::cast_precision_loss, reason = "no string has 2^53 code units")]
        self.0.cells.push(-1.0 - units as f64);
        self.0.text.push_str(string);
    }
}

/// Numbers. JavaScript gets none above 2^53, so no conversion loses precision.
macro_rules! numbers {
    ($($method:ident: $type:ty,)*) => {
        $(fn $method(self, value: $type) -> Result<(), Never> {
            #[allow(clippy::cast_precision_loss, clippy::cast_lossless, reason = "the same for every type")]
            self.number(value as f64);
            Ok(())
        })*
    };
}

impl Serializer for Writer<'_> {
    type Ok = ();
    type Error = Never;
    type SerializeSeq = Self;
    type SerializeTuple = Impossible<(), Never>;
    type SerializeTupleStruct = Impossible<(), Never>;
    type SerializeTupleVariant = Impossible<(), Never>;
    type SerializeMap = Impossible<(), Never>;
    type SerializeStruct = Self;
    type SerializeStructVariant = Impossible<(), Never>;

    numbers! {
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64,
        serialize_f32: f32, serialize_f64: f64,
    }

    fn serialize_bool(self, value: bool) -> Result<(), Never> {
        self.number(if value { 1.0 } else { 0.0 });
        Ok(())
    }

    fn serialize_str(self, value: &str) -> Result<(), Never> {
        self.string(value);
        Ok(())
    }

    fn serialize_unit_variant(self, _: &'static str, index: u32, _: &'static str) -> Result<(), Never> {
        self.number(index.into());
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Never> {
        self.number(0.0);
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Never> {
        Writer(&mut *self.0).number(1.0);
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Self, Never> {
        #[expect(clippy::cast_precision_loss, reason = "no array has 2^53 elements")]
        Writer(&mut *self.0).number(length.unwrap_or_default() as f64);
        Ok(self)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Never> {
        Ok(self)
    }

    unused! {
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

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Never> {
        unreachable!("no result contains a value of this type")
    }
}

impl SerializeSeq for Writer<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        value.serialize(Writer(&mut *self.0))
    }

    fn end(self) -> Result<(), Never> {
        Ok(())
    }
}

impl SerializeStruct for Writer<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, _: &'static str, value: &T) -> Result<(), Never> {
        value.serialize(Writer(&mut *self.0))
    }

    /// Derived code skips the fields that are `None`.
    fn skip_field(&mut self, _: &'static str) -> Result<(), Never> {
        Writer(&mut *self.0).serialize_none()
    }

    fn end(self) -> Result<(), Never> {
        Ok(())
    }
}
