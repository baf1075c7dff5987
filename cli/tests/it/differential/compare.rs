//! The questions, and what the model says to each.

use guichet_cli::exit_status::ExitStatus;
use serde_json::{Map, Value, json};

use super::asked::Asked;
use super::model::{Access, Answer, Grantee, Kind, Model, RIGHTS};
use super::names;
use super::random::{Case, Random};

/// Asks everything of one directory, now and then only a part of it.
pub(super) fn all(asked: &Asked, model: &Model, case: &Case, random: &mut Random) {
    batch(asked, model);
    effective(asked, model);
    who_can(asked, model, random);
    what_can(asked, model, random);
    if random.one_in(2) {
        lists(asked, model);
        alone(asked, model, random);
    } else {
        shown(asked, model, random);
    }
    if random.one_in(8) {
        unknown(asked, model, random);
    }
    // Nothing that asks changes the file, so what was written is still there.
    assert_eq!(asked.text(), case.directory.json());
}

/// How a user is called on the command line: by the name, where it finds this one, else by number.
fn user_word(model: &Model, user: usize) -> Option<String> {
    let name = &model.users[user].name;
    if model.find_user(name) == Some(user) {
        return Some(name.clone());
    }
    let number = format!("#{}", user + 1);
    model.find_user(&number).is_none().then_some(number)
}

fn group_word(model: &Model, group: usize) -> Option<String> {
    let name = &model.groups[group].name;
    if model.find_group(name) == Some(group) {
        return Some(name.clone());
    }
    let number = format!("#{}", group + 15_001);
    model.find_group(&number).is_none().then_some(number)
}

/// Every access of the directory, groups too, with the words for it.
fn accesses(model: &Model) -> Vec<(Access, String)> {
    let mut accesses = vec![
        (Access::Design, "design".to_owned()),
        (Access::RuntimeExplorer, "runtime-explorer".to_owned()),
        (Access::Http, "http".to_owned()),
        (Access::Rest, "rest".to_owned()),
    ];
    for (schema, (names, _)) in model.schemas.iter().enumerate() {
        for (right, word) in RIGHTS.iter().enumerate() {
            for name in names {
                accesses.push((Access::Sql(schema, right), format!("sql:{name}:{word}")));
            }
        }
    }
    for (plugin, (key, _)) in model.plugins.iter().enumerate() {
        accesses.push((Access::Plugin(plugin), format!("plugin:{key}")));
    }
    accesses.push((Access::Administration, "administration".to_owned()));
    for group in 0..model.groups.len() {
        let word = group_word(model, group);
        accesses.extend(word.map(|word| (Access::Group(group), format!("group:{word}"))));
    }
    accesses
}

/// Compares one answer of `check`, whose chain may be any shortest one.
fn same_answer(model: &Model, user: usize, access: &Access, said: &Value, what: &str) {
    let Answer {
        allowed,
        reason,
        chain,
    } = model.decide(user, access);
    assert_eq!(said["allowed"], allowed, "{what}: {said}");
    assert_eq!(said["reason"], reason, "{what}: {said}");
    assert_eq!(said["user"], model.users[user].name, "{what}: {said}");
    let path = said["path"].as_array().unwrap();
    let names: Vec<&str> = path.iter().map(|name| name.as_str().unwrap()).collect();
    let Some(length) = chain else {
        assert!(names.is_empty(), "{what}: {said}");
        return;
    };
    assert_eq!(names.len(), length + 1, "{what}: {said}");
    assert_eq!(names[0], model.users[user].name, "{what}: {said}");
    // The groups that the chain can have come to, by name.
    let called = |name: &str| {
        let groups = 0..model.groups.len();
        let groups = groups.filter(|group| model.groups[*group].name == name);
        groups.collect::<Vec<usize>>()
    };
    let mut at = called(names[1]);
    at.retain(|group| model.groups[*group].users.contains(&user));
    for name in &names[2..] {
        let mut next = called(name);
        next.retain(|group| {
            let holds = |below: &usize| model.groups[*group].groups.contains(below);
            at.iter().any(holds)
        });
        at = next;
    }
    let granted = model.grantees(access);
    let is_granted = |group: &usize| granted.contains(&Grantee::Group(*group));
    assert!(at.iter().any(is_granted), "{what}: {said}");
}

