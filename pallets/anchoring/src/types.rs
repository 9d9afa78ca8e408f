//! What the pallet stores.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use exabits_math::aggregate;
use exabits_primitives::{
	Balance, MachineId, Measurement, RoundIndex, Sample, SessionIndex, Slot, MAX_SAMPLES,
};
use frame_support::{
	traits::{ConstU32, Get},
	BoundedVec, CloneNoBound, DebugNoBound, EqNoBound, PartialEqNoBound,
};
use scale_info::TypeInfo;
use sp_core::H256;
use sp_runtime::Perbill;

/// The most machines in one page of a reveal.
pub const PAGE: u32 = 64;

/// The most pages that an anchor can commit to for one round.
pub const MAX_PAGES: u16 = 512;

/// The most hashes that show a page to be part of a commitment, or a sample to be one of its entry.
pub const MAX_PROOF: u32 = 9;

/// The most hashes that show an entry to be part of its page.
pub const MAX_ENTRY_PROOF: u32 = 6;

/// The most offences of an anchor that are remembered.
pub const MAX_OFFENCES: u32 = 16;

/// Of how many rounds an anchor's commitments and the sessions are kept.
pub const KEPT_ROUNDS: u32 = 4;

/// The up-samples that a measurement rests on.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Default, Debug,
)]
pub struct Samples {
	/// Root of the Merkle tree over them; zero when there are none.
	pub root: H256,
	/// How many there are: probes that were answered.
	pub answered: u16,
	/// How many probes were sent.
	pub sent: u16,
}

/// What an anchor found of a machine, and what it can show for that.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct Finding {
	/// What it found.
	pub measurement: Measurement,
	/// The samples it can be asked for.
	pub samples: Samples,
}

impl Finding {
	/// Whether a measurement can be this, and has the availability that its samples say.
	pub fn is_valid(&self) -> bool {
		let Samples { root, answered, sent } = self.samples;
		let up = u32::from(answered).saturating_mul(aggregate::PPM).checked_div(sent.into());
		aggregate::is_valid(&self.measurement)
			&& sent <= MAX_SAMPLES
			&& up == Some(self.measurement.availability)
			&& root.is_zero() == (answered == 0)
	}
}

/// What an anchor says of a machine; `None` where it could not measure it.
pub type Entry = (MachineId, Option<Finding>);

/// A page of what an anchor measured in a round, by machine.
pub type Page = BoundedVec<Entry, ConstU32<PAGE>>;

/// What one anchor committed to for one round.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct Commitment {
	/// The round.
	pub round: RoundIndex,
	/// Root of the Merkle tree over its pages.
	pub root: H256,
	/// How many pages there are. A machine is in the page of its identifier modulo this number, and in no other.
	pub pages: u16,
	/// One bit for each page that was revealed.
	pub revealed: [u64; MAX_PAGES as usize / 64],
	/// Whether the sample that was chosen of it was opened.
	pub opened: bool,
	/// Whether what was not revealed or not opened has cost stake.
	pub slashed: bool,
}

impl Commitment {
	/// Nothing revealed yet.
	pub fn new(round: RoundIndex, root: H256, pages: u16) -> Self {
		Self { round, root, pages, revealed: Default::default(), opened: false, slashed: false }
	}

	/// Whether the page was revealed.
	pub fn is_revealed(&self, page: u16) -> bool {
		self.revealed.get(usize::from(page / 64)).is_some_and(|bits| bits & (1 << (page % 64)) != 0)
	}

	/// Notes that the page was revealed.
	pub fn reveal(&mut self, page: u16) {
		if let Some(bits) = self.revealed.get_mut(usize::from(page / 64)) {
			*bits |= 1 << (page % 64);
		}
	}
}

/// The one entry of a commitment that was chosen, and the one sample in it, with what shows that both were committed to.
#[derive(Encode, Decode, DecodeWithMemTracking, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct SampleOpening {
	/// How many entries the chosen page has.
	pub entries: u16,
	/// The chosen one.
	pub entry: Entry,
	/// The siblings on its way to the root of its page, lowest first.
	pub entry_proof: BoundedVec<H256, ConstU32<MAX_ENTRY_PROOF>>,
	/// What kept the pages secret.
	pub salt: [u8; 32],
	/// The siblings on the page's way to the root that was committed to, lowest first.
	pub page_proof: BoundedVec<H256, ConstU32<MAX_PROOF>>,
	/// The chosen sample; `None` where the entry says of none.
	pub sample: Option<ProvenSample>,
}

