//! Application keys, and what they sign.
//!
//! Anchors and machines sign with sr25519 keys of their own, which never hold money. Everything that such a
//! key signs for the chain is a [`payload`]: it binds the chain, the call, and whatever the call names.

use alloc::vec::Vec;
use codec::Encode;
use sp_core::crypto::KeyTypeId;

/// The key of an anchoring node.
pub mod anchor {
	use super::KeyTypeId;

	/// Key type in the keystore.
	pub const KEY_TYPE: KeyTypeId = KeyTypeId(*b"anch");
	mod app {
		use sp_application_crypto::{app_crypto, sr25519};
		app_crypto!(sr25519, super::KEY_TYPE);
	}
	/// Public key.
	pub type Id = app::Public;
	/// Signature.
	pub type Signature = app::Signature;
	#[cfg(feature = "std")]
	/// Key pair.
	pub type Pair = app::Pair;
}

/// The key of a machine.
pub mod machine {
	use super::KeyTypeId;

	/// Key type in the keystore.
	pub const KEY_TYPE: KeyTypeId = KeyTypeId(*b"mach");
	mod app {
		use sp_application_crypto::{app_crypto, sr25519};
		app_crypto!(sr25519, super::KEY_TYPE);
	}
	/// Public key.
	pub type Id = app::Public;
	/// Signature.
	pub type Signature = app::Signature;
	#[cfg(feature = "std")]
	/// Key pair.
	pub type Pair = app::Pair;
}

/// What a key signs: the genesis hash, the pallet and call that it is for, and what the call binds (the key's
/// owner, machine, session, round or window, and the content).
pub fn payload<Hash: Encode>(genesis: Hash, call: &[u8], bound: impl Encode) -> Vec<u8> {
	(genesis, call, bound).encode()
}

/// The nonce of the probe whose answer will be the sample at `place` of its round: each sample has a nonce of its own,
/// so that one answer cannot stand for two.
pub fn probe_nonce(place: u16, random: [u8; 30]) -> [u8; 32] {
	let mut nonce = [0; 32];
	let (first, rest) = nonce.split_at_mut(2);
	first.copy_from_slice(&place.to_le_bytes());
	rest.copy_from_slice(&random);
	nonce
}

/// What a machine signs when an anchor probes it.
///
/// Binds the round, the anchor and its nonce, so that an answer can serve no other anchor and no other round.
pub fn probe_payload(
	round: crate::RoundIndex,
	machine: crate::MachineId,
	anchor: &anchor::Id,
	nonce: &[u8; 32],
) -> Vec<u8> {
	(b"exabits/probe", round, machine, anchor, nonce).encode()
}
