//! Are the files right? Input files before they are sent, result files after.

mod lines;

pub use lines::{LONGEST_LINE, Line, LineEnd, Lines, Reading};
