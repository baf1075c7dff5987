//! Users, groups, grants and changes of 4D's access system: the pure domain, without I/O.
