//! Reads one source file: error types, the methods of their diagnostics, errors made on the spot.

use std::collections::BTreeMap;

use syn::visit::{self, Visit};
use syn::{
    Arm, Attribute, Expr, ExprCall, ExprMatch, ExprMethodCall, File, ImplItem, Item, ItemEnum,
    ItemImpl, Lit, LitStr, Local, Macro, Meta, Pat, Path, Type,
};

use super::facts::{Answer, Described, Facts, Method, Raised, Scope, Variant};

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

/// Collects the texts of one method, each with the arm that it stands in.
struct Answers<'a> {
    krate: &'static str,
    path: &'a str,
    owner: String,
    method: Method,
    scope: Scope,
    found: Vec<Answer>,
}

impl Answers<'_> {
    fn add(&mut self, text: String) {
        self.found.push(Answer {
            krate: self.krate,
            path: self.path.to_owned(),
            owner: self.owner.clone(),
            method: self.method,
            scope: self.scope.clone(),
            text,
        });
    }

    /// Returns the variants that a pattern names; none for a binding, a value or `_`.
    fn variants(&self, pattern: &Pat) -> Vec<Variant> {
        match pattern {
            Pat::Or(or) => or
                .cases
                .iter()
                .flat_map(|case| self.variants(case))
                .collect(),
            Pat::Guard(guarded) => self.variants(&guarded.pat),
            Pat::Path(path) => self.named(&path.path),
            Pat::Struct(path) => self.named(&path.path),
            Pat::TupleStruct(path) => self.named(&path.path),
            _ => Vec::new(),
        }
    }

    fn named(&self, path: &Path) -> Vec<Variant> {
        let mut segments = path.segments.iter().rev();
        let (Some(name), Some(of)) = (segments.next(), segments.next()) else {
            return Vec::new(); // `None` and the like
        };
        let of = if of.ident == "Self" {
            self.owner.clone()
        } else {
            of.ident.to_string()
        };
        vec![variant(&of, &name.ident.to_string())]
    }

    fn scope_of(&self, arm: &Arm, named: &[Variant]) -> Scope {
        let variants = self.variants(&arm.pat);
        if !variants.is_empty() {
            Scope::Variants(variants)
        } else if matches!(arm.pat, Pat::Wild(_)) && !named.is_empty() {
            Scope::Rest(named.to_vec())
        } else {
            self.scope.clone()
        }
    }
}

impl<'ast> Visit<'ast> for Answers<'_> {
    fn visit_expr_match(&mut self, item: &'ast ExprMatch) {
        let mut named = Vec::new();
        for arm in &item.arms {
            let inside = self.scope_of(arm, &named);
            if !matches!(arm.pat, Pat::Guard(_)) {
                named.extend(self.variants(&arm.pat));
            }
            let outside = std::mem::replace(&mut self.scope, inside);
            self.visit_expr(&arm.body);
            self.scope = outside;
        }
    }

    fn visit_lit_str(&mut self, literal: &'ast LitStr) {
        self.add(literal.value());
    }

    fn visit_macro(&mut self, item: &'ast Macro) {
        if let Some(text) = first_literal(item.tokens.clone()) {
            self.add(text);
        }
    }

    fn visit_path(&mut self, path: &'ast Path) {
        let mut segments = path.segments.iter().rev();
        if let (Some(name), Some(of)) = (segments.next(), segments.next())
            && of.ident == "Severity"
        {
            self.add(name.ident.to_string());
        }
    }
}

/// Collects the calls of `CliError::new`, with what is written around them.
struct OnTheSpot<'a> {
    path: &'a str,
    /// The texts bound to a name so far, so that `CliError::new(code, message)` finds its message.
    texts: BTreeMap<String, String>,
    found: Vec<Raised>,
}

impl OnTheSpot<'_> {
    fn raised(&self, call: &ExprCall) -> Option<Raised> {
        let Expr::Path(function) = call.func.as_ref() else {
            return None;
        };
        let names: Vec<_> = function
            .path
            .segments
            .iter()
            .map(|s| s.ident.to_string())
            .collect();
        if !names.ends_with(&["CliError".to_owned(), "new".to_owned()]) {
            return None;
        }
        let mut arguments = call.args.iter();
        Some(Raised {
            path: self.path.to_owned(),
            code: text(arguments.next()?)?,
            message: arguments.next().and_then(|argument| self.text(argument)),
            advice: None,
        })
    }

    fn text(&self, expression: &Expr) -> Option<String> {
        let Expr::Path(path) = expression else {
            return text(expression);
        };
        self.texts.get(&path.path.get_ident()?.to_string()).cloned()
    }
}

impl<'ast> Visit<'ast> for OnTheSpot<'_> {
    fn visit_local(&mut self, local: &'ast Local) {
        if let (Pat::Ident(name), Some(init)) = (&local.pat, &local.init) {
            match text(&init.expr) {
                Some(text) => self.texts.insert(name.ident.to_string(), text),
                None => self.texts.remove(&name.ident.to_string()),
            };
        }
        visit::visit_local(self, local);
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        let receiver = match call.receiver.as_ref() {
            Expr::Call(receiver) if call.method == "help" => self.raised(receiver),
            _ => None,
        };
        let Some(raised) = receiver else {
            visit::visit_expr_method_call(self, call);
            return;
        };
        self.found.push(Raised {
            advice: call.args.first().and_then(|argument| self.text(argument)),
            ..raised
        });
    }

    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        match self.raised(call) {
            Some(raised) => self.found.push(raised),
            None => visit::visit_expr_call(self, call),
        }
    }
}
