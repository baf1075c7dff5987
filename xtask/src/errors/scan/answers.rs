//! The texts that a method of a diagnostic answers with, each with the arm that it stands in.

use syn::visit::Visit;
use syn::{Arm, ExprMatch, LitStr, Macro, Pat, Path};

use super::super::facts::{Answer, Method, Scope, Variant};
use super::{first_literal, variant};

/// Collects the texts of one method, each with the arm that it stands in.
pub(super) struct Answers<'a> {
    pub(super) krate: &'static str,
    pub(super) path: &'a str,
    pub(super) owner: String,
    pub(super) method: Method,
    pub(super) scope: Scope,
    pub(super) found: Vec<Answer>,
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
