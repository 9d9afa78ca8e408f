#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub mod apis;
pub mod deadlines;
pub mod gaps;
pub mod keys;
pub mod local;
pub mod samples;
pub mod telemetry;
pub mod traits;
pub mod types;

pub use samples::*;
pub use telemetry::{Reported, TelemetryCounters, TelemetryReport, TelemetrySummary};
pub use traits::*;
pub use types::*;
