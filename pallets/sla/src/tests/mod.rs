//! Tests, by call and by subject.

mod approve;
mod cost;
mod counter;
mod create_module;
mod create_template;
mod deprecate;
mod expire;
mod judge;
mod metrics;
mod propose;
mod random;
mod renewal;
mod standing;
mod start_test;
mod states;
mod submit;
mod terminate;
mod weight;
