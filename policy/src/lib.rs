//! Decides who may reach what in a 4D application, and says why.