/// All users × all accesses, at once.
fn batch(asked: &Asked, model: &Model) {
    let mut questions = Vec::new();
    let accesses = accesses(model);
    for user in 0..model.users.len() {
        let Some(word) = user_word(model, user) else {
            continue;
        };
        for (access, words) in &accesses {
            let line = format!("{word}\t{words}");
            let fits = !word.contains(['\t', '\n']) && !words.contains(['\n', '\r']);
            // A mark at the very start of a file is not part of a name.
            let is_mark = questions.is_empty() && word.starts_with('\u{feff}');
            if fits && !is_mark {
                questions.push((user, access.clone(), line));
            }
        }
    }
    let lines: Vec<&str> = questions.iter().map(|(_, _, line)| line.as_str()).collect();
    let (status, said) = asked.ask(&["check", "--batch", "-"], &lines.join("\n"));
    let answers = said.as_array().unwrap_or_else(|| panic!("{said}"));
    assert_eq!(answers.len(), questions.len());
    let mut all = true;
    for ((user, access, line), said) in questions.iter().zip(answers) {
        same_answer(model, *user, access, said, line);
        all &= model.decide(*user, access).allowed;
    }
    assert_eq!(status == ExitStatus::Yes, all, "{status:?}");
}

/// One question by itself, with names that no line of a file can hold too.
fn alone(asked: &Asked, model: &Model, random: &mut Random) {
    let user = random.below(model.users.len());
    let accesses = accesses(model);
    let (access, words) = &accesses[random.below(accesses.len())];
    let Some(word) = user_word(model, user) else {
        return;
    };
    let (status, said) = asked.ask(&["check", &word, words], "");
    same_answer(model, user, access, &said, words);
    let allowed = model.decide(user, access).allowed;
    assert_eq!(status == ExitStatus::Yes, allowed, "{status:?} {said}");
    let (_, explained) = asked.ask(&["explain", &word, words], "");
    same_answer(model, user, access, &explained, words);
    if allowed {
        for path in explained["paths"].as_array().unwrap() {
            let mut one = said.clone();
            one["path"] = path.clone();
            same_answer(model, user, access, &one, words);
        }
    }
}

fn who_can(asked: &Asked, model: &Model, random: &mut Random) {
    let accesses = accesses(model);
    let (access, words) = &accesses[random.below(accesses.len())];
    let (_, said) = asked.ask(&["who-can", words], "");
    let users = 0..model.users.len();
    let users = users.filter(|user| model.decide(*user, access).allowed);
    let users: Vec<&str> = users.map(|user| model.users[user].name.as_str()).collect();
    assert_eq!(said["users"], json!(users), "{words}");
    let granted = model.grantees(access);
    let mut groups: Vec<&str> = Vec::new();
    for grantee in &granted {
        let name = match grantee {
            Grantee::Group(group) => &model.groups[*group].name,
            Grantee::Missing(name) => name,
            Grantee::Everyone | Grantee::Nobody => continue,
        };
        if !groups.contains(&name.as_str()) {
            groups.push(name);
        }
    }
    let everyone = granted.contains(&Grantee::Everyone);
    let (kind, groups) = match (everyone, groups.is_empty()) {
        (true, _) => ("everyone", Vec::new()),
        (false, true) => ("nobody", Vec::new()),
        (false, false) => ("group", groups),
    };
    assert_eq!(said["grantee"], kind, "{words}: {said}");
    assert_eq!(said["groups"], json!(groups), "{words}: {said}");
    assert_eq!(said["group"], json!(groups.first()), "{words}: {said}");
}

fn what_can(asked: &Asked, model: &Model, random: &mut Random) {
    let user = random.below(model.users.len());
    let Some(word) = user_word(model, user) else {
        return;
    };
    let (_, said) = asked.ask(&["what-can", &word], "");
    let mut expected: Vec<(Access, Vec<String>)> = Vec::new();
    for (access, words) in accesses(model) {
        match (expected.last_mut(), &access) {
            (_, Access::Group(_)) => {}
            // A schema that is written in two ways is one.
            (Some((last, spellings)), access) if last == access => spellings.push(words),
            _ => expected.push((access, vec![words])),
        }
    }
    let rows = said["access"].as_array().unwrap();
    assert_eq!(rows.len(), expected.len(), "{said}");
    for ((access, spellings), row) in expected.iter().zip(rows) {
        let words = row["access"].as_str().unwrap();
        assert!(
            spellings.iter().any(|one| one == words),
            "{words} {spellings:?}"
        );
        let answer = model.decide(user, access);
        assert_eq!(row["allowed"], answer.allowed, "{words}");
        assert_eq!(row["reason"], answer.reason, "{words}");
    }
}

/// The whole closure; of several with one name the one that the name finds is called by it alone.
fn effective(asked: &Asked, model: &Model) {
    let users: Vec<String> = model.users.iter().map(|user| user.name.clone()).collect();
    let users = labels(&users, 1, |name| model.find_user(name));
    let groups: Vec<String> = model
        .groups
        .iter()
        .map(|group| group.name.clone())
        .collect();
    let groups = labels(&groups, 15_001, |name| model.find_group(name));
    let mut expected = [Map::new(), Map::new()];
    let mut members = vec![Vec::new(); groups.len()];
    for (user, label) in users.iter().enumerate() {
        let effective = model.effective(user);
        for group in effective.keys() {
            members[*group].push(label.clone());
        }
        let of_user = effective.keys().map(|group| groups[*group].clone());
        expected[0].insert(label.clone(), sorted(of_user.collect()));
    }
    for (label, members) in groups.iter().zip(members) {
        expected[1].insert(label.clone(), sorted(members));
    }
    let [of_users, of_groups] = expected;
    let (_, said) = asked.ask(&["effective"], "");
    assert_eq!(said, json!({"users": of_users, "groups": of_groups}));
}

