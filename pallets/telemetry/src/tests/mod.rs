//! Tests by what they drive: the calls and their authorisation, the sweep, and the off-chain worker.

mod audit;
mod devices;
mod evidence;
mod flags;
mod governance;
mod report;
mod worker;
mod worker_audit;
