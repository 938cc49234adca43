//! Splits an input file under the limits of a batch, by model and endpoint where they are mixed: first a
//! plan, from one reading.
//!
//! Requests go into shards in the order of the file, each into the shard of its model and endpoint that is
//! open; one that would pass a limit opens the next. LineParser that would fail a whole batch are left out with
//! the reason: what is no JSON object, has no custom_id or one that a line before it has, or is alone over a
//! limit. Blank lines are left out without a word.
//!
//! ```
//! use batchlight::jsonl::{INPUT_DEPTH, LineParser, SplitOptions, Splitter};
//! let file = b"{\"custom_id\": \"a\"}\n{\"custom_id\": \"b\"}\n\n{\"custom_id\": \"c\"}\n";
//! let mut splitter = Splitter::new(&SplitOptions { requests: Some(2), ..SplitOptions::default() });
//! let mut lines = LineParser::new(INPUT_DEPTH);
//! lines.spare_mut(file.len())[..file.len()].copy_from_slice(file);
//! lines.advance(file.len(), &mut |line, reading| splitter.line(&line, reading));
//! lines.end(&mut |line, reading| splitter.line(&line, reading));
//! let shards = splitter.finish().shards;
//! assert_eq!(shards[0].custom_ids, ["a", "b"]);
//! assert_eq!((shards[1].name.as_str(), shards[1].ranges[0].start), ("batch-2.jsonl", 39));
//! ```

use crate::json::{Kind, Node, Tape};
use crate::jsonl::common::line_hash::hash_line;
use crate::jsonl::common::lines::{Line, ParsedLine};
use crate::jsonl::common::name_counter::NameCounter;
use crate::jsonl::input::endpoints::{BodyField, EndpointRules, count_embedding_inputs, endpoint_rules};
use crate::jsonl::input::estimate::TokenCounter;
use crate::jsonl::input::ids::{Added, IdLocation, Ids};
use crate::jsonl::input::request::{RequestFields, there, with_text};
use crate::jsonl::input::rules::Rule;
use crate::jsonl::reconcile::request_table::end_length;

use super::plan::{ByteRange, ShardPlan, SkippedLines, SplitOptions, SplitPlan};

/// The most stretches of lines left out that are listed.
const MAX_SKIPPED_ROWS: usize = 10_000;

/// The most bytes of several lines that are one range, so that each is read and compared at once.
const MAX_RANGE_LENGTH: u64 = 1 << 20;

/// A split that is being planned.
#[derive(Debug)]
pub struct Splitter {
    most: Sizes,
    name: String,
    ids: Ids,
    models: NameCounter,
    urls: NameCounter,
    bodies: Vec<Option<&'static EndpointRules>>,
    shards: Vec<Shard>,
    /// The text of all requests, counted as a check counts it.
    whole: TokenCounter,
    /// The shard that is open for each model and endpoint.
    open: Vec<(Group, usize)>,
    left_out: Vec<SkippedLines>,
    left_out_count: u64,
}

/// The places of a model and a url among their names.
type Group = (Option<usize>, Option<usize>);

/// What is limited: requests, bytes, embedding inputs, tokens.
type Sizes = [u64; 4];

#[derive(Debug)]
struct Shard {
    group: Group,
    sizes: Sizes,
    prompt: TokenCounter,
    /// The same text, sampled for escapes as a check samples the file.
    sampled: TokenCounter,
    ranges: Vec<ByteRange>,
    custom_ids: Vec<String>,
}

impl Splitter {
    /// Starts on a file.
    #[must_use]
    pub fn new(options: &SplitOptions) -> Self {
        let known = &options.profile.profile().file_limits;
        let most = [
            options.requests.or(known.max_requests),
            options.bytes.or(known.max_bytes),
            options.embedding_inputs.or(known.max_embedding_inputs),
            options.tokens,
        ];
        let name = options.name.as_deref().unwrap_or("batch");
        Self {
            most: most.map(|most| most.unwrap_or(u64::MAX)),
            name: name.strip_suffix(".jsonl").unwrap_or(name).to_owned(),
            ids: Ids::default(),
            models: NameCounter::default(),
            urls: NameCounter::default(),
            bodies: Vec::new(),
            shards: Vec::new(),
            whole: TokenCounter::default(),
            open: Vec::new(),
            left_out: Vec::new(),
            left_out_count: 0,
        }
    }