fn sorted(mut names: Vec<String>) -> Value {
    names.sort_unstable();
    json!(names)
}

fn labels(names: &[String], first: usize, find: impl Fn(&str) -> Option<usize>) -> Vec<String> {
    let in_order = names.iter().enumerate();
    let label = in_order.map(|(place, name)| {
        if find(name) == Some(place) {
            name.clone()
        } else {
            format!("{name} (#{})", place + first)
        }
    });
    label.collect()
}

fn user_row(model: &Model, user: usize) -> Value {
    let account = &model.users[user];
    let direct = model
        .groups
        .iter()
        .filter(|group| group.users.contains(&user));
    let direct: Vec<&str> = direct.map(|group| group.name.as_str()).collect();
    json!({
        "id": user + 1,
        "name": account.name,
        "kind": match account.kind {
            Kind::Designer => "designer",
            Kind::Administrator => "administrator",
            Kind::User => "user",
        },
        "password": if account.has_password { "legacy" } else { "none" },
        "startup_method": account.startup_method,
        "groups": direct,
    })
}

fn group_row(model: &Model, group: usize) -> Value {
    let one = &model.groups[group];
    json!({
        "id": group + 15_001,
        "name": one.name,
        "users": one.users.iter().map(|user| &model.users[*user].name).collect::<Vec<_>>(),
        "groups": group_names(model, &one.groups),
    })
}

fn group_names<'m>(model: &'m Model, groups: &[usize]) -> Vec<&'m str> {
    let names = groups
        .iter()
        .map(|group| model.groups[*group].name.as_str());
    names.collect()
}

fn lists(asked: &Asked, model: &Model) {
    let users = (0..model.users.len()).map(|user| user_row(model, user));
    let (_, said) = asked.ask(&["users", "list"], "");
    assert_eq!(said, users.collect::<Value>());
    let groups = (0..model.groups.len()).map(|group| group_row(model, group));
    let (_, said) = asked.ask(&["groups", "list"], "");
    assert_eq!(said, groups.collect::<Value>());
}

/// One user and one group, with all that they are in and that is in them.
fn shown(asked: &Asked, model: &Model, random: &mut Random) {
    let user = random.below(model.users.len());
    if let Some(word) = user_word(model, user) {
        let mut groups: Vec<usize> = model.effective(user).keys().copied().collect();
        groups.sort_unstable();
        let mut expected = user_row(model, user);
        expected["effective_groups"] = json!(group_names(model, &groups));
        let (_, said) = asked.ask(&["users", "show", &word], "");
        assert_eq!(said, expected);
    }
    if model.groups.is_empty() {
        return;
    }
    let group = random.below(model.groups.len());
    if let Some(word) = group_word(model, group) {
        let users = 0..model.users.len();
        let users = users.filter(|user| model.effective(*user).contains_key(&group));
        let users: Vec<&str> = users.map(|user| model.users[user].name.as_str()).collect();
        let [nested, containers] = model.around(group);
        let mut expected = group_row(model, group);
        expected["effective_users"] = json!(users);
        expected["effective_groups"] = json!(group_names(model, &nested));
        expected["member_of"] = json!(group_names(model, &containers));
        let (_, said) = asked.ask(&["groups", "show", &word], "");
        assert_eq!(said, expected);
    }
}

/// What does not exist is an error, never an answer.
fn unknown(asked: &Asked, model: &Model, random: &mut Random) {
    let name = names::name(random.below(names::count()));
    if model.find_user(name).is_none() && !name.starts_with('#') {
        let (status, said) = asked.ask(&["check", name, "design"], "");
        assert_eq!(status, ExitStatus::Failed, "{said}");
        assert_eq!(said["error"]["code"], "unknown-user", "{said}");
    }
    if model.find_group(name).is_none() && !name.starts_with('#') {
        let (status, said) = asked.ask(&["who-can", &format!("group:{name}")], "");
        assert_eq!(status, ExitStatus::Failed, "{said}");
        assert_eq!(said["error"]["code"], "unknown-group", "{said}");
    }
    let (status, said) = asked.ask(&["who-can", "plugin:wirte"], "");
    assert_eq!(status, ExitStatus::Failed, "{said}");
    assert_eq!(said["error"]["code"], "unknown-plugin", "{said}");
}
