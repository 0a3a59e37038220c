//! Identifiers: each a type whose constructor is its proof.

mod subject_code;
mod uscc;

pub use subject_code::{AsPublished, SubjectCode};
pub use uscc::{CODE_LENGTH, Uscc, UsccError, UsccWarning};
