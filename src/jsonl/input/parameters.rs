//! The known parameters of each endpoint, from the request types of the `openai` package.
//!
//! ```
//! use batchlight::jsonl::{Constraint, Parameters, endpoint_bit};
//! let (parameters, chat) = (Parameters::default(), endpoint_bit("/v1/chat/completions").unwrap());
//! let verbosity = parameters.get("verbosity").unwrap().at(chat).unwrap();
//! assert_eq!(verbosity.constraint, Constraint::OneOf("low|medium|high"));
//! assert!(parameters.get("temprature").is_none());
//! assert_eq!(parameters.nearest("temprature", chat), Some("temperature"));
//! ```

use crate::json::Kind;
use crate::model::{OPENAI_ENDPOINTS, PARAMETERS};

use super::endpoints::KindSet;

/// The maximum length of a name that is compared with the known names, in bytes.
const MAX_COMPARED: usize = 40;

/// The table of parameters, ordered by name.
#[derive(Clone, Debug)]
pub struct Parameters(Vec<(&'static str, Parameter)>);

/// A parameter of one or several endpoints.
#[derive(Clone, Copy, Debug)]
pub struct Parameter(&'static str);

/// The values that an endpoint accepts for a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The kinds of values.
    pub kinds: KindSet,
    /// The constraint on strings and numbers.
    pub constraint: Constraint,
}

/// A constraint on the value of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constraint {
    /// There is no constraint.
    None,
    /// A string must be one of these, which are separated by `|`.
    OneOf(&'static str),
    /// A number must be in this inclusive range.
    Range(i16, i16),
}

/// The bit of an endpoint in the table of parameters, for its path with or without `/v1`.
#[must_use]
pub fn endpoint_bit(endpoint: &str) -> Option<u8> {
    let is = |known: &&str| *known == endpoint || known.strip_prefix("/v1") == Some(endpoint);
    OPENAI_ENDPOINTS.iter().position(is).map(|at| 1 << at)
}

impl Default for Parameters {
    fn default() -> Self {
        let rows = PARAMETERS.split('\n').filter_map(|line| line.split_once(' '));
        Self(rows.map(|(name, variants)| (name, Parameter(variants))).collect())
    }
}

impl Parameters {
    /// The parameter with this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Parameter> {
        self.0.binary_search_by(|row| row.0.cmp(name)).ok().map(|at| self.0[at].1)
    }

    /// Every parameter, ordered by name.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, Parameter)> + '_ {
        self.0.iter().copied()
    }

    /// The parameter of an endpoint that is probably meant. At most one letter in four is added, missing or
    /// swapped with the next; a replaced letter counts twice. Case is ignored.
    #[must_use]
    pub fn nearest(&self, name: &str, endpoint: u8) -> Option<&'static str> {
        let at_endpoint = self.0.iter().filter(|row| row.1.endpoints() & endpoint != 0);
        let distances = at_endpoint.map(|row| (distance(name, row.0), row.0));
        let (distance, nearest) = distances.min_by_key(|(distance, _)| *distance)?;
        (distance <= (name.len() / 4).min(3)).then_some(nearest)
    }
}

impl Parameter {
    /// The endpoints that accept the parameter, as bits.
    #[must_use]
    pub fn endpoints(self) -> u8 {
        self.variants().fold(0, |bits, (endpoints, _)| bits | endpoints)
    }

    /// The values that an endpoint accepts.
    #[must_use]
    pub fn at(self, endpoint: u8) -> Option<Accepted> {
        self.variants().find(|(endpoints, _)| endpoints & endpoint != 0).map(|(_, accepted)| accepted)
    }

    /// The endpoints of each variant as bits, and the values that they accept.
    pub fn variants(self) -> impl Iterator<Item = (u8, Accepted)> {
        self.0.split(' ').filter_map(|variant| match variant.as_bytes() {
            &[high, low, ..] => {
                Some((hexadecimal(high) << 4 | hexadecimal(low), accepted(variant.get(2..)?)))
            }
            _ => None,
        })
    }
}

/// The values of a variant: the kinds, and behind `=` or `#` the strings or the range.
fn accepted(variant: &'static str) -> Accepted {
    let (mut kinds, mut constraint) = (0, Constraint::None);
    for (at, &byte) in variant.as_bytes().iter().enumerate() {
        let rest = variant.get(at + 1..).unwrap_or_default();
        match byte {
            b'=' => constraint = Constraint::OneOf(rest),
            b'#' => {
                let (min, max) = rest.split_once(',').unwrap_or_default();
                constraint = Constraint::Range(integer(min), integer(max));
            }
            letter => {
                kinds |= kind(letter);
                continue;
            }
        }
        break;
    }
    Accepted { kinds, constraint }
}

/// The value of a hexadecimal digit.
const fn hexadecimal(digit: u8) -> u8 {
    if digit > b'9' { digit - b'a' + 10 } else { digit & 15 }
}

/// The value of a few decimal digits, with or without a sign.
fn integer(text: &str) -> i16 {
    let digits = text.bytes().filter(|&byte| byte != b'-');
    let sum = digits.fold(0, |sum, digit| sum * 10 + i16::from(digit & 15));
    if text.as_bytes().first() == Some(&b'-') { -sum } else { sum }
}

const fn kind(letter: u8) -> KindSet {
    match letter {
        b's' => 1 << Kind::String as u8,
        b'n' => 1 << Kind::Number as u8,
        b'b' => 1 << Kind::True as u8 | 1 << Kind::False as u8,
        b'a' => 1 << Kind::Array as u8,
        b'o' => 1 << Kind::Object as u8,
        _ => !0,
    }
}

/// The number of letters that are added, missing or swapped with the next; a replaced letter is one missing
/// and one added. Names that are too long to compare have the maximum distance.
fn distance(one: &str, other: &str) -> usize {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len() > MAX_COMPARED || other.len() > MAX_COMPARED || one.len().abs_diff(other.len()) > 3 {
        return usize::MAX;
    }
    let mut rows = [[0; MAX_COMPARED + 1]; 3];
    rows[2] = std::array::from_fn(|column| column);
    let same = |a: u8, b: u8| a.eq_ignore_ascii_case(&b);
    for (row, &letter) in one.iter().enumerate() {
        rows = [rows[1], rows[2], [0; MAX_COMPARED + 1]];
        rows[2][0] = row + 1;
        for (column, &known) in other.iter().enumerate() {
            let mut min = rows[1][column + 1].min(rows[2][column]) + 1;
            if same(letter, known) {
                min = min.min(rows[1][column]);
            }
            if row > 0 && column > 0 && same(letter, other[column - 1]) && same(one[row - 1], known) {
                min = min.min(rows[0][column - 1] + 1);
            }
            rows[2][column + 1] = min;
        }
    }
    rows[2][other.len()]
}
