//! Putting texts together: templates with `{name}` where a value goes, and lists.

/// Fills `{name}` in a template. Values are put in as they are, and not looked at again.
pub(crate) fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some((before, inside)) = rest.split_once('{') {
        text.push_str(before);
        let value_of = |name| values.iter().find(|(known, _)| *known == name);
        let named = inside.split_once('}').and_then(|(name, after)| Some((value_of(name)?, after)));
        if let Some(((_, value), after)) = named {
            text.push_str(value);
            rest = after;
        } else {
            text.push('{');
            rest = inside;
        }
    }
    text.push_str(rest);
    text
}

/// Texts with a comma between each two. Smaller in the module than the standard library's `join`.
pub(crate) fn listed<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let mut list = String::new();
    for text in texts {
        if !list.is_empty() {
            list.push_str(", ");
        }
        list.push_str(text);
    }
    list
}

/// The first code points of a text, and whether there are more.
pub(crate) fn beginning(text: &str, most: usize) -> (&str, bool) {
    let end = text.char_indices().nth(most).map(|(at, _)| at);
    (end.and_then(|end| text.get(..end)).unwrap_or(text), end.is_some())
}

/// How many code points a text has.
pub(crate) fn code_points(text: &str) -> usize {
    text.bytes().filter(|byte| byte & 0xc0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::{beginning, code_points, fill, listed};

    #[test]
    fn lists_and_counts() {
        assert_eq!(listed(["a", "b", "c"].into_iter()), "a, b, c");
        assert_eq!(listed([].into_iter()), "");
        assert_eq!(code_points("aé漢🎉"), 4);
    }

    #[test]
    fn cuts_between_code_points() {
        assert_eq!(beginning("aé漢🎉", 2), ("aé", true));
        assert_eq!(beginning("aé漢🎉", 4), ("aé漢🎉", false));
        assert_eq!(beginning("", 0), ("", false));
    }

    #[test]
    fn a_value_is_not_taken_for_a_template() {
        assert_eq!(fill("{a}{b} {", &[("a", "{b}"), ("b", "2")]), "{b}2 {");
        assert_eq!(fill("{unknown} }{", &[("a", "1")]), "{unknown} }{");
    }
}