/// A sample with the siblings on its way to the root that its entry names, lowest first.
#[derive(Encode, Decode, DecodeWithMemTracking, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct ProvenSample {
	/// The sample.
	pub sample: Sample,
	/// The siblings.
	pub proof: BoundedVec<H256, ConstU32<MAX_PROOF>>,
}

/// A page with what shows that it was committed to.
#[derive(Encode, Decode, DecodeWithMemTracking, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct Opening {
	/// The number of the page.
	pub page: u16,
	/// What it says, in order of machines.
	pub entries: Page,
	/// What kept the pages secret.
	pub salt: [u8; 32],
	/// The siblings on the way to the root, lowest first.
	pub proof: BoundedVec<H256, ConstU32<MAX_PROOF>>,
}

/// What a member of a committee has said of the machine so far.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub enum Report {
	/// Nothing.
	Pending,
	/// That it could not measure it.
	NotMeasured,
	/// What it measured.
	Measured(Measurement),
}

impl From<Option<Finding>> for Report {
	fn from(finding: Option<Finding>) -> Self {
		finding.map_or(Self::NotMeasured, |finding| Self::Measured(finding.measurement))
	}
}

/// A seat in the committee of one round, and what its holder has revealed.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct CommitteeMember<AccountId> {
	/// Who measures.
	pub anchor: AccountId,
	/// What it revealed.
	pub report: Report,
}

/// One machine's round from its first slot to its settlement.
#[derive(
	Encode, Decode, MaxEncodedLen, TypeInfo, CloneNoBound, PartialEqNoBound, EqNoBound, DebugNoBound,
)]
#[scale_info(skip_type_params(MaxCommittee))]
pub struct Round<AccountId, MaxCommittee>
where
	AccountId: Clone + PartialEq + Eq + core::fmt::Debug,
	MaxCommittee: Get<u32>,
{
	/// The session that was current in the round's first block, and from which its committee is.
	pub session: SessionIndex,
	/// What its anchors share, of what the machine's owner has paid.
	pub fee: Balance,
	/// Its committee.
	pub members: BoundedVec<CommitteeMember<AccountId>, MaxCommittee>,
}

/// The slots in which the phases of a round begin.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Phases {
	/// The round's first slot.
	pub starts: Slot,
	/// The first slot in which commitments count: the round's end.
	pub commits_from: Slot,
	/// The first slot in which reveals count, and commitments no longer.
	pub reveals_from: Slot,
	/// The first slot in which openings of samples count, and reveals no longer.
	pub samples_from: Slot,
	/// The first slot in which the round can be settled, and openings of samples no longer count.
	pub settles_at: Slot,
}

/// A round that had a block.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct PastRound {
	/// The round.
	pub round: RoundIndex,
	/// The session that was current in the first of its blocks.
	pub session: SessionIndex,
	/// What chooses the samples that are opened: made of the hash of the last block before the first one of the sample phase.
	/// `None` until then, and for good when that phase had no block in its first half.
	pub beacon: Option<H256>,
}

/// A machine that rounds measure.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct Watch {
	/// The round that is opened next. It also tells the one queue entry that counts from those that do not.
	pub next: RoundIndex,
	/// Whether that round shall be opened, or the watch end when it is due.
	pub active: bool,
	/// The last session that the watch fee was asked for.
	pub asked: Option<SessionIndex>,
	/// What the owner has paid and no round has used yet.
	pub prepaid: Balance,
	/// Sessions in a row whose watch fee the owner could not pay.
	pub unpaid: u32,
}

impl Watch {
	/// A watch that begins with round `next`.
	pub fn new(next: RoundIndex) -> Self {
		Self { next, active: true, asked: None, prepaid: 0, unpaid: 0 }
	}
}

/// What the queue holds.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub enum Due {
	/// A machine's round begins.
	Opening(MachineId, RoundIndex),
	/// A machine's round is through.
	Settling(MachineId, RoundIndex),
}

/// What an anchor's past rounds say of it.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct Standing {
	/// How near it was to what its committees agreed on; recent rounds weigh most.
	pub accuracy: Perbill,
	/// Rounds in which it revealed and its committee agreed.
	pub agreed: u32,
	/// Rounds for which it did not commit, or said that it could not measure.
	pub missed: u32,
	/// Rounds for which it committed and did not reveal.
	pub withheld: u32,
	/// Rounds whose chosen sample it did not open.
	pub forged: u32,
	/// What it has earned and not claimed yet. What is left of a watch fee is owed to the owner in the same way.
	pub owed: Balance,
}

impl Default for Standing {
	fn default() -> Self {
		Self { accuracy: Perbill::one(), agreed: 0, missed: 0, withheld: 0, forged: 0, owed: 0 }
	}
}
