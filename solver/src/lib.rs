#![doc = include_str!("../README.md")]

pub mod check;
pub mod fleet;
pub mod replay;
pub mod solve;
pub mod trace;

pub use fleet::{Fleet, Lease, Request};
pub use replay::{replay, Line, Mode, Report};
pub use trace::{Arrival, Node, Trace};
