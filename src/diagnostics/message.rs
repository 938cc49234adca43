//! The message of an issue.

use crate::text::concat;

/// Composes `expected {expected}, found {found} at {path}`. Without a path, the last part is omitted.
pub(crate) fn compose_message(expected: &str, found: &str, path: &str) -> String {
    let at = if path.is_empty() { "" } else { " at " };
    concat(&["expected ", expected, ", found ", found, at, path])
}

#[cfg(test)]
mod tests {
    use super::compose_message;

    #[test]
    fn names_the_path_if_there_is_one() {
        assert_eq!(compose_message("a string", "null", "id"), "expected a string, found null at id");
        assert_eq!(compose_message("a string", "null", ""), "expected a string, found null");
    }
}
