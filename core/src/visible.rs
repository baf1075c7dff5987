//! Names and other texts from a file, made safe to show: the one place where characters are let through
//! or not.

use std::borrow::Cow;

/// Writes whatever would act on a terminal, or deceive the eye instead of being shown, by its number,
/// as Rust does; accents, most emoji and every script stay as they are, except marks that choose a variant of a
/// character.
///
/// ```
/// use guichet_core::visible::escaped;
///
/// assert_eq!(escaped("d'été 😀"), "d'été 😀");
/// assert_eq!(escaped("a\u{1b}[2J\n\u{202e}b"), "a\\u{1b}[2J\\u{a}\\u{202e}b");
/// ```
pub fn escaped(text: &str) -> Cow<'_, str> {
    replaced(text, |safe, character| {
        safe.extend(character.escape_unicode());
    })
}

/// Puts one character in the place of each that would act or deceive, so that columns stay what they
/// are; tabs stay, for whoever draws the line.
///
/// ```
/// assert_eq!(guichet_core::visible::in_place("a\t\u{1b}b\u{202e}"), "a\t\u{241b}b\u{fffd}");
/// ```
pub fn in_place(line: &str) -> Cow<'_, str> {
    replaced(line, |safe, character| {
        safe.push(match character {
            '\t' => '\t',
            '\0'..=' ' => char::from_u32(0x2400 + u32::from(character)).unwrap_or('\u{fffd}'),
            '\u{7f}' => '\u{2421}',
            _ => '\u{fffd}',
        });
    })
}

/// Writes each character that must not be shown as it is in a target's own way.
pub fn replaced(text: &str, replace: impl Fn(&mut String, char)) -> Cow<'_, str> {
    let mut safe = String::new();
    let mut end = 0;
    for (at, character) in unsafe_characters(text) {
        safe.push_str(text.get(end..at).unwrap_or_default());
        replace(&mut safe, character);
        end = at + character.len_utf8();
    }
    if end == 0 {
        return Cow::Borrowed(text);
    }
    safe.push_str(text.get(end..).unwrap_or_default());
    Cow::Owned(safe)
}

/// Returns every character that must not be shown as it is, and at which byte it is.
pub fn unsafe_characters(text: &str) -> impl Iterator<Item = (usize, char)> {
    let next = text.chars().skip(1).map(Some).chain([None]);
    let mut before = None;
    let around = text.char_indices().zip(next).map(move |(found, next)| {
        let before = before.replace(found.1);
        (before, found, next)
    });
    around.filter_map(|(before, found, next)| match found.1 {
        ' '..='~' => None,
        '\u{200c}' | '\u{200d}' => {
            let has_meaning = before.is_some_and(is_joined) && next.is_some_and(is_joined);
            (!has_meaning).then_some(found)
        }
        '\u{fe0e}' | '\u{fe0f}' => (!before.is_some_and(is_symbol)).then_some(found),
        character => acts(character).then_some(found),
    })
}

/// Returns whether a character acts on what shows it, or is not seen at all.
///
/// These are the control characters of both sets, the marks that turn the direction of writing, the
/// ends of lines and paragraphs, what is invisible, the tags of which a hidden text can be made, and
/// what is no character.
fn acts(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}'
                | '\u{fdd0}'..='\u{fdef}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{fffe}'..='\u{ffff}'
                | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

/// Returns whether a joiner has a meaning beside a character: one of a script whose letters join, or a
/// part of an emoji.
const fn is_joined(character: char) -> bool {
    matches!(character, '\u{600}'..='\u{109f}' | '\u{1780}'..='\u{18af}' | '\u{fe0f}')
        || is_symbol(character)
}

const fn is_symbol(character: char) -> bool {
    matches!(character, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205f}' | '\u{2070}'..='\u{32ff}')
        || matches!(character, '\u{1f000}'..='\u{1faff}')
}

#[cfg(test)]
mod tests {
    use super::{escaped, in_place};

    #[test]
    fn nothing_in_a_name_acts_on_the_terminal() {
        assert_eq!(escaped("Ann\u{1b}[31m\nBob"), "Ann\\u{1b}[31m\\u{a}Bob");
        assert_eq!(escaped("a\u{202e}b"), "a\\u{202e}b");
        assert_eq!(escaped("\u{9b}31m\u{7f}\u{0}"), "\\u{9b}31m\\u{7f}\\u{0}");
        assert_eq!(escaped("a\u{2028}b\u{200f}"), "a\\u{2028}b\\u{200f}");
    }

    #[test]
    fn nothing_in_a_name_is_unseen() {
        assert_eq!(escaped("Ann\u{200b}\u{200d}"), "Ann\\u{200b}\\u{200d}");
        assert_eq!(escaped("\u{feff}Ann\u{fe0f}"), "\\u{feff}Ann\\u{fe0f}");
        assert_eq!(escaped("\u{e0041}\u{fffe}"), "\\u{e0041}\\u{fffe}");
    }

    #[test]
    fn columns_stay_what_they_are() {
        let safe = in_place("a\t\u{1b}[31m\u{202e}\u{7f}é");
        assert_eq!(safe, "a\t\u{241b}[31m\u{fffd}\u{2421}é");
    }

    #[test]
    fn every_script_and_every_emoji_is_shown_as_it_is() {
        for name in ["Zoé 😀", "❤️‍🔥 👩‍💻", "می‌خواهم", "क्‍ष", "李四", "Ζωή"]
        {
            assert_eq!(escaped(name), name);
        }
    }
}
