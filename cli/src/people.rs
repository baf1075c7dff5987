//! Who gains and who loses which access, in words: people with the same gain or loss in one line.

use guichet::{Effect, Turn};

use crate::output::{Ink, Text, count};

/// Returns one line for each group of people, then how many are affected, without a line end, and with
/// `whole` what lists those who are left out.
pub(crate) fn text(effect: &Effect, whole: &str) -> Text {
    let mut text = Text::default();
    for group in effect.first_groups() {
        let ink = match group.turn {
            Turn::Gain => Ink::Yes,
            Turn::Loss => Ink::No,
        };
        text.add(format_args!("{} ", group.who()));
        text.ink(ink, group.turn.verb(group.users.len()));
        text.add(format_args!(" {}", group.accesses()));
        if group.users.len() > 1 {
            text.add(format_args!(" ({})", group.names()));
        }
        text.end();
    }
    text.add(match effect.affected {
        0 => "nobody gains or loses access".to_owned(),
        some => format!("{} affected", count(some, "user")),
    });
    if !effect.is_short() {
        let left = effect.groups.len() - effect.first_groups().len();
        text.add(match left {
            0 => format!("; {whole} names each"),
            left => format!(", in {} more; {whole} lists each", count(left, "group")),
        });
    }
    text
}
