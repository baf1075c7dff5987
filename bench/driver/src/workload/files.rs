//! Writes a workload as the files that the measured programs read.

use std::io::{self, Write};

use super::graph::{Graph, Link};
use super::queries::Query;
use super::random::Random;

/// The characters of base 64 in their order.
const BASE_64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Writes the list of links: a line with the count of users, one with the count of groups, then a
/// line per link, `u USER GROUP` for a user and `g INNER OUTER` for a group.
pub(crate) fn write_links(graph: &Graph, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "users {}\ngroups {}", graph.users, graph.groups)?;
    for (user, group) in &graph.user_links {
        writeln!(out, "u {user} {group}")?;
    }
    for (inner, outer) in &graph.group_links {
        writeln!(out, "g {inner} {outer}")?;
    }
    Ok(())
}

/// Writes one query per line.
pub(crate) fn write_queries(queries: &[Query], out: &mut impl Write) -> io::Result<()> {
    for query in queries {
        writeln!(out, "{query}")?;
    }
    Ok(())
}

/// Writes the workload as 4D writes a `directory.json`: tabs, no final newline, keys in 4D's order.
///
/// User 0 is the Designer and user 1 the Administrator; every user has a made digest of the old
/// shape. Some grants go to the first groups.
pub(crate) fn write_directory(graph: &Graph, out: &mut impl Write) -> io::Result<()> {
    let mut random = Random::seeded(0);
    out.write_all(b"{\n\t\"users\": {")?;
    for user in 0..graph.users {
        let separator = if user == 0 { "" } else { "," };
        let digest = digest(&mut random);
        let name = user_name(user);
        let (key, alias) = match user {
            0 | 1 => (
                name.to_lowercase(),
                format!(",\n\t\t\t\"alias\": \"{name}\""),
            ),
            _ => (name, String::new()),
        };
        write!(
            out,
            "{separator}\n\t\t\"{key}\": {{\n\t\t\t\"password\": \"{digest}\"{alias}\n\t\t}}"
        )?;
    }
    out.write_all(b"\n\t},\n\t\"groups\": {")?;
    let users = by_group(&graph.user_links);
    let inner_groups = by_group(&graph.group_links);
    let (mut users, mut inner_groups) = (users.as_slice(), inner_groups.as_slice());
    for group in 0..graph.groups {
        let separator = if group == 0 { "" } else { "," };
        write!(out, "{separator}\n\t\t\"{}\": {{", group_name(group))?;
        let lists = [
            (
                "users",
                take_group(&mut users, group),
                user_name as fn(u32) -> String,
            ),
            ("groups", take_group(&mut inner_groups, group), group_name),
        ];
        let lists: Vec<String> = lists
            .into_iter()
            .filter(|(_, members, _)| !members.is_empty())
            .map(|(key, members, name)| list(key, members, name))
            .collect();
        out.write_all(lists.join(",").as_bytes())?;
        out.write_all(if lists.is_empty() { b"}" } else { b"\n\t\t}" })?;
    }
    out.write_all(b"\n\t},\n")?;
    out.write_all(grants(graph.groups).as_bytes())
}

/// Returns the name of a user; never longer than 4D allows.
fn user_name(user: u32) -> String {
    match user {
        0 => "Designer".to_owned(),
        1 => "Administrator".to_owned(),
        _ => format!("User {user}"),
    }
}

/// Returns the name of a group; at most 15 characters.
fn group_name(group: u32) -> String {
    format!("Group {group}")
}

/// Returns the links as pairs of group and member, in this order.
fn by_group(links: &[Link]) -> Vec<Link> {
    let mut turned: Vec<Link> = links
        .iter()
        .map(|(member, group)| (*group, *member))
        .collect();
    turned.sort_unstable();
    turned
}

/// Takes the links of one group from the front.
fn take_group<'a>(links: &mut &'a [Link], group: u32) -> &'a [Link] {
    let length = links.iter().take_while(|(of, _)| *of == group).count();
    let (taken, rest) = links.split_at_checked(length).unwrap_or((links, &[]));
    *links = rest;
    taken
}

fn list(key: &str, members: &[Link], name: fn(u32) -> String) -> String {
    let lines: Vec<String> = members
        .iter()
        .map(|(_, member)| format!("\t\t\t\t\"{}\"", name(*member)))
        .collect();
    format!("\n\t\t\t\"{key}\": [\n{}\n\t\t\t]", lines.join(",\n"))
}

