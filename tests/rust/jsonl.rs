//! Input files and result files.

mod fix;
mod flooding;
mod input;
mod lines;
mod reconcile;
mod results;
mod split;
mod wrong_files;
