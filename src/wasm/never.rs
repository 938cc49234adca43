//! What the serializers of results have in common: an error that cannot occur, and types that do not occur.

use std::convert::Infallible;
use std::fmt;

use serde::ser::Error;

/// The error of a serializer that cannot fail. It has no value.
#[derive(Debug)]
pub struct Never(Infallible);

impl Never {
    /// Handles the error, of which there is none.
    pub const fn unreachable(self) -> ! {
        match self.0 {}
    }
}

impl fmt::Display for Never {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {}
    }
}

impl std::error::Error for Never {}

impl Error for Never {
    fn custom<T: fmt::Display>(_: T) -> Self {
        unreachable!("no result refuses to be serialized")
    }
}

/// Implements methods of a serializer for types that do not occur in results.
macro_rules! unused {
    ($($method:ident($($type:ty),*) -> $result:ty,)*) => {
        $(fn $method(self, $(_: $type),*) -> Result<$result, Never> {
            unreachable!("no result contains a value of this type")
        })*
    };
}

pub(super) use unused;
