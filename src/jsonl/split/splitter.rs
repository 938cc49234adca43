//! Splits an input file by the limits of a batch, and by model and endpoint if they are mixed.
//!
//! The result is a plan of byte ranges, made in one pass. A request is added to the open shard of its model
//! and endpoint. If it would exceed a limit, it begins the next shard. Lines that would fail a whole batch
//! are skipped with a reason: lines that are not an object, requests without a `custom_id` or with a
//! duplicate one, and requests that exceed a limit alone. Blank lines are skipped without a reason.

use std::io::{self, Read};

use crate::json::{Kind, Node, Tape};
use crate::jsonl::common::convert::with_string_bytes;
use crate::jsonl::common::file_writer::FileWriter;
use crate::jsonl::common::line_hash::hash_line;
use crate::jsonl::common::lines::{Line, LineHandler, ParsedLine};
use crate::jsonl::common::name_counter::{MAX_NAMES, NameCounter};
use crate::jsonl::input::check::INPUT_DEPTH;
use crate::jsonl::input::endpoints::{BodyField, EndpointRules, count_embedding_inputs, endpoint_rules};
use crate::jsonl::input::estimate::TokenCounter;
use crate::jsonl::input::ids::{AddedId, IdLocation, Ids};
use crate::jsonl::input::request_fields::{RequestFields, non_null};
use crate::jsonl::input::rules::Rule;
use crate::text::decimal;

use super::plan::{ByteRange, ShardPlan, SkippedLines, SplitOptions, SplitPlan};

/// The maximum number of entries about skipped lines.
const MAX_SKIPPED_ENTRIES: usize = 10_000;

/// The maximum number of bytes of a range of several lines. A range is read and compared at once.
const MAX_RANGE_LENGTH: u64 = 1 << 20;

/// Reads a file to its end and plans its shards.
///
/// ```
/// use batchlight::jsonl::{SplitOptions, split_reader};
/// let file = b"{\"custom_id\": \"a\"}\n{\"custom_id\": \"b\"}\n\n{\"custom_id\": \"c\"}\n";
/// let options = SplitOptions { requests: Some(2), ..SplitOptions::default() };
/// let shards = split_reader(&file[..], &options)?.shards;
/// assert_eq!(shards[0].custom_ids, ["a", "b"]);
/// assert_eq!((shards[1].name.as_str(), shards[1].ranges[0].start), ("batch-2.jsonl", 39));
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
/// The error of the reader.
pub fn split_reader(reader: impl Read, options: &SplitOptions) -> io::Result<SplitPlan> {
    let mut splitter = Splitter::new(options);
    splitter.file().read_from(reader)?;
    Ok(splitter.finish())
}

/// Plans the shards of a file that is written in chunks. [`split_reader`] splits a complete file.
#[derive(Debug)]
pub struct Splitter {
    max: ShardSize,
    name: String,
    ids: Ids,
    models: NameCounter,
    urls: NameCounter,
    /// The rules of the endpoint of each url.
    endpoints: Vec<Option<&'static EndpointRules>>,
    shards: Vec<Shard>,
    /// The tokens of all requests, counted as a check counts them.
    all_tokens: TokenCounter,
    /// The open shard of each group, by its url and its model.
    open: Vec<Option<usize>>,
    skipped: Vec<SkippedLines>,
    skipped_count: u64,
}

/// The requests of a shard have the same model and url. Both are indexes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Group {
    model: Option<usize>,
    url: Option<usize>,
}

/// The size of a request or a shard, or the limits of a shard.
#[derive(Clone, Copy, Debug, Default)]
struct ShardSize {
    requests: u64,
    bytes: u64,
    embedding_inputs: u64,
    tokens: u64,
}

#[derive(Debug)]
struct Shard {
    group: Group,
    /// The size. The tokens are in `tokens`.
    size: ShardSize,
    tokens: TokenCounter,
    /// The same tokens, sampled for escapes as a check samples the file.
    sampled: TokenCounter,
    ranges: Vec<ByteRange>,
    custom_ids: Vec<String>,
}

impl ShardSize {
    /// Adds everything but the tokens, whose estimate is not a sum.
    const fn add(&mut self, other: &Self) {
        self.requests += other.requests;
        self.bytes += other.bytes;
        self.embedding_inputs += other.embedding_inputs;
    }

    /// The first limit that is exceeded.
    const fn exceeded(&self, max: &Self) -> Option<Rule> {
        if self.requests > max.requests {
            Some(Rule::TooManyRequests)
        } else if self.bytes > max.bytes {
            Some(Rule::TooManyBytes)
        } else if self.embedding_inputs > max.embedding_inputs {
            Some(Rule::TooManyInputs)
        } else if self.tokens > max.tokens {
            Some(Rule::TooManyTokens)
        } else {
            None
        }
    }
}

