//! Tests by what they drive: the call and its authorisation, and the off-chain worker.

mod report;
mod worker;
