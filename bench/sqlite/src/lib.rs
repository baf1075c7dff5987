//! SQLite: two tables of links in memory, searched by recursive queries prepared beforehand.

use peer_kit::{Links, Names, Operation, Peer};
use rusqlite::{Connection, Params};

/// The tables: each pair once, with an index for either direction.
const TABLES: &str = "
    CREATE TABLE user_links (member INTEGER, holder INTEGER, PRIMARY KEY (member, holder)) WITHOUT ROWID;
    CREATE TABLE group_links (member INTEGER, holder INTEGER, PRIMARY KEY (member, holder)) WITHOUT ROWID;
    CREATE UNIQUE INDEX users_of_holder ON user_links (holder, member);
    CREATE UNIQUE INDEX groups_of_holder ON group_links (holder, member);
";

/// All groups of the user.
const GROUPS_OF: &str = "
    WITH RECURSIVE found (id) AS (
        SELECT holder FROM user_links WHERE member = ?1
        UNION SELECT holder FROM group_links JOIN found ON member = id
    ) SELECT id FROM found";

/// Stops at the group that is looked for.
const IS_MEMBER: &str = "
    WITH RECURSIVE found (id) AS (
        SELECT holder FROM user_links WHERE member = ?1
        UNION SELECT holder FROM group_links JOIN found ON member = id
    ) SELECT EXISTS (SELECT 1 FROM found WHERE id = ?2)";

/// All users of the group.
const USERS_OF: &str = "
    WITH RECURSIVE found (id) AS (
        SELECT ?1
        UNION SELECT member FROM group_links JOIN found ON holder = id
    ) SELECT DISTINCT member FROM found JOIN user_links ON holder = id";

/// Does the outer group lie in the inner one already?
const CLOSES_CYCLE: &str = "
    WITH RECURSIVE found (id) AS (
        SELECT ?2
        UNION SELECT holder FROM group_links JOIN found ON member = id
    ) SELECT EXISTS (SELECT 1 FROM found WHERE id = ?1)";

/// A database in memory.
#[derive(Debug)]
pub struct Sqlite {
    connection: Connection,
}

impl Sqlite {
    fn yes(&self, query: &str, pair: (&u32, &u32)) -> bool {
        let mut query = self.connection.prepare_cached(query).expect("it is SQL");
        query.query_row(pair, |row| row.get(0)).expect("one row")
    }

    fn list(&self, query: &str, of: u32) -> usize {
        let mut query = self.connection.prepare_cached(query).expect("it is SQL");
        let rows = query.query_map([of], |row| row.get::<_, u32>(0));
        let ids: Result<Vec<u32>, _> = rows.expect("the query runs").collect();
        ids.expect("each row is a number").len()
    }

    fn execute(&self, statement: &str, parameters: impl Params) {
        let statement = self.connection.prepare_cached(statement);
        let done = statement.expect("it is SQL").execute(parameters);
        assert_eq!(done, Ok(1), "one row changes");
    }
}

fn fill(connection: &Connection, insert: &str, links: &[(u32, u32)]) -> rusqlite::Result<()> {
    let mut insert = connection.prepare(insert)?;
    for link in links {
        insert.execute(*link)?;
    }
    Ok(())
}

impl Peer for Sqlite {
    const NAME: &'static str = "sqlite";
    type Source = Links;
    type User = u32;
    type Group = u32;

    fn leaves_out(operation: Operation) -> Option<&'static str> {
        match operation {
            Operation::IsMemberByName | Operation::BuildFromNames => {
                Some("its tables are by number here")
            }
            Operation::IsMemberTwoThreads => Some("not measured for this one"),
            Operation::EditUserShared | Operation::EditGroupShared => Some(peer_kit::NOT_SHARED),
            _ => None,
        }
    }

    fn source(links: &Links, _names: &Names) -> Links {
        links.clone()
    }

    fn build(links: &Links) -> Self {
        let connection = Connection::open_in_memory().expect("there is memory");
        let filled = connection.execute_batch(TABLES).and_then(|()| {
            let transaction = connection.unchecked_transaction()?;
            fill(
                &connection,
                "INSERT INTO user_links VALUES (?1, ?2)",
                &links.user_links,
            )?;
            fill(
                &connection,
                "INSERT INTO group_links VALUES (?1, ?2)",
                &links.group_links,
            )?;
            transaction.commit()?;
            connection.execute_batch("ANALYZE")
        });
        filled.expect("every link is there once");
        Self { connection }
    }

    fn user(_links: &Links, number: u32) -> u32 {
        number
    }

    fn group(_links: &Links, number: u32) -> u32 {
        number
    }

    fn is_member(&mut self, user: &u32, group: &u32) -> bool {
        self.yes(IS_MEMBER, (user, group))
    }

    fn is_member_by_name(&mut self, _user: &str, _group: &str) -> bool {
        unreachable!("left out")
    }

    fn groups_of(&mut self, user: &u32) -> usize {
        self.list(GROUPS_OF, *user)
    }

    fn users_of(&mut self, group: &u32) -> usize {
        self.list(USERS_OF, *group)
    }

    fn closes_cycle(&mut self, inner: &u32, outer: &u32) -> bool {
        self.yes(CLOSES_CYCLE, (inner, outer))
    }

    fn put_user(&mut self, user: &u32, group: &u32) {
        self.execute("INSERT INTO user_links VALUES (?1, ?2)", (user, group));
    }

    fn take_user(&mut self, user: &u32, group: &u32) {
        self.execute(
            "DELETE FROM user_links WHERE member = ?1 AND holder = ?2",
            (user, group),
        );
    }

    fn put_group(&mut self, inner: &u32, outer: &u32) {
        self.execute("INSERT INTO group_links VALUES (?1, ?2)", (inner, outer));
    }

    fn take_group(&mut self, inner: &u32, outer: &u32) {
        self.execute(
            "DELETE FROM group_links WHERE member = ?1 AND holder = ?2",
            (inner, outer),
        );
    }

    fn bytes_elsewhere(&self) -> usize {
        let pages = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size";
        let bytes = self.connection.query_row(pages, [], |row| row.get(0));
        let bytes: i64 = bytes.expect("SQLite knows its size");
        usize::try_from(bytes).expect("a size is not negative")
    }

    fn bytes_with_names(_source: usize, _built: usize) -> Option<usize> {
        None
    }
}
