//! What the tests share: sample batches, files, generators and the plain implementation to compare with.

pub mod breaches;
pub mod files;
pub mod generators;
pub mod histories;
pub mod imports;
pub mod inputs;
pub mod oracle;
pub mod rows;
pub mod samples;
pub mod views;
