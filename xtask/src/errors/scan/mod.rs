//! Reads one source file: error types, the methods of their diagnostics, errors made on the spot.

mod answers;
mod on_the_spot;

use std::collections::BTreeMap;

use syn::visit::Visit as _;
use syn::{Attribute, Expr, File, ImplItem, Item, ItemEnum, ItemImpl, Lit, LitStr, Meta, Type};

use super::facts::{Described, Facts, Method, Scope, Variant};
use answers::Answers;
use on_the_spot::OnTheSpot;

/// Adds what the file at `path` says.
///
/// # Errors
///
/// The text is not Rust.
pub(super) fn file(
    krate: &'static str,
    path: &str,
    text: &str,
    facts: &mut Facts,
) -> Result<(), syn::Error> {
    let file: File = syn::parse_file(text)?;
    for item in &file.items {
        match item {
            Item::Enum(item) => describe_enum(krate, item, facts),
            Item::Struct(item) => facts.described.push(Described {
                krate,
                variant: variant(&item.ident.to_string(), ""),
                docs: docs(&item.attrs),
                message: message(&item.attrs),
            }),
            Item::Impl(item) => read_methods(krate, path, item, facts),
            _ => {}
        }
    }
    let mut raised = OnTheSpot {
        path,
        texts: BTreeMap::new(),
        found: Vec::new(),
    };
    raised.visit_file(&file);
    facts.raised.append(&mut raised.found);
    Ok(())
}

fn variant(of: &str, name: &str) -> Variant {
    Variant {
        of: of.to_owned(),
        name: name.to_owned(),
    }
}

fn describe_enum(krate: &'static str, item: &ItemEnum, facts: &mut Facts) {
    let of = item.ident.to_string();
    for one in &item.variants {
        facts.described.push(Described {
            krate,
            variant: variant(&of, &one.ident.to_string()),
            docs: docs(&one.attrs),
            message: message(&one.attrs),
        });
    }
}

/// Returns the first paragraph of a documentation comment.
fn docs(attributes: &[Attribute]) -> String {
    let lines = attributes
        .iter()
        .filter_map(|attribute| match &attribute.meta {
            Meta::NameValue(pair) if pair.path.is_ident("doc") => text(&pair.value),
            _ => None,
        });
    let paragraph: Vec<String> = lines
        .map(|line| line.trim().to_owned())
        .take_while(|line| !line.is_empty())
        .collect();
    paragraph.join(" ")
}

/// Returns the text of `#[error("…")]`.
fn message(attributes: &[Attribute]) -> Option<String> {
    let error = attributes.iter().find(|one| one.path().is_ident("error"))?;
    let Meta::List(list) = &error.meta else {
        return None;
    };
    first_literal(list.tokens.clone())
}

/// Returns the literal that a macro such as `format!` starts with.
fn first_literal(tokens: proc_macro2::TokenStream) -> Option<String> {
    let first = tokens.into_iter().next()?;
    let literal: LitStr = syn::parse2(first.into()).ok()?;
    Some(literal.value())
}

/// Returns the text of a literal, of `format!` of one, or of `to_owned` and the like on one.
fn text(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        Expr::Macro(one) => first_literal(one.mac.tokens.clone()),
        Expr::MethodCall(call) => text(&call.receiver),
        Expr::Reference(reference) => text(&reference.expr),
        _ => None,
    }
}

/// Reads `code`, `severity`, `help` and `advice` of one `impl`.
fn read_methods(krate: &'static str, path: &str, item: &ItemImpl, facts: &mut Facts) {
    let Type::Path(owner) = item.self_ty.as_ref() else {
        return;
    };
    let Some(owner) = owner.path.segments.last() else {
        return;
    };
    for member in &item.items {
        let ImplItem::Fn(function) = member else {
            continue;
        };
        let method = match function.sig.ident.to_string().as_str() {
            "code" => Method::Code,
            "severity" => Method::Severity,
            "help" | "advice" => Method::Help,
            _ => continue,
        };
        let mut answers = Answers {
            krate,
            path,
            owner: owner.ident.to_string(),
            method,
            scope: Scope::All,
            found: Vec::new(),
        };
        answers.visit_block(&function.block);
        facts.answers.append(&mut answers.found);
    }
}
