//! Errors that the command line makes on the spot.

use std::collections::BTreeMap;

use syn::visit::{self, Visit};
use syn::{Expr, ExprCall, ExprMethodCall, Local, Pat};

use super::super::facts::Raised;
use super::text;

/// Collects the calls of `CliError::new`, with what is written around them.
pub(super) struct OnTheSpot<'a> {
    pub(super) path: &'a str,
    /// The texts bound to a name so far, so that `CliError::new(code, message)` finds its message.
    pub(super) texts: BTreeMap<String, String>,
    pub(super) found: Vec<Raised>,
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
