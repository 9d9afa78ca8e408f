//! The compute challenge over HTTP: [`exabits_challenge`] between anchors and the service node.
//!
//! | request | answer |
//! |---|---|
//! | `POST /challenge?challenge=HEX&anchor=HEX&signature=HEX` | the commitment and the machine's signature, 96 bytes in hex |
//! | the same with `&nonce=HEX` | the response to this anchor's query |
//! | not computed yet | 202; ask again |
//! | not due, not this anchor's to ask, or another machine's | 404 and one line |
//!
//! Who is challenged when and by whom both sides know from the chain, as [`Due`]. So a stranger can make no device work,
//! and all anchors of a committee share one chain.

mod assign;
mod examine;
mod follow;
mod serve;

pub(crate) use assign::Assignments;
pub use examine::{Assignment, Examined, Examiner, Failure, Finding};
pub(crate) use follow::follow;
pub use serve::EngineMaker;
pub(crate) use serve::{Answerer, Asked, Outcome};

use codec::Encode;
use exabits_challenge::{cuda::gpus, Challenge, Commitment, CudaEngine, EngineError, Hash};
use exabits_primitives::{keys::anchor, MAX_DEVICES};
use std::{num::NonZeroUsize, time::Duration};

/// How long other anchors' queries are waited for.
const GATHER: Duration = Duration::from_secs(2);

/// A challenge that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
	/// What is asked.
	pub challenge: Challenge,
	/// The anchors that time it: the machine's committee.
	pub anchors: Vec<anchor::Id>,
	/// The most that the class allows from the beacon to the commitment.
	pub limit: Duration,
	/// What the class's reference device takes.
	pub reference: Duration,
}

/// How a service node answers challenges.
#[derive(Debug, Clone)]
pub struct ChallengeConfig {
	/// What makes the device for one chain.
	pub engine: EngineMaker,
	/// Chains computed at once: as many as there are devices.
	pub devices: NonZeroUsize,
	/// How long after an anchor's query the others' are waited for, to open all rows in one run.
	pub gather: Duration,
}

impl ChallengeConfig {
	/// The processor, which is as many devices as a machine may have: each on as many threads as there are cores at low
	/// priority, in at most `memory` bytes.
	pub fn cpu(memory: u64) -> Self {
		let devices = NonZeroUsize::new(MAX_DEVICES as usize).unwrap_or(NonZeroUsize::MIN);
		Self { engine: EngineMaker::cpu(memory), devices, gather: GATHER }
	}

	/// This host's GPUs, each for one chain, or why there are none. Says which they are.
	pub fn cuda() -> Result<Self, EngineError> {
		let gpus = gpus()?;
		let none = || EngineError::Device("the driver shows no GPU".into());
		let devices = NonZeroUsize::new(gpus.len()).ok_or_else(none)?;
		for (number, gpu) in gpus.iter().enumerate() {
			// Compiles the kernels, which the driver keeps, and finds what does not work before it is challenged.
			CudaEngine::new(number)?;
			log::info!(target: crate::LOG, "Challenges of device {number} are computed by {}", gpu.name);
		}
		Ok(Self { engine: EngineMaker::cuda(), devices, gather: GATHER })
	}
}

/// What an anchor signs to ask for the commitment, or for the response to its nonce.
fn request_payload(seed: &Hash, nonce: Option<&Hash>) -> Vec<u8> {
	(b"exabits/challenge", seed, nonce).encode()
}

/// What a machine signs when it commits.
fn commitment_payload(seed: &Hash, commitment: &Commitment) -> Vec<u8> {
	(b"exabits/challenge/commitment", seed, commitment.0).encode()
}
