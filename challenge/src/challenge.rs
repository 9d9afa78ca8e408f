//! What is asked and what is committed.

use crate::{DecodeError, Hash, Size};

/// A challenge: the same for all anchors that time it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Challenge {
	/// The session's seed.
	pub session: Hash,
	/// What nobody knew before the slot of the challenge, such as the hash of that slot's block. The time starts
	/// when it is public.
	pub beacon: Hash,
	/// The machine.
	pub machine: u32,
	/// The device of the machine.
	pub device: u32,
	/// The round.
	pub round: u32,
	/// The size, from the device's class.
	pub size: Size,
}

impl Challenge {
	/// Bytes of the encoding.
	pub const BYTES: usize = 92;

	/// The seed of the chain: another one for each session, beacon, machine, device, round and size.
	pub fn seed(&self) -> Hash {
		blake3::derive_key("exabits challenge 1: seed", &self.to_bytes())
	}

	/// The encoding: all fields in order, numbers little-endian.
	pub fn to_bytes(&self) -> [u8; Self::BYTES] {
		let mut bytes = [0; Self::BYTES];
		bytes[..32].copy_from_slice(&self.session);
		bytes[32..64].copy_from_slice(&self.beacon);
		let numbers = [self.machine, self.device, self.round, self.size.n(), self.size.links()];
		for (number, to) in numbers.iter().zip(bytes[64..84].chunks_exact_mut(4)) {
			to.copy_from_slice(&number.to_le_bytes());
		}
		bytes[84..].copy_from_slice(&self.size.memory().to_le_bytes());
		bytes
	}

	/// The challenge that `bytes` encodes.
	pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
		let error = DecodeError::Length { expected: Self::BYTES, found: bytes.len() };
		let bytes: &[u8; Self::BYTES] = bytes.try_into().map_err(|_| error)?;
		let hash = |from: usize| std::array::from_fn(|i| bytes[from + i]);
		let number = |from: usize| u32::from_le_bytes(std::array::from_fn(|i| bytes[from + i]));
		let memory = u64::from_le_bytes(std::array::from_fn(|i| bytes[84 + i]));
		Ok(Self {
			session: hash(0),
			beacon: hash(32),
			machine: number(64),
			device: number(68),
			round: number(72),
			size: Size::new(number(76), number(80), memory)?,
		})
	}
}

/// Binds the prover to the results of all links: a hash over the seed and the links' Merkle roots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Commitment(pub Hash);

impl Commitment {
	/// Commits to the roots of all links of a challenge.
	pub fn new(challenge: &Challenge, roots: &[Hash]) -> Self {
		let mut hasher = blake3::Hasher::new_keyed(&challenge.seed());
		for root in roots {
			hasher.update(root);
		}
		Self(hasher.finalize().into())
	}
}
