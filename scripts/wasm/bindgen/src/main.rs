//! `bindgen INPUT.wasm OUT_DIR OUT_NAME` writes the same files as `wasm-bindgen --target web` with the
//! options of this package.

use std::{env, process::ExitCode};

use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let [input, out_dir, out_name] = args.as_slice() else {
        eprintln!("usage: bindgen INPUT.wasm OUT_DIR OUT_NAME");
        return ExitCode::from(2);
    };
    let mut bindgen = Bindgen::new();
    let result = bindgen.web(true).and_then(|bindgen| {
        bindgen
            .input_path(input)
            .out_name(out_name)
            .typescript(true)
            .omit_default_module_path(true)
            .reset_state_function(true)
            .generate(out_dir)
    });
    if let Err(error) = result {
        eprintln!("{error:?}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
