//! Is this value a batch? Rules, fields, and what servers really send.

mod deviations;
mod fields;
mod fixtures;
mod hostile;
mod recordings;
mod rules;
