//! String functions: templates, lists and code points.

/// Replaces each `{name}` in a template by the value with that name. Unknown names stay unchanged, and values
/// are not templates themselves.
pub(crate) fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(template.len() + 16);
    for part in Template(template) {
        let value = values.iter().find(|(name, _)| Some(*name) == part.name());
        filled.push_str(value.map_or(part.0, |(_, value)| value));
    }
    filled
}

/// The parts of a template, in order.
pub(crate) struct Template<'a>(pub &'a str);

/// A part of a template: a placeholder such as `{name}`, or the text before the next one.
pub(crate) struct TemplatePart<'a>(pub &'a str);

impl<'a> TemplatePart<'a> {
    /// The name in a placeholder.
    pub fn name(&self) -> Option<&'a str> {
        self.0.strip_prefix('{')?.strip_suffix('}')
    }
}

impl<'a> Iterator for Template<'a> {
    type Item = TemplatePart<'a>;

    #[inline(never)]
    fn next(&mut self) -> Option<TemplatePart<'a>> {
        let (first, others) = self.0.as_bytes().split_first()?;
        let ends = |&byte: &u8| byte == b'{' || (byte == b'}' && *first == b'{');
        let length = match others.iter().position(ends) {
            Some(index) if others[index] == b'}' => index + 2,
            Some(index) => index + 1,
            None => self.0.len(),
        };
        let (part, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(TemplatePart(part))
    }
}

/// Concatenates strings. Adds less to the WebAssembly module than `format!`, and than the standard library's
/// `concat`.
#[inline(never)]
pub(crate) fn concat(strings: &[&str]) -> String {
    let mut whole = String::with_capacity(strings.iter().map(|string| string.len()).sum());
    for string in strings {
        whole.push_str(string);
    }
    whole
}

/// The decimal digits of a number.
#[inline(never)]
pub(crate) fn decimal(number: u64) -> String {
    let mut digits = Vec::new();
    write_decimal(number, &mut digits);
    String::from_utf8(digits).unwrap_or_default()
}

/// Appends the decimal digits of a number.
#[inline(never)]
pub(crate) fn write_decimal(mut number: u64, out: &mut Vec<u8>) {
    let mut digits = [b'0'; 20]; // the length of u64::MAX
    let mut start = digits.len();
    loop {
        start -= 1;
        digits[start] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[start..]);
}

/// Strings stored in one string, with the offset at which each of them ends. In a WebAssembly module, an
/// array of references takes four times as much space and compresses badly.
pub(crate) struct PackedStrings<const COUNT: usize> {
    whole: &'static str,
    ends: [u16; COUNT],
}

impl<const COUNT: usize> PackedStrings<COUNT> {
    /// Packs strings. `whole` must be their concatenation.
    pub const fn new(whole: &'static str, strings: &[&str]) -> Self {
        assert!(strings.len() == COUNT && whole.len() <= u16::MAX as usize, "offsets have 16 bits");
        let (mut ends, mut end, mut index) = ([0; COUNT], 0, 0);
        while index < COUNT {
            end += strings[index].len();
            #[expect(clippy::cast_possible_truncation, reason = "checked above")]
            {
                ends[index] = end as u16;
            }
            index += 1;
        }
        assert!(end == whole.len(), "`whole` has all strings");
        Self { whole, ends }
    }

    /// The string with an index; empty if there is none.
    pub fn get(&self, index: usize) -> &'static str {
        let start = if index == 0 { 0 } else { self.end(index - 1) };
        self.whole.get(start..self.end(index)).unwrap_or_default()
    }

    fn end(&self, index: usize) -> usize {
        self.ends.get(index).copied().unwrap_or_default().into()
    }
}

/// Joins strings with `, `. Adds less to the WebAssembly module than the standard library's `join`.
pub(crate) fn comma_separated<'a>(strings: impl Iterator<Item = &'a str>) -> String {
    let mut list = String::with_capacity(64);
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
    use super::{PackedStrings, beginning, code_points, comma_separated, concat, decimal, fill};

    #[test]
    fn packed_strings_are_found_by_index() {
        let packed = PackedStrings::<4>::new("a漢c", &["a", "", "漢", "c"]);
        assert_eq!([0, 1, 2, 3, 4].map(|index| packed.get(index)), ["a", "", "漢", "c", ""]);
    }

    #[test]
    fn concatenates_strings_and_writes_numbers() {
        assert_eq!(concat(&[]), "");
        assert_eq!(concat(&["a", "", "漢"]), "a漢");
        for number in [0, 7, 10, 1_234_567_890, u64::MAX] {
            assert_eq!(decimal(number), number.to_string());
        }
    }

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
        assert_eq!(fill("{x {a}é{a}{", &[("a", "1")]), "{x 1é1{");
    }
}
