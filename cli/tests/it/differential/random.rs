//! Random directories: cycles, missing names, twins of every kind, keys that stand twice.

use super::names;
use super::written::{Written, quoted};

/// A generator of random numbers (`SplitMix64`).
#[derive(Debug)]
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) >> 33).unwrap() % limit.max(1)
    }

    /// Tells whether one of so many tries succeeds.
    pub(super) fn one_in(&mut self, tries: usize) -> bool {
        self.below(tries) == 0
    }

    fn pick(&mut self, list: &[&str]) -> String {
        list[self.below(list.len())].to_owned()
    }
}

/// What a random directory is asked under.
#[derive(Debug)]
pub(super) struct Case {
    pub(super) directory: Written,
    pub(super) options: Options,
}

/// What `guichet.toml` and the command line say.
#[derive(Debug, Default)]
pub(super) struct Options {
    pub(super) single_user: bool,
    pub(super) administrator_design: bool,
    pub(super) designer_plugins: bool,
    pub(super) http: Option<String>,
    /// Who has the plug-in `scanner`, which `guichet.toml` declares.
    pub(super) scanner: Option<String>,
}

impl Options {
    pub(super) fn toml(&self) -> String {
        let word = |always| if always { "always" } else { "by-group" };
        let mut text = format!(
            "[policy]\nadministrator_design = \"{}\"\ndesigner_plugins = \"{}\"\n",
            word(self.administrator_design),
            word(self.designer_plugins)
        );
        if let Some(http) = &self.http {
            text.push_str(&format!("[access]\nhttp = {}\n", quoted(http)));
        }
        if let Some(scanner) = &self.scanner {
            text.push_str(&format!("[plugins.scanner]\ngroup = {}\n", quoted(scanner)));
        }
        text
    }
}

const PASSWORD: &str = "AAAAAAAAAAAAAAAAAAAAAA==";

impl Case {
    pub(super) fn of(random: &mut Random) -> Self {
        // A few names only, so that they meet.
        let offset = random.below(names::count());
        let spread = 2 + random.below(8);
        let mut directory = Vec::new();
        let users = users(random, offset, spread);
        let groups = groups(random, offset, spread);
        directory.push(("users".to_owned(), users));
        if !random.one_in(12) {
            directory.push(("groups".to_owned(), groups));
        }
        if !random.one_in(4) {
            let schemas = schemas(random, offset, spread);
            directory.push(("sqlSchemaGranters".to_owned(), schemas));
        }
        for (key, granters) in [
            (
                "remoteGranters",
                &["web", "write", "view", "barcode", "Write"][..],
            ),
            (
                "settings",
                &[
                    "designAccessGroup",
                    "localMobileAccessGroupRW",
                    "remoteMobileAccessGroupRW",
                ],
            ),
        ] {
            if !random.one_in(4) {
                let members = (0..random.below(granters.len() + 2)).map(|_| {
                    let key = random.pick(granters);
                    (key, Written::Text(grantee(random, offset, spread)))
                });
                directory.push((key.to_owned(), Written::Object(members.collect())));
            }
        }
        if random.one_in(15) {
            directory.reverse();
        }
        let mut some = |tries: usize| {
            let given = random.one_in(tries);
            given.then(|| grantee(random, offset, spread))
        };
        let (http, scanner) = (some(3), some(3));
        let options = Options {
            single_user: random.one_in(20),
            administrator_design: random.one_in(3),
            designer_plugins: random.one_in(3),
            http,
            scanner,
        };
        Self {
            directory: Written::Object(directory),
            options,
        }
    }
}

fn near(random: &mut Random, offset: usize, spread: usize) -> String {
    names::name(offset + random.below(spread)).to_owned()
}

fn grantee(random: &mut Random, offset: usize, spread: usize) -> String {
    match random.below(5) {
        0 => "*".to_owned(),
        1 => String::new(),
        _ => near(random, offset, spread),
    }
}

fn users(random: &mut Random, offset: usize, spread: usize) -> Written {
    let mut users = Vec::new();
    for (key, alias) in [("designer", "Designer"), ("administrator", "Administrator")] {
        // Often once, now and then not at all or twice.
        let times = [1, 1, 1, 1, 1, 0, 2][random.below(7)];
        for _ in 0..times {
            let mut fields = Vec::new();
            if !random.one_in(4) {
                fields.push(("password".to_owned(), Written::Text(PASSWORD.to_owned())));
            }
            match random.below(4) {
                0 => {}
                1 => {
                    let alias = near(random, offset, spread);
                    fields.push(("alias".to_owned(), Written::Text(alias)));
                }
                _ => fields.push(("alias".to_owned(), Written::Text(alias.to_owned()))),
            }
            users.push((key.to_owned(), Written::Object(fields)));
        }
    }
    for _ in 0..random.below(7) {
        let name = near(random, offset, spread);
        if name == "designer" || name == "administrator" {
            continue;
        }
        let mut fields = Vec::new();
        if random.one_in(3) {
            fields.push((
                "startupMethod".to_owned(),
                Written::Text("Start".to_owned()),
            ));
        }
        if random.one_in(3) {
            fields.push(("password".to_owned(), Written::Text(PASSWORD.to_owned())));
        }
        if random.one_in(10) {
            let alias = near(random, offset, spread);
            fields.push(("alias".to_owned(), Written::Text(alias)));
        }
        users.push((name, Written::Object(fields)));
    }
    if random.one_in(3) {
        let first = random.below(users.len());
        users.rotate_left(first);
    }
    Written::Object(users)
}

fn groups(random: &mut Random, offset: usize, spread: usize) -> Written {
    let mut groups = Vec::new();
    for _ in 0..random.below(8) {
        let mut fields = Vec::new();
        for key in ["users", "groups"] {
            let times = [1, 1, 1, 0, 2][random.below(5)];
            for _ in 0..times {
                let members = (0..random.below(4)).map(|_| near(random, offset, spread));
                fields.push((key.to_owned(), Written::List(members.collect())));
            }
        }
        groups.push((near(random, offset, spread), Written::Object(fields)));
    }
    Written::Object(groups)
}

/// A schema may be written in two ways; of a right one of them then says everyone or nobody.
fn schemas(random: &mut Random, offset: usize, spread: usize) -> Written {
    let mut schemas = Vec::new();
    for spellings in [["DEFAULT_SCHEMA", "default_schema"], ["SALES", "Sales"]] {
        let written = spellings
            .into_iter()
            .take(1 + usize::from(random.one_in(6)));
        for (place, spelling) in written.enumerate().skip(usize::from(random.one_in(5))) {
            let mut rights = Vec::new();
            for key in [
                "readOnlyAccessGroup",
                "readWriteAccessGroup",
                "allAccessGroup",
            ] {
                if random.one_in(4) {
                    continue;
                }
                let text = match place {
                    0 => grantee(random, offset, spread),
                    _ => random.pick(&["*", ""]),
                };
                rights.push((key.to_owned(), Written::Text(text)));
            }
            schemas.push((spelling.to_owned(), Written::Object(rights)));
        }
    }
    Written::Object(schemas)
}
