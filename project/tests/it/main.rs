//! What a program can do with a project.

mod opening;
mod support;
mod views;
mod words;
