//! Marking everything that can be reached from somewhere.

use guichet_core::GroupHandle;

use crate::closure::Closure;

/// Marks some groups and all that can be reached from them; by [`GroupHandle::index`].
///
/// O(groups + memberships).
pub(crate) fn spread<'a>(
    closure: &Closure,
    starts: impl IntoIterator<Item = GroupHandle>,
    onward: impl Fn(GroupHandle) -> &'a [GroupHandle],
) -> Vec<bool> {
    let mut marks = vec![false; closure.directory().group_table_size()];
    let mut waiting: Vec<GroupHandle> = starts.into_iter().collect();
    while let Some(group) = waiting.pop() {
        let Some(mark) = marks.get_mut(group.index()) else {
            continue;
        };
        if !std::mem::replace(mark, true) {
            waiting.extend(onward(group));
        }
    }
    marks
}
