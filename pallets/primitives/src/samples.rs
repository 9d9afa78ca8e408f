//! Up-samples: probes that a machine answered, which it cannot deny and nobody else can make up.

use crate::{
	keys::{anchor, machine, probe_payload},
	MachineId, RoundIndex,
};
use codec::{Decode, DecodeWithMemTracking, Encode};
use scale_info::TypeInfo;
use sp_application_crypto::RuntimeAppPublic;

/// The most probes of one machine that an anchor sends in a round, and the most samples that it keeps of them.
pub const MAX_SAMPLES: u16 = 512;

/// A machine's answer to one probe.
#[derive(Encode, Decode, DecodeWithMemTracking, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct Sample {
	/// What the anchor asked with: [`probe_nonce`](crate::keys::probe_nonce).
	pub nonce: [u8; 32],
	/// The machine's signature of [`probe_payload`].
	pub signature: machine::Signature,
}

impl Sample {
	/// Whether the machine with this key gave this answer to this anchor in this round, as the one at `place`.
	pub fn is_genuine(
		&self,
		place: u16,
		round: RoundIndex,
		machine: MachineId,
		anchor: &anchor::Id,
		key: &machine::Id,
	) -> bool {
		self.nonce.starts_with(&place.to_le_bytes())
			&& key.verify(&probe_payload(round, machine, anchor, &self.nonce), &self.signature)
	}
}
