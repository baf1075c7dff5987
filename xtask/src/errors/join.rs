//! Puts code, message, documentation and advice of each error together.

use super::facts::{Answer, Described, Facts, Method, Scope, Variant};

/// One way in which a code comes about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// The stable kebab-case code.
    pub(super) code: String,
    /// What the documentation of the variant says; may be empty.
    pub(super) docs: String,
    /// The message with `{…}` where something is filled in.
    pub(super) message: Option<String>,
    /// Full sentences, each once.
    pub(super) advice: Vec<String>,
    /// How serious it can be; empty where it is always an error.
    pub(super) severities: Vec<String>,
    /// The name of the error in the source: `Refusal::Cycle`.
    pub(super) name: String,
    /// The path of its file from the root.
    pub(super) path: String,
}

/// Returns every entry, by code; of one code in the order of the sources.
pub(super) fn entries(facts: &Facts) -> Vec<Entry> {
    let mut all: Vec<Entry> = Vec::new();
    let codes = facts.answers.iter().filter(|a| a.method == Method::Code);
    for answer in codes.filter(|answer| is_code(&answer.text)) {
        for variant in variants(facts, answer) {
            let entry = entry(facts, answer, &variant);
            if !all.contains(&entry) {
                all.push(entry);
            }
        }
    }
    for raised in &facts.raised {
        all.push(Entry {
            code: raised.code.clone(),
            docs: String::new(),
            message: raised.message.clone(),
            advice: raised.advice.iter().cloned().collect(),
            severities: Vec::new(),
            name: String::new(),
            path: raised.path.clone(),
        });
    }
    all.sort_by(|a, b| a.code.cmp(&b.code));
    all
}

fn is_code(text: &str) -> bool {
    let of_code = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !text.is_empty() && text.chars().all(of_code)
}

/// Tells a sentence to a person from a separator or a part of a list.
fn is_sentence(text: &str) -> bool {
    text.ends_with(['.', '?']) && text.contains(' ')
}

/// Returns the variants that have the code of an answer.
fn variants(facts: &Facts, answer: &Answer) -> Vec<Variant> {
    match &answer.scope {
        Scope::Variants(named) => named.clone(),
        scope => {
            let of_owner = facts.described.iter().filter(|described| {
                described.krate == answer.krate && described.variant.of == answer.owner
            });
            of_owner
                .map(|described| described.variant.clone())
                .filter(|variant| scope.covers(variant))
                .collect()
        }
    }
}

fn entry(facts: &Facts, answer: &Answer, variant: &Variant) -> Entry {
    let owner = Variant {
        of: answer.owner.clone(),
        name: String::new(),
    };
    let described = |wanted: &Variant| {
        facts
            .described
            .iter()
            .find(|one: &&Described| one.krate == answer.krate && one.variant == *wanted)
    };
    // A pattern may name something else than the error, such as `ErrorKind::NotFound`.
    let own = described(variant);
    let found = own.or_else(|| described(&owner));
    // Where there is one code only, every advice is for it, whatever else it depends on.
    let covers = |one: &Answer| answer.scope == Scope::All || one.scope.covers(variant);
    let texts = |method| {
        let mut texts: Vec<String> = Vec::new();
        for one in &facts.answers {
            let same = one.krate == answer.krate && one.owner == answer.owner;
            if same && one.method == method && covers(one) && !texts.contains(&one.text) {
                texts.push(one.text.clone());
            }
        }
        texts
    };
    let name = match own {
        Some(_) if variant.name.is_empty() => variant.of.clone(),
        Some(_) => format!("{}::{}", variant.of, variant.name),
        None => answer.owner.clone(),
    };
    Entry {
        code: answer.text.clone(),
        docs: own.map(|one| one.docs.clone()).unwrap_or_default(),
        message: found.and_then(|one| one.message.clone()),
        advice: texts(Method::Help)
            .into_iter()
            .filter(|text| is_sentence(text))
            .collect(),
        severities: texts(Method::Severity),
        name,
        path: answer.path.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::facts::Facts;
    use super::super::scan;
    use super::{Entry, entries};

    fn of(source: &str) -> Vec<Entry> {
        let mut facts = Facts::default();
        scan::file("core", "core/src/a.rs", source, &mut facts).unwrap();
        entries(&facts)
    }

    fn codes_and_names(source: &str) -> Vec<(String, String)> {
        let all = of(source).into_iter();
        all.map(|entry| (entry.code, entry.name)).collect()
    }

    fn pair(code: &str, name: &str) -> (String, String) {
        (code.to_owned(), name.to_owned())
    }

    #[test]
    fn the_arm_of_all_others_is_for_those_that_no_arm_before_it_names() {
        let source = r#"
            enum E { A, B, C }
            impl Diagnostic for E {
                fn code(&self) -> &'static str {
                    match self { Self::A => "a", Self::B if x() => "b", _ => "rest" }
                }
            }"#;
        let expected = [
            pair("a", "E::A"),
            pair("b", "E::B"),
            pair("rest", "E::B"),
            pair("rest", "E::C"),
        ];
        assert_eq!(codes_and_names(source), expected);
    }

    #[test]
    fn one_code_for_a_type_is_for_each_of_its_variants() {
        let source = r#"
            struct S;
            enum E { A, B }
            impl Diagnostic for E { fn code(&self) -> &'static str { "e" } }
            impl Diagnostic for S { fn code(&self) -> &'static str { "s" } }"#;
        let expected = [pair("e", "E::A"), pair("e", "E::B"), pair("s", "S")];
        assert_eq!(codes_and_names(source), expected);
    }

    #[test]
    fn a_code_that_depends_on_something_else_has_the_message_of_the_type() {
        let all = of(r#"
            /// A path.
            #[error("cannot {operation} `{path}`")]
            struct S;
            impl Diagnostic for S {
                fn code(&self) -> &'static str {
                    match self.kind() { ErrorKind::NotFound => "not-found", _ => "other" }
                }
                fn help(&self) -> Option<String> {
                    let text = match self.kind() {
                        ErrorKind::NotFound => "Check the path.",
                        _ => return None,
                    };
                    Some(text.to_owned())
                }
            }"#);
        let message = Some("cannot {operation} `{path}`".to_owned());
        assert_eq!(all.len(), 2);
        assert_eq!((&all[0].message, &all[1].message), (&message, &message));
        assert_eq!(all[0].advice, ["Check the path."]);
        assert_eq!(all[1].advice, Vec::<String>::new());
        assert_eq!((&*all[0].name, &*all[0].docs), ("S", ""));
    }

    #[test]
    fn severities_and_advice_are_those_of_the_variant() {
        let all = of(r#"
            enum E { A, B }
            impl Diagnostic for E {
                fn code(&self) -> &'static str { match self { Self::A => "a", Self::B => "b" } }
                fn severity(&self) -> Severity {
                    match self { Self::A => Severity::Error, _ => Severity::Info }
                }
                fn help(&self) -> Option<String> {
                    Some(match self {
                        Self::A => format!("Write {}.", words.join(" or ")),
                        Self::B => match known { Some(k) => "This.".to_owned(), None => return None },
                    })
                }
            }"#);
        assert_eq!(all[0].severities, ["Error"]);
        assert_eq!(all[0].advice, ["Write {}."]);
        assert_eq!(all[1].severities, ["Info"]);
    }
}
