//! A plain tree of any answer, so that serde-wasm-bindgen is instantiated for one type instead of thirty.
//!
//! Measured: the module is smaller by a seventh than with each answer serialized by itself, because
//! building this tree cannot fail, and what cannot fail needs no way out after every member.

use std::convert::Infallible;
use std::fmt;

use serde::ser::{Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, Serializer};

/// What JavaScript can hold, as far as our answers need it.
pub enum Plain {
    /// Nothing: left out of objects.
    Nothing,
    /// A boolean.
    Boolean(bool),
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
    /// A text of this module's own.
    Name(&'static str),
    /// A list.
    List(Vec<Self>),
    /// An object.
    Object(Vec<(&'static str, Self)>),
}

impl Plain {
    /// The tree of an answer.
    pub fn of(answer: &(impl Serialize + ?Sized)) -> Self {
        match answer.serialize(Builder) {
            Ok(plain) => plain,
            Err(Never(never)) => match never {},
        }
    }
}

impl Serialize for Plain {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Nothing => serializer.serialize_unit(),
            Self::Boolean(value) => serializer.serialize_bool(*value),
            Self::Number(value) => serializer.serialize_f64(*value),
            Self::Text(value) => serializer.serialize_str(value),
            Self::Name(value) => serializer.serialize_str(value),
            Self::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(item)?;
                }
                list.end()
            }
            Self::Object(members) => {
                let mut object = serializer.serialize_map(Some(members.len()))?;
                for (key, value) in members {
                    object.serialize_entry(key, value)?;
                }
                object.end()
            }
        }
    }
}

/// The error of building a tree: there is none.
#[derive(Debug)]
pub struct Never(Infallible);

impl fmt::Display for Never {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {}
    }
}

impl std::error::Error for Never {}

impl serde::ser::Error for Never {
    fn custom<T: fmt::Display>(_: T) -> Self {
        unreachable!("no answer of this package refuses to be serialized")
    }
}

struct Builder;

/// A list being built.
struct Items(Vec<Plain>);

/// An object being built.
struct Members(Vec<(&'static str, Plain)>);

// Out of line: their callers are instantiated for every type of member.
impl Items {
    #[inline(never)]
    fn put(&mut self, item: Plain) {
        self.0.push(item);
    }
}

impl Members {
    #[inline(never)]
    fn put(&mut self, key: &'static str, value: Plain) {
        self.0.push((key, value));
    }
}

/// The kinds of value that no answer of this package holds.
macro_rules! unused {
    ($($method:ident($($type:ty),*) -> $result:ty,)*) => {
        $(fn $method(self, $(_: $type),*) -> Result<$result, Never> {
            unreachable!("no answer of this package holds such a value")
        })*
    };
}

macro_rules! numbers {
    ($($method:ident: $type:ty,)*) => {
        $(fn $method(self, value: $type) -> Result<Plain, Never> {
            #[allow(clippy::cast_precision_loss, clippy::cast_lossless, reason = "our answers hold no \
                number beyond 2^53")]
            Ok(Plain::Number(value as f64))
        })*
    };
}

impl Serializer for Builder {
    type Ok = Plain;
    type Error = Never;
    type SerializeSeq = Items;
    type SerializeTuple = Impossible<Plain, Never>;
    type SerializeTupleStruct = Impossible<Plain, Never>;
    type SerializeTupleVariant = Impossible<Plain, Never>;
    type SerializeMap = Impossible<Plain, Never>;
    type SerializeStruct = Members;
    type SerializeStructVariant = Impossible<Plain, Never>;

    numbers! {
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64,
        serialize_f32: f32, serialize_f64: f64,
    }

    fn serialize_bool(self, value: bool) -> Result<Plain, Never> {
        Ok(Plain::Boolean(value))
    }

    fn serialize_str(self, value: &str) -> Result<Plain, Never> {
        Ok(Plain::Text(value.to_owned()))
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<Plain, Never> {
        Ok(Plain::Name(variant))
    }

    fn serialize_none(self) -> Result<Plain, Never> {
        Ok(Plain::Nothing)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Plain, Never> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Plain, Never> {
        value.serialize(self)
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Items, Never> {
        Ok(Items(Vec::with_capacity(length.unwrap_or(0))))
    }

    fn serialize_struct(self, _: &'static str, length: usize) -> Result<Members, Never> {
        Ok(Members(Vec::with_capacity(length)))
    }

    unused! {
        serialize_char(char) -> Plain,
        serialize_bytes(&[u8]) -> Plain,
        serialize_unit() -> Plain,
        serialize_unit_struct(&'static str) -> Plain,
        serialize_tuple(usize) -> Impossible<Plain, Never>,
        serialize_tuple_struct(&'static str, usize) -> Impossible<Plain, Never>,
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Impossible<Plain, Never>,
        serialize_map(Option<usize>) -> Impossible<Plain, Never>,
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Impossible<Plain, Never>,
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Plain, Never> {
        Ok(Plain::Object(vec![(variant, Plain::of(value))]))
    }
}

impl SerializeSeq for Items {
    type Ok = Plain;
    type Error = Never;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        self.put(Plain::of(value));
        Ok(())
    }

    fn end(self) -> Result<Plain, Never> {
        Ok(Plain::List(self.0))
    }
}

impl SerializeStruct for Members {
    type Ok = Plain;
    type Error = Never;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Never> {
        self.put(key, Plain::of(value));
        Ok(())
    }

    fn end(self) -> Result<Plain, Never> {
        Ok(Plain::Object(self.0))
    }
}