    /// Takes the next line; its tape must reach [`INPUT_DEPTH`](crate::jsonl::INPUT_DEPTH).
    pub fn line(&mut self, line: &Line<'_>, reading: ParsedLine<'_>) {
        let reason = match reading {
            _ if line.is_cut() => Some(Rule::LineTooLong),
            Err(_) => Some(Rule::InvalidJson),
            Ok(tape) if tape.nodes().is_empty() => None,
            Ok(tape) if tape.node(0).kind == Kind::Object => self.request(line, tape),
            Ok(_) => Some(Rule::NotAnObject),
        };
        if let Some(rule) = reason {
            self.leave_out(line, rule);
        }
    }

    /// Ends the file.
    #[must_use]
    pub fn finish(self) -> SplitPlan {
        let digits = self.shards.len().to_string().len();
        let (models, urls, whole) = (self.models, self.urls, self.whole);
        let shard = |(at, shard): (usize, Shard)| {
            let number = (at + 1).to_string();
            let zeros = "0".repeat(digits.saturating_sub(number.len()));
            let [requests, bytes, embedding_inputs, _] = shard.sizes;
            ShardPlan {
                name: [&self.name, "-", &zeros, &number, ".jsonl"].concat(),
                model: shard.group.0.map(|model| models.get(model).to_owned()),
                endpoint: shard.group.1.map(|url| urls.get(url).to_owned()),
                requests,
                bytes,
                embedding_inputs,
                input_tokens: shard.sampled.estimate_by(&whole),
                ranges: shard.ranges,
                custom_ids: shard.custom_ids,
            }
        };
        SplitPlan {
            shards: self.shards.into_iter().enumerate().map(shard).collect(),
            left_out: self.left_out,
            left_out_count: self.left_out_count,
        }
    }

    /// Puts a request into its shard, or gives the reason to leave it out.
    fn request(&mut self, line: &Line<'_>, tape: &Tape) -> Option<Rule> {
        let text = line.bytes;
        let members = RequestFields::of(text, tape.nodes(), None, |_| ());
        let is_text = |node: &&Node| node.kind == Kind::Text;
        let Some(id) = there(tape, members.custom_id).filter(is_text) else {
            return Some(Rule::MissingParameter);
        };
        let url = there(tape, members.url).filter(is_text);
        let model = members.in_body(tape, BodyField::Model).filter(is_text);
        let group = (
            model.map(|model| with_text(model, text, |model| self.models.count(model))),
            url.map(|url| with_text(url, text, |url| self.urls.count(url))),
        );
        if matches!(group, (Some(None), _) | (_, Some(None))) {
            return Some(Rule::ModelMixed);
        }
        let (model, url) = (group.0.flatten(), group.1.flatten());
        let mut prompt = TokenCounter::default();
        let mut sampled = TokenCounter::continuing(&self.whole);
        let mut inputs = 0;
        if let Some(asked) = url.and_then(|url| self.body(url)) {
            asked.prompt(text, &mut prompt, |member| members.in_body(tape, member));
            asked.prompt(text, &mut sampled, |member| members.in_body(tape, member));
            self.whole.append(&sampled);
            if asked.endpoint == "/v1/embeddings" {
                inputs = members.in_body(tape, BodyField::Input).map_or(0, count_embedding_inputs);
            }
        }
        let end = end_length(line.end);
        let (start, stop) = (line.offset, line.offset + line.length + u64::from(end));
        let sizes = [1, stop - start, inputs, prompt.estimate().high];
        if let Some(rule) = exceeded(&sizes, &self.most) {
            return Some(rule);
        }
        let place = IdLocation {
            line: u32::try_from(line.number).unwrap_or(u32::MAX),
            column: 1,
            offset: line.offset,
        };
        if let Added::Duplicate(_) = with_text(id, text, |id| self.ids.add(id, place)) {
            return Some(Rule::DuplicateCustomId);
        }
        let shard = self.shard((model, url), &prompt, &sizes);
        shard.sizes[..3].iter_mut().zip(sizes).for_each(|(sum, more)| *sum += more);
        shard.prompt.merge(&prompt);
        shard.sampled.merge(&sampled);
        match shard.ranges.last_mut() {
            Some(last) if last.end == start && stop - last.start <= MAX_RANGE_LENGTH => {
                *last = ByteRange { end: stop, hash: hash_line(last.hash, text, end), ..*last };
            }
            _ => shard.ranges.push(ByteRange { start, end: stop, hash: hash_line(0, text, end) }),
        }
        shard.custom_ids.push(id.value.spelt(text, id.escaped).into_owned());
        None
    }