impl Splitter {
    /// Creates a splitter.
    #[must_use]
    pub fn new(options: &SplitOptions) -> Self {
        let limits = &options.profile.profile().file_limits;
        let name = options.name.as_deref().unwrap_or("batch");
        Self {
            max: ShardSize {
                requests: options.requests.or(limits.max_requests).unwrap_or(u64::MAX),
                bytes: options.bytes.or(limits.max_bytes).unwrap_or(u64::MAX),
                embedding_inputs: options
                    .embedding_inputs
                    .or(limits.max_embedding_inputs)
                    .unwrap_or(u64::MAX),
                tokens: options.tokens.unwrap_or(u64::MAX),
            },
            name: name.strip_suffix(".jsonl").unwrap_or(name).to_owned(),
            ids: Ids::unlimited(),
            models: NameCounter::default(),
            urls: NameCounter::default(),
            endpoints: Vec::new(),
            shards: Vec::new(),
            all_tokens: TokenCounter::default(),
            open: Vec::new(),
            skipped: Vec::new(),
            skipped_count: 0,
        }
    }

    /// Begins the file, to be written in chunks.
    pub fn file(&mut self) -> FileWriter<'_, Self> {
        FileWriter::new(self, INPUT_DEPTH)
    }

    /// Ends the split.
    #[must_use]
    pub fn finish(self) -> SplitPlan {
        let digits = decimal(self.shards.len() as u64).len();
        let (models, urls, all_tokens) = (self.models, self.urls, self.all_tokens);
        let shard = |(at, shard): (usize, Shard)| {
            let number = decimal(at as u64 + 1);
            let zeros = "0".repeat(digits.saturating_sub(number.len()));
            ShardPlan {
                name: [&self.name, "-", &zeros, &number, ".jsonl"].concat(),
                model: shard.group.model.map(|model| models.get(model).to_owned()),
                endpoint: shard.group.url.map(|url| urls.get(url).to_owned()),
                requests: shard.size.requests,
                bytes: shard.size.bytes,
                embedding_inputs: shard.size.embedding_inputs,
                input_tokens: shard.sampled.estimate_by(&all_tokens),
                ranges: shard.ranges,
                custom_ids: shard.custom_ids,
            }
        };
        SplitPlan {
            shards: self.shards.into_iter().enumerate().map(shard).collect(),
            skipped: self.skipped,
            skipped_count: self.skipped_count,
        }
    }

    /// Adds a request to its shard. Returns the reason if it has to be skipped.
    fn request(&mut self, line: &Line<'_>, tape: &Tape) -> Option<Rule> {
        let json = line.bytes;
        let fields = RequestFields::of(json, tape.nodes(), |_, _, _| (!0, false), |_| ());
        let is_string = |node: &&Node| node.kind == Kind::String;
        let Some(id) = non_null(tape, fields.custom_id).filter(is_string) else {
            return Some(Rule::MissingParameter);
        };
        let url = non_null(tape, fields.url).filter(is_string);
        let model = fields.in_body(tape, BodyField::Model).filter(is_string);
        let model = model.map(|model| with_string_bytes(model, json, |model| self.models.count(model)));
        let url = url.map(|url| with_string_bytes(url, json, |url| self.urls.count(url)));
        if model == Some(None) || url == Some(None) {
            return Some(Rule::ModelMixed);
        }
        let group = Group { model: model.flatten(), url: url.flatten() };
        let mut tokens = TokenCounter::default();
        let mut sampled = TokenCounter::continuing(&self.all_tokens);
        let mut embedding_inputs = 0;
        if let Some(endpoint) = group.url.and_then(|url| self.endpoint(url)) {
            endpoint.count_tokens(json, &mut tokens, |field| fields.in_body(tape, field));
            endpoint.count_tokens(json, &mut sampled, |field| fields.in_body(tape, field));
            self.all_tokens.append(&sampled);
            if endpoint.endpoint == "/v1/embeddings" {
                embedding_inputs = fields.in_body(tape, BodyField::Input).map_or(0, count_embedding_inputs);
            }
        }
        let line_break = line.end.byte_len();
        let (start, end) = (line.offset, line.offset + line.length + u64::from(line_break));
        let size =
            ShardSize { requests: 1, bytes: end - start, embedding_inputs, tokens: tokens.estimate().high };
        if let Some(rule) = size.exceeded(&self.max) {
            return Some(rule);
        }
        let location = IdLocation { line: line.number_u32(), column: 1, offset: line.offset };
        if let AddedId::Duplicate(_) = with_string_bytes(id, json, |id| self.ids.add(id, location)) {
            return Some(Rule::DuplicateCustomId);
        }
        let shard = self.shard(group, &tokens, &size);
        shard.size.add(&size);
        shard.tokens.merge(&tokens);
        shard.sampled.merge(&sampled);
        match shard.ranges.last_mut() {
            Some(last) if last.end == start && end - last.start <= MAX_RANGE_LENGTH => {
                *last = ByteRange { end, hash: hash_line(last.hash, json, line_break), ..*last };
            }
            _ => shard.ranges.push(ByteRange { start, end, hash: hash_line(0, json, line_break) }),
        }
        shard.custom_ids.push(id.value.decoded(json, id.escaped).into_owned());
        None
    }

    /// The shard of a request: the open one of its group, or a new one if the request does not fit.
    fn shard(&mut self, group: Group, tokens: &TokenCounter, size: &ShardSize) -> &mut Shard {
        let open = self.open_index(group);
        let fitting = self.open[open].filter(|&at| {
            let shard = &self.shards[at];
            let (mut sum, mut all_tokens) = (shard.size, shard.tokens);
            sum.add(size);
            all_tokens.merge(tokens);
            sum.tokens = all_tokens.estimate().high;
            sum.exceeded(&self.max).is_none()
        });
        let at = fitting.unwrap_or_else(|| {
            let at = self.shards.len();
            self.open[open] = Some(at);
            self.shards.push(Shard {
                group,
                size: ShardSize::default(),
                tokens: TokenCounter::default(),
                sampled: TokenCounter::default(),
                ranges: Vec::new(),
                custom_ids: Vec::new(),
            });
            at
        });
        &mut self.shards[at]
    }

    /// The index of the open shard of a group.
    fn open_index(&mut self, Group { model, url }: Group) -> usize {
        let number = |index: Option<usize>| index.map_or(0, |index| index + 1);
        let at = number(url) * (MAX_NAMES + 1) + number(model);
        if self.open.len() <= at {
            self.open.resize(at + 1, None);
        }
        at
    }

    /// The rules of the endpoint of a url.
    fn endpoint(&mut self, url: usize) -> Option<&'static EndpointRules> {
        // A request that is skipped because of its model has counted its url, so that several can be new.
        while self.endpoints.len() <= url {
            self.endpoints.push(endpoint_rules(self.urls.get(self.endpoints.len())));
        }
        self.endpoints[url]
    }

    fn skip(&mut self, line: &Line<'_>, rule: Rule) {
        self.skipped_count += 1;
        let code = rule.info().code;
        let has_room = self.skipped.len() < MAX_SKIPPED_ENTRIES;
        match self.skipped.last_mut() {
            Some(last) if last.until + 1 == line.number && last.code == code => last.until = line.number,
            _ if has_room => {
                let (line, reason) = (line.number, reason(rule));
                self.skipped.push(SkippedLines { line, until: line, code, reason });
            }
            _ => {}
        }
    }
}

