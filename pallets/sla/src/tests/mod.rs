//! Tests, by call.

mod approve;
mod create_module;
mod create_template;
mod expire;
mod judge;
mod propose;
mod random;
mod start_test;
mod terminate;