    /// The shard that a request of this group and size goes into.
    fn shard(&mut self, group: Group, prompt: &TokenCounter, sizes: &Sizes) -> &mut Shard {
        let open = self.open.iter().position(|(known, _)| *known == group);
        let room = open.map(|open| self.open[open].1).filter(|&at| {
            let shard = &self.shards[at];
            let mut all = shard.prompt;
            all.merge(prompt);
            let mut after = shard.sizes;
            after.iter_mut().zip(sizes).for_each(|(sum, more)| *sum += more);
            after[3] = all.estimate().high;
            exceeded(&after, &self.most).is_none()
        });
        let at = room.unwrap_or_else(|| {
            let at = self.shards.len();
            match open {
                Some(open) => self.open[open].1 = at,
                None => self.open.push((group, at)),
            }
            self.shards.push(Shard {
                group,
                sizes: [0; 4],
                prompt: TokenCounter::default(),
                sampled: TokenCounter::default(),
                ranges: Vec::new(),
                custom_ids: Vec::new(),
            });
            at
        });
        &mut self.shards[at]
    }

    /// What the endpoint of a url asks of bodies.
    fn body(&mut self, url: usize) -> Option<&'static EndpointRules> {
        if url == self.bodies.len() {
            self.bodies.push(endpoint_rules(self.urls.get(url)));
        }
        self.bodies[url]
    }

    fn leave_out(&mut self, line: &Line<'_>, rule: Rule) {
        self.left_out_count += 1;
        let code = rule.info().code;
        let room = self.left_out.len() < MAX_SKIPPED_ROWS;
        match self.left_out.last_mut() {
            Some(last) if last.until + 1 == line.number && last.code == code => last.until = line.number,
            _ if room => {
                let (line, reason) = (line.number, reason(rule));
                self.left_out.push(SkippedLines { line, until: line, code, reason });
            }
            _ => {}
        }
    }
}

/// The first limit that is exceeded.
fn exceeded(sizes: &Sizes, most: &Sizes) -> Option<Rule> {
    const RULES: [Rule; 4] =
        [Rule::TooManyRequests, Rule::TooManyBytes, Rule::TooManyInputs, Rule::TooManyTokens];
    let exceeded = sizes.iter().zip(most).position(|(size, most)| size > most);
    exceeded.map(|at| RULES[at])
}

const fn reason(rule: Rule) -> &'static str {
    match rule {
        Rule::LineTooLong => {
            "the line is longer than 64 MiB, or has more than 262,144 members outside of arrays"
        }
        Rule::InvalidJson => "the line is no JSON",
        Rule::NotAnObject => "the line is no object",
        Rule::MissingParameter => "the request has no custom_id",
        Rule::DuplicateCustomId => "a line before it has the same custom_id",
        Rule::ModelMixed => "there are more than 256 models or endpoints",
        Rule::TooManyRequests => "no request is allowed",
        Rule::TooManyBytes => "the request alone has more bytes than a shard may have",
        Rule::TooManyInputs => "the request alone has more embedding inputs than a shard may have",
        _ => "the request alone may have more tokens than a shard may have",
    }
}