/// Returns 16 made bytes in base 64; the last two bits of the 22nd character carry them alone.
fn digest(random: &mut Random) -> String {
    let mut character = |step: u32| {
        let index = random.below(64 / step) * step;
        char::from(*BASE_64.get(index as usize).unwrap_or(&b'A'))
    };
    let mut digest: String = (0..21).map(|_| character(1)).collect();
    digest.push(character(16));
    digest.push_str("==");
    digest
}

/// Returns the members of the file after the groups, and its closing brace.
fn grants(groups: u32) -> String {
    let granter = |nth: u32| group_name(nth % groups.max(1));
    format!(
        "\t\"sqlSchemaGranters\": {{\n\t\t\"DEFAULT_SCHEMA\": {{\n\
         \t\t\t\"readOnlyAccessGroup\": \"*\",\n\
         \t\t\t\"readWriteAccessGroup\": \"{}\",\n\
         \t\t\t\"allAccessGroup\": \"\"\n\t\t}}\n\t}},\n\
         \t\"remoteGranters\": {{\n\t\t\"web\": \"*\",\n\t\t\"write\": \"{}\"\n\t}},\n\
         \t\"settings\": {{\n\t\t\"localGenericWebUser\": \"Designer\",\n\
         \t\t\"designAccessGroup\": \"{}\",\n\
         \t\t\"remoteGenericWebUser\": \"Designer\",\n\
         \t\t\"remoteDefaultUser\": \"\"\n\t}}\n}}",
        granter(0),
        granter(1),
        granter(2)
    )
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{group_name, write_directory, write_links};
    use crate::workload::graph::Graph;
    use crate::workload::shape::{SHAPES, Shape};

    fn written(
        write: impl Fn(&Graph, &mut Vec<u8>) -> std::io::Result<()>,
        graph: &Graph,
    ) -> String {
        let mut bytes = Vec::new();
        write(graph, &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn the_directory_holds_every_link_and_every_name_once() {
        let graph = Graph::of(Shape::parse("W1").unwrap());
        let text = written(write_directory, &graph);
        let directory: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(directory["users"].as_object().unwrap().len(), 200);
        let groups = directory["groups"].as_object().unwrap();
        assert_eq!(groups.len(), 50);
        let count = |key: &str| -> usize {
            let lists = groups
                .values()
                .filter_map(|group| group.get(key)?.as_array());
            lists.map(Vec::len).sum()
        };
        assert_eq!(count("users"), graph.user_links.len());
        assert_eq!(count("groups"), graph.group_links.len());
        let (inner, outer) = graph.group_links[0];
        let placed = groups[&group_name(outer)]["groups"].as_array().unwrap();
        assert!(placed.contains(&Value::from(group_name(inner))));
    }

    #[test]
    fn the_directory_is_written_as_4d_writes_it() {
        let graph = Graph {
            users: 3,
            groups: 2,
            user_links: vec![(1, 0), (2, 0)],
            group_links: Vec::new(),
            outermost_first: vec![0, 1],
        };
        let text = written(write_directory, &graph);
        assert!(text.starts_with("{\n\t\"users\": {\n\t\t\"designer\": {\n\t\t\t\"password\": \""));
        assert!(
            text.contains("==\",\n\t\t\t\"alias\": \"Administrator\"\n\t\t},\n\t\t\"User 2\": {")
        );
        assert!(text.contains(
            "\t\"groups\": {\n\t\t\"Group 0\": {\n\t\t\t\"users\": [\n\t\t\t\t\"Administrator\",\n\
             \t\t\t\t\"User 2\"\n\t\t\t]\n\t\t},\n\t\t\"Group 1\": {}\n\t},\n"
        ));
        assert!(text.ends_with("\n\t}\n}"));
    }

    #[test]
    fn names_of_groups_keep_4ds_length() {
        let longest = SHAPES
            .iter()
            .map(|shape| group_name(shape.groups - 1).len());
        assert!(longest.max().unwrap() <= 15);
    }

    #[test]
    fn the_list_of_links_has_a_line_for_each() {
        let graph = Graph {
            users: 2,
            groups: 3,
            user_links: vec![(0, 1)],
            group_links: vec![(1, 2)],
            outermost_first: vec![2, 1, 0],
        };
        assert_eq!(
            written(write_links, &graph),
            "users 2\ngroups 3\nu 0 1\ng 1 2\n"
        );
    }
}
