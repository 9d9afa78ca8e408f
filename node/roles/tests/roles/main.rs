//! The roles from outside: over loopback, with real processes and a chain in memory.

mod beacon;
mod challenge;
mod client;
mod common;
mod due;
mod probe;
mod prober;
mod provision;
mod telemetry;
