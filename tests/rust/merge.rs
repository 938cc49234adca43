//! Merged results: the best line of each request, in input order, byte for byte.

use crate::support::files::{feed, written};
use batchlight::jsonl::{FileRole, Reconciler};

use FileRole::{Error, Input, Output};

fn merged(files: &[(FileRole, u16, &str)]) -> (String, usize) {
    let inputs = files.iter().filter(|file| file.0 == Input).count();
    let mut reconciler = Reconciler::new(u16::try_from(inputs).unwrap());
    for (role, index, text) in files {
        reconciler.begin(*role, *index);
        feed(text.as_bytes(), 13, role.depth(), &mut |line, reading| reconciler.line(&line, reading));
    }
    reconciler.finish(&[]);
    let ranges = reconciler.merge();
    (written(&ranges, files), ranges.len())
}

fn good(id: &str, answer: u8) -> String {
    format!("{{\"custom_id\":\"{id}\",\"response\":{{\"status_code\":200,\"body\":{{ \"n\":{answer} }}}}}}")
}

fn bad(id: &str, status: u16) -> String {
    format!("{{\"custom_id\":\"{id}\",\"response\":{{\"status_code\":{status},\"body\":{{}}}}}}")
}

const INPUT: &str =
    "{\"custom_id\":\"a\"}\n{\"custom_id\":\"b\"}\n{\"custom_id\":\"c\"}\n{\"custom_id\":\"d\"}\n";

#[test]
fn results_of_all_attempts_come_in_input_order() {
    let output = format!("{}\r\n{}\n", good("c", 1), good("z", 9));
    let error = format!("{}\n{}", bad("a", 500), bad("b", 429));
    let (output2, error2) = (good("b", 2), bad("a", 503));
    let files = [
        (Input, 0, INPUT),
        (Output, 0, &output),
        (Error, 0, &error),
        (Output, 1, &output2),
        (Error, 1, &error2),
    ];
    let expected = format!("{}\n{}\n{}\r\n", bad("a", 503), good("b", 2), good("c", 1));
    assert_eq!(merged(&files), (expected, 3));
}

#[test]
fn results_in_input_order_are_one_range() {
    let output = format!("{}\n{}\n{}\n", good("a", 1), good("b", 2), good("d", 3));
    assert_eq!(merged(&[(Input, 0, INPUT), (Output, 0, &output)]), (output.clone(), 1));
}

#[test]
fn of_results_that_disagree_the_first_success_is_kept() {
    let output = format!("{}\n{}\n", good("a", 1), good("a", 2));
    let error = bad("a", 500);
    assert_eq!(
        merged(&[(Input, 0, INPUT), (Error, 0, &error), (Output, 0, &output)]),
        (format!("{}\n", good("a", 1)), 1)
    );
}

#[test]
fn a_duplicate_id_gives_its_result_once() {
    let input = [INPUT, "{\"custom_id\":\"a\"}\n"].concat();
    let output = good("a", 1);
    assert_eq!(merged(&[(Input, 0, &input), (Output, 0, &output)]), (format!("{output}\n"), 1));
}

#[test]
fn without_an_input_file_results_come_in_the_order_of_the_files() {
    let (output, error) = (format!("{}\n{}\n", good("b", 1), good("a", 1)), bad("c", 400));
    assert_eq!(merged(&[(Output, 0, &output), (Error, 0, &error)]).0, format!("{output}{error}\n"));
}