impl LineHandler for Splitter {
    fn line(&mut self, line: &Line<'_>, parsed: ParsedLine<'_>) {
        let reason = match parsed {
            _ if line.is_cut() => Some(Rule::LineTooLong),
            Err(_) => Some(Rule::InvalidJson),
            Ok(tape) if tape.nodes().is_empty() => None,
            Ok(tape) if tape.node(0).kind == Kind::Object => self.request(line, tape),
            Ok(_) => Some(Rule::NotAnObject),
        };
        if let Some(rule) = reason {
            self.skip(line, rule);
        }
    }
}

const fn reason(rule: Rule) -> &'static str {
    match rule {
        Rule::LineTooLong => {
            "the line is longer than 64 MiB, or has more than 262,144 properties outside arrays"
        }
        Rule::InvalidJson => "the line is not valid JSON",
        Rule::NotAnObject => "the line is not an object",
        Rule::MissingParameter => "the request has no custom_id",
        Rule::DuplicateCustomId => "an earlier line has the same custom_id",
        Rule::ModelMixed => "there are more than 256 models or endpoints",
        Rule::TooManyRequests => "the limit allows no request",
        Rule::TooManyBytes => "the request is larger than the limit of a shard in bytes",
        Rule::TooManyInputs => "the request has more embedding inputs than a shard can have",
        _ => "the request can have more tokens than a shard can have",
    }
}
