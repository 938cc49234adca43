//! Templates: texts with `{name}` where a value goes.

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

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn a_value_is_not_taken_for_a_template() {
        assert_eq!(fill("{a}{b} {", &[("a", "{b}"), ("b", "2")]), "{b}2 {");
        assert_eq!(fill("{unknown} }{", &[("a", "1")]), "{unknown} }{");
    }
}
