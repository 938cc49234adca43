//! Merged results: the exact bytes of the best result of each request, in input order.

use crate::support::files::{write_chunks, written};
use batchlight::jsonl::{FileRole, Reconciler};

use FileRole::{Error, Input, Output};

fn merged(files: &[(FileRole, u16, &str)]) -> (String, usize) {
    let inputs = files.iter().filter(|file| file.0 == Input).count();
    let mut reconciler = Reconciler::new(u16::try_from(inputs).unwrap());
    for (role, index, text) in files {
        write_chunks(text.as_bytes(), 13, reconciler.file(*role, *index));
    }
    let ranges = reconciler.finish(&[]).merge();
    (written(&ranges, files), ranges.len())
}

fn success(id: &str, answer: u8) -> String {
    format!("{{\"custom_id\":\"{id}\",\"response\":{{\"status_code\":200,\"body\":{{ \"n\":{answer} }}}}}}")
}

fn failure(id: &str, status: u16) -> String {
    format!("{{\"custom_id\":\"{id}\",\"response\":{{\"status_code\":{status},\"body\":{{}}}}}}")
}

const INPUT: &str =
    "{\"custom_id\":\"a\"}\n{\"custom_id\":\"b\"}\n{\"custom_id\":\"c\"}\n{\"custom_id\":\"d\"}\n";

#[test]
fn the_best_results_of_all_attempts_are_in_input_order() {
    let output = format!("{}\r\n{}\n", success("c", 1), success("z", 9));
    let error = format!("{}\n{}", failure("a", 500), failure("b", 429));
    let (output2, error2) = (success("b", 2), failure("a", 503));
    let files = [
        (Input, 0, INPUT),
        (Output, 0, &output),
        (Error, 0, &error),
        (Output, 1, &output2),
        (Error, 1, &error2),
    ];
    let expected = format!("{}\n{}\n{}\r\n", failure("a", 503), success("b", 2), success("c", 1));
    assert_eq!(merged(&files), (expected, 3));
}

#[test]
fn results_in_input_order_are_one_range() {
    let output = format!("{}\n{}\n{}\n", success("a", 1), success("b", 2), success("d", 3));
    assert_eq!(merged(&[(Input, 0, INPUT), (Output, 0, &output)]), (output.clone(), 1));
}

#[test]
fn the_first_success_of_conflicting_results_is_kept() {
    let output = format!("{}\n{}\n", success("a", 1), success("a", 2));
    let error = failure("a", 500);
    assert_eq!(
        merged(&[(Input, 0, INPUT), (Error, 0, &error), (Output, 0, &output)]),
        (format!("{}\n", success("a", 1)), 1)
    );
}

#[test]
fn the_result_of_a_duplicate_id_is_merged_once() {
    let input = [INPUT, "{\"custom_id\":\"a\"}\n"].concat();
    let output = success("a", 1);
    assert_eq!(merged(&[(Input, 0, &input), (Output, 0, &output)]), (format!("{output}\n"), 1));
}

#[test]
fn without_an_input_file_results_are_in_the_order_of_the_files() {
    let (output, error) = (format!("{}\n{}\n", success("b", 1), success("a", 1)), failure("c", 400));
    assert_eq!(merged(&[(Output, 0, &output), (Error, 0, &error)]).0, format!("{output}{error}\n"));
}
