//! A test that asserts nothing passes whatever the code does.
//!
//! A test asserts when it calls a macro of assertions or snapshots, `unwrap`, `expect` or a
//! relative of theirs, or a function of the same crate that does so, known by its name. What stands
//! inside `proptest!` and the like is not looked into.

use std::collections::{BTreeMap, BTreeSet};

use syn::visit::{self, Visit};
use syn::{Attribute, Block, Expr, ExprCall, ExprMethodCall, ExprTry, ImplItemFn, ItemFn, Macro};

use super::finding::Finding;
use crate::tree::Tree;

/// What the body of a function does, as far as it matters here.
#[derive(Debug, Clone, Default)]
struct Body {
    asserts: bool,
    calls: BTreeSet<String>,
}

/// A function that is a test.
#[derive(Debug)]
struct Test {
    path: String,
    name: String,
    body: Body,
}

/// Checks every test of every crate.
pub(super) fn check(tree: &Tree) -> Vec<(String, Finding)> {
    let mut crates: BTreeMap<&str, Crate> = BTreeMap::new();
    for file in tree.files().iter().filter(|file| file.is_rust()) {
        let folder = file.path.split_once('/').map_or("", |(folder, _)| folder);
        // What is not Rust is the compiler's business.
        if let Ok(parsed) = syn::parse_file(&file.text) {
            let own = crates.entry(folder).or_default();
            own.path.clone_from(&file.path);
            own.visit_file(&parsed);
        }
    }
    let mut found = Vec::new();
    for own in crates.values() {
        let asserting = own.asserting();
        let empty = own.tests.iter().filter(|test| {
            let calls_one = || test.body.calls.iter().any(|name| asserting.contains(name));
            !test.body.asserts && !calls_one()
        });
        found.extend(empty.map(|test| {
            let line = line_of(tree.text(&test.path).unwrap_or_default(), &test.name);
            let message = format!("the test `{}` asserts nothing", test.name);
            (test.path.clone(), Finding::failure(line, message))
        }));
    }
    found
}

fn line_of(text: &str, name: &str) -> usize {
    let start = format!("fn {name}(");
    let before = text.lines().take_while(|line| !line.contains(&start));
    before.count() + 1
}

/// The functions of one crate, its tests among them.
#[derive(Debug, Default)]
struct Crate {
    path: String,
    functions: BTreeMap<String, Body>,
    tests: Vec<Test>,
}

impl Crate {
    /// Returns the names of the functions that assert, themselves or through others.
    fn asserting(&self) -> BTreeSet<&String> {
        let mut asserting = BTreeSet::new();
        loop {
            let before = asserting.len();
            for (name, body) in &self.functions {
                if body.asserts || body.calls.iter().any(|name| asserting.contains(name)) {
                    asserting.insert(name);
                }
            }
            if asserting.len() == before {
                return asserting;
            }
        }
    }

    fn add(&mut self, name: String, attributes: &[Attribute], block: &Block) {
        let mut body = Body::default();
        body.visit_block(block);
        if attributes.iter().any(|one| one.path().is_ident("test")) {
            self.tests.push(Test {
                path: self.path.clone(),
                name: name.clone(),
                body: body.clone(),
            });
        }
        let all = self.functions.entry(name).or_default();
        all.asserts |= body.asserts;
        all.calls.extend(body.calls);
    }
}

impl<'ast> Visit<'ast> for Crate {
    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        self.add(item.sig.ident.to_string(), &item.attrs, &item.block);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast ImplItemFn) {
        self.add(item.sig.ident.to_string(), &item.attrs, &item.block);
        visit::visit_impl_item_fn(self, item);
    }
}

impl<'ast> Visit<'ast> for Body {
    fn visit_macro(&mut self, item: &'ast Macro) {
        let name = item.path.segments.last().map(|one| one.ident.to_string());
        let name = name.unwrap_or_default();
        self.asserts |= ["assert", "snapshot", "panic", "proptest"]
            .iter()
            .any(|part| name.contains(part));
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        let name = call.method.to_string();
        self.asserts |= name.starts_with("unwrap") && !name.starts_with("unwrap_or");
        self.asserts |= name.starts_with("expect") || name.contains("assert");
        self.calls.insert(name);
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        if let Expr::Path(function) = call.func.as_ref() {
            let name = function.path.segments.last();
            self.calls.extend(name.map(|one| one.ident.to_string()));
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_expr_try(&mut self, item: &'ast ExprTry) {
        self.asserts = true;
        visit::visit_expr_try(self, item);
    }
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tree::Tree;

    fn lines(body: &str) -> Vec<usize> {
        let text = format!(
            "fn holds() {{ assert!(true); }}\nfn through() {{ holds(); }}\nfn other() {{}}\n\
             #[test]\nfn a_law() {{ {body} }}\n"
        );
        let found = check(&Tree::of(&[("core/tests/it/a.rs", &text)]));
        found.into_iter().map(|(_, finding)| finding.line).collect()
    }

    #[test]
    fn a_test_that_only_runs_code_is_found() {
        for body in [
            "",
            "other();",
            "let _ = f();",
            "x.unwrap_or_default();",
            "a == b;",
        ] {
            assert_eq!(lines(body), [5], "{body}");
        }
    }

    #[test]
    fn a_test_that_can_fail_passes() {
        for body in [
            "assert_eq!(a, b);",
            "insta::assert_snapshot!(a);",
            "for a in b { prop_assert!(a)?; }",
            "a.unwrap_err();",
            "holds();",
            "crate::it::through();",
            "command().debug_assert();",
            "if a { panic!(\"no\") }",
        ] {
            assert_eq!(lines(body), Vec::<usize>::new(), "{body}");
        }
    }

    #[test]
    fn a_test_may_be_another_one_by_a_second_name() {
        let text = "#[test]\nfn rule_1() { assert!(a); }\n#[test]\nfn statement_2() { rule_1(); }";
        assert!(check(&Tree::of(&[("core/tests/it/a.rs", text)])).is_empty());
    }

    #[test]
    fn a_helper_of_another_crate_is_no_help() {
        let helper = ("core/src/a.rs", "fn holds() { assert!(true); }");
        let test = ("policy/tests/it/a.rs", "#[test]\nfn a() { holds(); }");
        assert_eq!(check(&Tree::of(&[helper, test])).len(), 1);
    }
}
