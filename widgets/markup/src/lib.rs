#![doc = include_str!("../README.md")]

mod tree;

use proc_macro::TokenStream;

/// Builds what the markup says: `yew::Html`.
#[proc_macro]
pub fn html(input: TokenStream) -> TokenStream {
    match tree::written(input) {
        Ok(code) => code,
        Err(tree::Wrong { at, said }) => {
            let said = proc_macro::Literal::string(&said);
            let mut error: TokenStream = "::core::compile_error!".parse().unwrap_or_default();
            let said = proc_macro::TokenTree::from(said);
            error.extend([proc_macro::TokenTree::from(proc_macro::Group::new(
                proc_macro::Delimiter::Brace,
                said.into(),
            ))]);
            error
                .into_iter()
                .map(|mut token| {
                    token.set_span(at);
                    token
                })
                .collect()
        }
    }
}
