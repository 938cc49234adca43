//! JSON bytes: the tape of a line and its shape.

mod conformance;
mod properties;
mod shapes;
mod tape;
