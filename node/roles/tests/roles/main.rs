//! The roles from outside: over loopback, with real processes and a chain in memory.

mod challenge;
mod client;
mod common;
mod probe;
mod prober;
mod provision;
mod telemetry;
