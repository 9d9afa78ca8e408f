#![doc = include_str!("../README.md")]

mod challenge;
pub mod cpu;
pub mod cuda;
pub mod derive;
mod engine;
mod freivalds;
mod merkle;
mod prover;
mod query;
mod response;
mod simd;
mod size;
mod verify;

pub use challenge::{Challenge, Commitment};
pub use cpu::CpuEngine;
pub use cuda::CudaEngine;
pub use engine::{Engine, EngineError};
pub use merkle::{Hash, Tree};
pub use prover::{prove, respond, Proof};
pub use query::{Query, Sample, LINKS, ROWS};
pub use response::{Response, RowOpening};
pub use size::{Size, SizeError};
pub use verify::{performance, verify, Rejection, Timing};

/// Bytes that are not the encoding of what was expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
	/// Another number of bytes than the one that it must have.
	#[error("{found} bytes where there must be {expected}")]
	Length {
		/// What it must have.
		expected: usize,
		/// What came.
		found: usize,
	},
	/// A size that no challenge may have.
	#[error(transparent)]
	Size(#[from] SizeError),
}

#[cfg(test)]
mod tests;
