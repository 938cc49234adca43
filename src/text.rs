//! String functions: templates, lists and code points.

/// Replaces each `{name}` in a template by the value with that name. Unknown names stay unchanged, and values
/// are not templates themselves.
pub(crate) fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some((before, inside)) = rest.split_once('{') {
        filled.push_str(before);
        let value_of = |name| values.iter().find(|(known, _)| *known == name);
        let named = inside.split_once('}').and_then(|(name, after)| Some((value_of(name)?, after)));
        if let Some(((_, value), after)) = named {
            filled.push_str(value);
            rest = after;
        } else {
            filled.push('{');
            rest = inside;
        }
    }
    filled.push_str(rest);
    filled
}

/// Joins strings with `, `. Adds less to the WebAssembly module than the standard library's `join`.
pub(crate) fn comma_separated<'a>(strings: impl Iterator<Item = &'a str>) -> String {
    let mut list = String::new();
    for string in strings {
        if !list.is_empty() {
            list.push_str(", ");
        }
        list.push_str(string);
    }
    list
}

/// The first `max` code points of a string, and whether the string has more.
pub(crate) fn beginning(string: &str, max: usize) -> (&str, bool) {
    let end = string.char_indices().nth(max).map(|(at, _)| at);
    (end.and_then(|end| string.get(..end)).unwrap_or(string), end.is_some())
}

/// The number of code points of a string.
pub(crate) fn code_points(string: &str) -> usize {
    string.bytes().filter(|byte| byte & 0xc0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::{beginning, code_points, comma_separated, fill};

    #[test]
    fn joins_with_commas_and_counts_code_points() {
        assert_eq!(comma_separated(["a", "b", "c"].into_iter()), "a, b, c");
        assert_eq!(comma_separated([].into_iter()), "");
        assert_eq!(code_points("aé漢🎉"), 4);
    }

    #[test]
    fn cuts_between_code_points() {
        assert_eq!(beginning("aé漢🎉", 2), ("aé", true));
        assert_eq!(beginning("aé漢🎉", 4), ("aé漢🎉", false));
        assert_eq!(beginning("", 0), ("", false));
    }

    #[test]
    fn values_are_not_templates() {
        assert_eq!(fill("{a}{b} {", &[("a", "{b}"), ("b", "2")]), "{b}2 {");
        assert_eq!(fill("{unknown} }{", &[("a", "1")]), "{unknown} }{");
    }
}
