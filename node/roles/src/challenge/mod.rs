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

mod examine;
mod serve;

pub use examine::{Assignment, Examined, Examiner, Failure, Finding};
pub use serve::EngineMaker;
pub(crate) use serve::{Answerer, Asked, Outcome};

use codec::Encode;
use exabits_challenge::{Challenge, Commitment, Hash};
use exabits_primitives::keys::anchor;
use std::{num::NonZeroUsize, time::Duration};
use tokio::sync::watch;

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
	/// The challenges that are due for this node's machines.
	pub due: watch::Receiver<Vec<Due>>,
	/// What makes the device for one chain.
	pub engine: EngineMaker,
	/// Chains computed at once: as many as there are devices.
	pub devices: NonZeroUsize,
	/// How long after an anchor's query the others' are waited for, to open all rows in one run.
	pub gather: Duration,
}

impl ChallengeConfig {
	/// One device: the processor, on as many threads as it has cores at low priority, in at most `memory` bytes.
	pub fn cpu(due: watch::Receiver<Vec<Due>>, memory: u64) -> Self {
		let (devices, gather) = (NonZeroUsize::MIN, Duration::from_secs(2));
		Self { due, engine: EngineMaker::cpu(memory), devices, gather }
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
