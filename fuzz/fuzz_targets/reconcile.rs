//! Files of any bytes, however cut: reports add up, name only bytes that are there, and are the same whatever
//! the pieces.
//!
//! The first byte is the size of the pieces, the next the limits of a split, the next how many input files
//! are announced. The rest is files, parted by zeros; the first byte of each tells what it is.

#![no_main]

#[path = "../../tests/rust/support/files.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod files;

use batchlight::Snapshot;
use batchlight::json::Kind;
use batchlight::jsonl::{
    CheckOptions, DEFAULT_MAX_ISSUES, Digester, FileRange, FileRole, FixReport, Fixer, INPUT_DEPTH,
    InputChecker, InputReport, Line, LineParser, ParsedLine, Reconciler, Reconciliation,
    ReconciliationReport, ResultsDigest, RetryFilter, SplitOptions, SplitPlan, Splitter, Verdict,
};
use batchlight::model::Counts;
use files::write_chunks;
use libfuzzer_sys::fuzz_target;

use FileRole::{Error, Input, Output};

type File<'a> = (FileRole, u16, &'a [u8]);

fuzz_target!(|bytes: &[u8]| {
    let [piece, limits, announced, rest @ ..] = bytes else { return };
    let piece = usize::from(*piece).max(1);
    let mut files: Vec<File<'_>> = Vec::new();
    for file in rest.split(|&byte| byte == 0) {
        let [kind, file @ ..] = file else { continue };
        let role = [Input, Output, Error][usize::from(kind % 3)];
        let index = u16::from(kind / 3 % 4);
        // A range tells of which file it is by these two.
        if files.iter().all(|known| (known.0, known.1) != (role, index)) {
            files.push((role, index, file));
        }
    }
    for (_, _, file) in &files {
        fixed(file, piece);
        checked(file, piece);
        split(file, piece, *limits);
        digested(file, piece);
    }
    let inputs = files.iter().filter(|file| file.0 == Input).count();
    let announced = if *announced < 128 { inputs } else { usize::from(announced % 4) };
    reconciled(&files, piece, u16::try_from(announced).unwrap());
});

/// Calls a function for each line of a file that comes in chunks of a size.
fn feed(file: &[u8], size: usize, depth: usize, each: &mut impl FnMut(Line<'_>, ParsedLine<'_>)) {
    let mut parser = LineParser::new(depth);
    for chunk in file.chunks(size.max(1)) {
        parser.spare_mut(chunk.len())[..chunk.len()].copy_from_slice(chunk);
        parser.advance(chunk.len(), each);
    }
    parser.end(each);
}

fn fix(mut fixer: Fixer, file: &[u8], piece: usize) -> (Vec<u8>, FixReport, u64) {
    let mut out = Vec::new();
    for piece in file.chunks(piece.max(1)) {
        fixer.spare_mut(piece.len())[..piece.len()].copy_from_slice(piece);
        fixer.advance(piece.len());
        out.extend_from_slice(fixer.output());
        fixer.consume();
    }
    let report = fixer.finish();
    out.extend_from_slice(fixer.output());
    (out, report, fixer.free_number())
}

fn fixed(file: &[u8], piece: usize) {
    let (out, report, _) = fix(Fixer::new(), file, file.len());
    let (in_pieces, same, _) = fix(Fixer::new(), file, piece);
    assert_eq!((&in_pieces, &same), (&out, &report));
    assert_eq!(report.changed, out != file);
    assert_eq!(report.bytes, out.len() as u64);
    assert_eq!(report.lines, newlines(&out));
    let found = check(&out, out.len());
    let (mut requests, mut is_good) = (0, true);
    feed(&out, piece, 1, &mut |_, reading| {
        is_good &= reading.is_ok();
        requests += u64::from(
            reading.is_ok_and(|tape| tape.nodes().first().is_some_and(|node| node.kind == Kind::Object)),
        );
    });
    // What seems to belong to an array or to a value spread over lines is no request to one or both of them.
    assert!(report.requests <= requests && found.requests <= requests);
    assert!(!is_good || (report.requests == requests && found.requests == requests));
    for code in ["byte_order_mark", "blank_line", "carriage_return", "missing_last_newline"] {
        assert_eq!(count(&found, code), 0, "{code}");
    }
    let (again, nothing, _) = fix(Fixer::new(), &out, piece);
    assert_eq!(again, out);
    assert!(!nothing.changed, "{nothing:?}");

    // Missing ids are added, and they are new.
    let (_, _, free) = fix(Fixer::surveying("a"), file, piece);
    let (named, report, _) = fix(Fixer::adding_ids("a", free), file, piece);
    assert_eq!(report.changed, named != file);
    let named_found = check(&named, named.len());
    assert_eq!((named_found.requests, named_found.lines), (found.requests, found.lines));
    assert_eq!(count(&named_found, "duplicate_custom_id"), count(&found, "duplicate_custom_id"));
    let (_, _, free) = fix(Fixer::surveying("a"), &named, piece);
    let (again, nothing, _) = fix(Fixer::adding_ids("a", free), &named, piece);
    assert_eq!(again, named);
    assert!(!nothing.changed, "{nothing:?}");
}

fn check(file: &[u8], piece: usize) -> InputReport {
    let mut checker = InputChecker::new(CheckOptions::default());
    write_chunks(file, piece, checker.file());
    checker.finish()
}

fn count(report: &InputReport, code: &str) -> u64 {
    report.counts.iter().filter(|row| row.code == code).map(|row| row.count).sum()
}

fn checked(file: &[u8], piece: usize) {
    let report = check(file, file.len());
    assert_eq!(check(file, piece), report);
    assert_eq!(report.bytes, file.len() as u64);
    assert!(report.requests <= report.lines);
    assert!(report.models.iter().map(|row| row.requests).sum::<u64>() <= report.requests);
    assert!(report.endpoints.iter().map(|row| row.requests).sum::<u64>() <= report.requests);
    let tokens = &report.input_tokens;
    assert!(tokens.low <= tokens.estimate && tokens.estimate <= tokens.high);
    for issue in &report.issues {
        assert!(count(&report, issue.code) > 0);
        assert!(issue.line <= report.lines.max(1) && issue.offset <= report.bytes, "{issue:?}");
    }
    for row in &report.counts {
        let kept =
            report.issues.iter().filter(|issue| (issue.code, issue.level) == (row.code, row.level)).count();
        assert!(kept as u64 <= row.count.min(u64::from(DEFAULT_MAX_ISSUES)), "{row:?}");
    }
}

fn plan(file: &[u8], piece: usize, options: &SplitOptions) -> SplitPlan {
    let mut splitter = Splitter::new(options);
    write_chunks(file, piece, splitter.file());
    splitter.finish()
}

fn split(file: &[u8], piece: usize, limits: u8) {
    let requests = 1 + u64::from(limits % 16);
    let bytes = 32 << (limits / 16);
    let options = SplitOptions { requests: Some(requests), bytes: Some(bytes), ..SplitOptions::default() };
    let found = plan(file, file.len(), &options);
    assert_eq!(plan(file, piece, &options), found);
    let mut places: Vec<(u64, u64)> = Vec::new();
    for shard in &found.shards {
        assert!(0 < shard.requests && shard.requests <= requests && shard.bytes <= bytes);
        assert_eq!(shard.custom_ids.len() as u64, shard.requests);
        let ranges: Vec<_> = shard.ranges.iter().map(|range| (range.start, range.end)).collect();
        assert!(ranges.is_sorted());
        assert_eq!(ranges.iter().map(|range| range.1 - range.0).sum::<u64>(), shard.bytes);
        let text: Vec<u8> = ranges.iter().flat_map(|&range| cut(file, range)).copied().collect();
        let report = check(&text, text.len());
        assert_eq!((report.lines, report.requests), (shard.requests, shard.requests));
        assert_eq!(report.embedding_inputs, shard.embedding_inputs);
        // Of several requests, a check looks through other members for escapes than a split does.
        assert!(shard.requests > 1 || report.input_tokens == shard.input_tokens);
        for code in ["invalid_json_line", "not_an_object", "duplicate_custom_id"] {
            assert_eq!(count(&report, code), 0, "{code}");
        }
        places.extend(ranges);
    }
    apart(&mut places);
    // Every line that is not blank is in one shard or left out.
    let mut left_out = 0;
    feed(file, piece, INPUT_DEPTH, &mut |line, reading| {
        let is_blank = reading.is_ok_and(|tape| tape.nodes().is_empty());
        let end = line.offset + line.length;
        let shards =
            places.iter().filter(|place| (place.0..place.1).contains(&line.offset) && end <= place.1).count();
        let reasons =
            found.left_out.iter().filter(|row| row.line <= line.number && line.number <= row.until).count();
        assert_eq!(shards + reasons, usize::from(!is_blank), "line {}", line.number);
        left_out += reasons as u64;
    });
    assert_eq!(left_out, found.left_out_count);
}

fn digest(file: &[u8], piece: usize) -> ResultsDigest {
    let mut digest = Digester::new();
    write_chunks(file, piece, digest.file(Output, 0));
    digest.finish()
}

fn digested(file: &[u8], piece: usize) {
    let found = digest(file, file.len());
    assert_eq!(digest(file, piece), found);
    assert_eq!(found.lines, found.succeeded + found.incomplete + found.failed + found.malformed.count);
    assert_eq!(found.causes.iter().map(|cause| cause.count).sum::<u64>(), found.failed + found.incomplete);
    assert!(found.without_custom_id.count <= found.succeeded + found.incomplete + found.failed);
    assert!(found.status_codes.iter().map(|row| row.count).sum::<u64>() <= found.lines);
    assert!(found.error_codes.iter().map(|row| row.count).sum::<u64>() <= found.failed);
}

fn reconcile(files: &[File<'_>], piece: usize, announced: u16) -> (Reconciliation, ReconciliationReport) {
    let mut reconciler = Reconciler::new(announced);
    for (role, index, file) in files {
        write_chunks(file, piece, reconciler.file(*role, *index));
    }
    let counts = Counts { completed: Some(u64::MAX), failed: Some(0), total: Some(u64::MAX) };
    let reconciliation =
        reconciler.finish(&[Snapshot { counts, ..Snapshot::default() }, Snapshot::default()]);
    let report = reconciliation.report().clone();
    (reconciliation, report)
}

fn reconciled(files: &[File<'_>], piece: usize, announced: u16) {
    let (reconciliation, found) = reconcile(files, piece, announced);
    let (whole, same) = reconcile(files, usize::MAX, announced);
    assert_eq!(found, same);
    assert!(reconciliation.verdicts().eq(whole.verdicts()));
    assert_eq!(found.requests, reconciliation.verdicts().count() as u64);
    let by_verdict =
        [found.succeeded, found.incomplete, found.failed, found.missing, found.duplicate, found.conflicting];
    assert_eq!(by_verdict.iter().sum::<u64>(), found.requests);
    for (verdict, sum) in Verdict::ALL.into_iter().zip(by_verdict) {
        assert_eq!(
            reconciliation.verdicts().filter(|row| row.verdict == verdict).count() as u64,
            sum,
            "{verdict:?}"
        );
    }
    assert_eq!(found.causes.iter().map(|cause| cause.count).sum::<u64>(), found.failed + found.incomplete);
    for list in [
        &found.malformed,
        &found.without_custom_id,
        &found.duplicates,
        &found.conflicts,
        &found.unknown_lines,
    ] {
        assert!(list.lines.len() <= 20 && list.count >= list.lines.len() as u64);
        assert!(list.lines.iter().all(|line| line.message.len() < 1000 && line.line > 0 && line.column > 0));
    }
    // Sent again with every verdict are all lines of the input that hold a request, each once.
    let everything = reconciliation.retry(&RetryFilter { verdicts: &Verdict::ALL, ..RetryFilter::default() });
    assert!(everything.iter().all(|range| range.file == Input));
    let lines = reconciliation.verdicts().filter(|row| row.input.is_some()).count() as u64;
    assert_eq!(copied(&everything, files), lines);
    let each = |verdict| {
        copied(&reconciliation.retry(&RetryFilter { verdicts: &[verdict], ..RetryFilter::default() }), files)
    };
    assert_eq!(Verdict::ALL.into_iter().map(each).sum::<u64>(), lines);
    let merged = reconciliation.merge();
    assert!(merged.iter().all(|range| range.file != Input));
    let mut ids: Vec<_> = reconciliation.verdicts().filter_map(|row| row.result).collect();
    ids.sort_unstable_by_key(|line| (line.file as u8, line.index, line.offset));
    ids.dedup();
    assert_eq!(copied(&merged, files), ids.len() as u64);
}

/// How many lines ranges hold; they are whole lines of the files, and none twice.
fn copied(ranges: &[FileRange], files: &[File<'_>]) -> u64 {
    let mut lines = 0;
    for (role, index, file) in files {
        let of_file = ranges.iter().filter(|range| (range.file, range.index) == (*role, *index));
        let mut places = Vec::new();
        for range in of_file {
            let place = (range.offset, range.offset + range.length);
            let text = cut(file, place);
            assert_eq!(range.ended, text.ends_with(b"\n"));
            assert!(range.ended || place.1 == file.len() as u64);
            let before = cut(file, (0, place.0));
            assert!(before.is_empty() || before == b"\xef\xbb\xbf" || before.ends_with(b"\n"));
            lines += newlines(text) + u64::from(!range.ended);
            places.push(place);
        }
        apart(&mut places);
    }
    lines
}

fn cut(file: &[u8], (start, end): (u64, u64)) -> &[u8] {
    &file[usize::try_from(start).unwrap()..usize::try_from(end).unwrap()]
}

fn newlines(text: &[u8]) -> u64 {
    text.split(|&byte| byte == b'\n').count() as u64 - 1
}

fn apart(places: &mut [(u64, u64)]) {
    places.sort_unstable();
    assert!(places.windows(2).all(|pair| pair[0].1 <= pair[1].0), "{places:?}");
}
