//! What rounds cost, from the weights that are charged.

use crate::{
	mock::*,
	weights::SubstrateWeight,
	worker::{paged, pages_of, Sealed},
	*,
};
use exabits_math::aggregate;
use exabits_primitives::MachineId;
use frame_support::weights::{
	constants::{ExtrinsicBaseWeight, ParityDbWeight},
	RuntimeDbWeight, Weight,
};
use pallet_issuance::WeightInfo as _;
use pallet_sla::WeightInfo as _;
use sp_core::Get;
use std::collections::{BTreeMap, BTreeSet};

type Weights = SubstrateWeight<Test>;
/// What verdicts are charged.
type Verdicts = pallet_sla::weights::SubstrateWeight<Test>;
/// What noting the anchors' points is charged.
type Points = pallet_issuance::weights::SubstrateWeight<Test>;

/// By how much a machine's round may cost more in one fleet than in another.
const LIMIT: f64 = 1.2;
/// Slots of a round of five minutes, and rounds of a session of an hour.
const ROUND_SLOTS: f64 = 150.0;
const ROUNDS_PER_SESSION: u64 = 12;
/// A block's normal weight, in picoseconds: 75 % of 0.6 s; and how much of it rounds may use.
const NORMAL: f64 = 450_000_000_000.0;
/// What one block's sweep may take: 30 % of 0.6 s.
const SWEEP: u64 = 180_000_000_000;
/// Terms of each agreement: as many as there can be.
const TERMS: u32 = pallet_sla::MAX_TERMS;
const SHARE: f64 = 0.2;
/// What one anchoring node measures, at most, of the machines in this table.
const PER_ANCHOR: u32 = 1_000;

/// What follows from a machine's round.
#[derive(Clone, Copy)]
enum Then {
	/// Nothing: what the round itself costs.
	Nothing,
	/// A verdict that passes.
	Verdict,
	/// A verdict that passes and rewards a lease.
	Lease,
}

impl Then {
	const ALL: [Self; 3] = [Self::Nothing, Self::Verdict, Self::Lease];

	fn name(self) -> &'static str {
		match self {
			Self::Nothing => "",
			Self::Verdict => "verdict",
			Self::Lease => "verdict, lease",
		}
	}

	fn weight(self) -> Weight {
		match self {
			Self::Nothing => Weight::zero(),
			Self::Verdict => Verdicts::judge_pass(TERMS),
			Self::Lease => Verdicts::judge_pass(TERMS) + Verdicts::reward_leases(1),
		}
	}

	/// Whether 10,000 machines with committees of so many may not use more than their share of blocks.
	fn is_bounded(self, members: u32) -> bool {
		match self {
			Self::Nothing => true,
			Self::Verdict => members <= 5,
			Self::Lease => false,
		}
	}
}

/// A round of a fleet: with as many anchors as its measuring takes, and at least one more than a jury has.
struct Fleet {
	machines: u32,
	members: u32,
	then: Then,
	anchors: u32,
	/// Committees by machine, as the chain draws them.
	committees: Vec<Vec<u64>>,
	/// Sizes of the pages that anchors reveal.
	pages: Vec<u32>,
}

impl Fleet {
	fn new(machines: u32, members: u32, then: Then) -> Self {
		let anchors = (machines * members).div_ceil(PER_ANCHOR).max(members * 2 + 2);
		let seats: Vec<_> = (1..=u64::from(anchors)).map(|anchor| (anchor, 1)).collect();
		let draw = |id| aggregate::draw(&seats, &u64::MAX, &[7; 32], MachineId(id), members);
		let committees: Vec<_> = (1..=machines).map(draw).collect();
		let mut asked = BTreeMap::<u64, Vec<Entry>>::new();
		for (id, committee) in (1..).zip(&committees) {
			for anchor in committee {
				asked.entry(*anchor).or_default().push((MachineId(id), None));
			}
		}
		let pages = asked
			.into_values()
			.flat_map(|entries| paged(&Sealed { salt: SALT, pages: pages_of(&entries), entries }))
			.map(|page| page.len() as u32)
			.filter(|size| *size > 0)
			.collect();
		Self { machines, members, then, anchors, committees, pages }
	}

	/// Anchors' commitments, pages and openings of samples: each is an extrinsic.
	fn extrinsics(&self) -> Weight {
		let base = <ExtrinsicBaseWeight as Get<Weight>>::get();
		let commit = Weights::commit() + Weights::authorize_commit() + base;
		let page = |size: &u32| Weights::reveal(*size) + Weights::authorize_reveal(*size) + base;
		let sample = Weights::open_sample() + Weights::authorize_open_sample() + base;
		self.pages.iter().map(page).fold((commit + sample) * u64::from(self.anchors), |sum, page| sum + page)
	}

	/// A settlement, and what follows from it.
	fn settlement(&self) -> Weight {
		Weights::settle_measured(self.members) + Points::measured(self.members) + self.then.weight()
	}

	/// How many settlements a block's sweep gets through: it begins one while the most that one may take is free.
	fn per_block(&self) -> usize {
		let most = Verdicts::judge_confirmed_breach(2 * exabits_primitives::MAX_LEASES_PER_WINDOW);
		((SWEEP - most.ref_time()) / self.settlement().ref_time().max(1)) as usize
	}

	/// Openings, settlements and verdicts, as the sweep accounts for them. All of them fall due in the same slot.
	fn sweeps(&self, per_block: usize) -> Weight {
		let mut sum = Weights::charge() * u64::from(self.machines) / ROUNDS_PER_SESSION;
		for block in self.committees.chunks(per_block) {
			let machines = block.len() as u64;
			// One list of openings and one of settlements.
			sum += Weights::sweep_slot() * 4;
			sum += Weights::open(1) + (Weights::open(2) - Weights::open(1)) * (machines - 1);
			let anchors: BTreeSet<_> = block.iter().flatten().collect();
			let again = machines * u64::from(self.members) - anchors.len() as u64;
			let database = <Test as frame_system::Config>::DbWeight::get();
			// Standings and points of the same anchors, and the session's.
			let known =
				database.reads_writes(again * 4, again * 2) + database.reads_writes(5, 1) * (machines - 1);
			sum += self.settlement() * machines - known;
		}
		sum
	}

	/// What one machine's round costs when the database costs this.
	fn each(&self, per_block: usize, read: u64, write: u64) -> Weight {
		Database::set(RuntimeDbWeight { read, write });
		(self.extrinsics() + self.sweeps(per_block)) / u64::from(self.machines)
	}

	/// Reads, writes, bytes of proof and picoseconds of one machine's round.
	fn cost(&self) -> [f64; 4] {
		const MUCH: u64 = 1_000_000_000;
		let database = <ParityDbWeight as Get<RuntimeDbWeight>>::get();
		Database::set(database);
		let per_block = self.per_block();
		let compute = self.each(per_block, 0, 0).ref_time();
		let count =
			|read, write| (self.each(per_block, read, write).ref_time() - compute) as f64 / MUCH as f64;
		let counts = [count(MUCH, 0), count(0, MUCH)];
		let weight = self.each(per_block, database.read, database.write);
		[counts[0], counts[1], weight.proof_size() as f64, weight.ref_time() as f64]
	}
}

#[test]
fn of_rounds_is_the_same_in_any_fleet() {
	println!(
		"{:<8} {:<15} {:>9} {:>8} {:>7} {:>10} {:>6} {:>7} {:>13} {:>19} {:>17}",
		"members",
		"then",
		"machines",
		"anchors",
		"pages",
		"per block",
		"reads",
		"writes",
		"proof, bytes",
		"reference time, µs",
		"of normal weight"
	);
	let (mut worst, mut shares, mut missed) = (0.0f64, Vec::new(), Vec::new());
	for then in Then::ALL {
		let mut of_committees = Vec::new();
		for members in [3, 5, 7] {
			let mut times = Vec::new();
			for machines in [100, 1_000, 10_000] {
				let fleet = Fleet::new(machines, members, then);
				let [reads, writes, proof, time] = fleet.cost();
				let share = time * f64::from(machines) / ROUND_SLOTS / NORMAL;
				println!(
					"{members:<8} {:<15} {machines:>9} {:>8} {:>7} {:>10} {reads:>6.1} {writes:>7.1} {proof:>13.0} \
					 {:>19.0} {:>15.2} %",
					then.name(),
					fleet.anchors,
					fleet.pages.len(),
					fleet.per_block(),
					time / 1e6,
					share * 100.0
				);
				times.push(time);
				if machines == 10_000 {
					of_committees.push(format!("{:.1} %", share * 100.0));
					if then.is_bounded(members) && share > SHARE {
						missed.push(format!("{members} members, {}: {:.1} %", then.name(), share * 100.0));
					}
				}
			}
			let most = times.iter().copied().fold(0.0, f64::max);
			worst = worst.max(most / times.iter().copied().fold(f64::MAX, f64::min));
		}
		shares.push(of_committees.join(", "));
	}
	let [alone, judged, paid] = shares.try_into().unwrap();
	println!(
		"rounds: 10,000 machines at rounds of five minutes use {alone} of a block's normal weight with committees of 3, 5 \
		 and 7 (at most {:.0} %), {judged} with verdicts on {TERMS} terms, and {paid} when each of them rewards a lease; a \
		 machine's round costs at most {worst:.2} x among 100, 1,000 and 10,000 (at most {LIMIT:.1} x)",
		SHARE * 100.0
	);
	assert!(missed.is_empty(), "of normal weight, {missed:?}");
	assert!(worst <= LIMIT, "{worst:.2} x");
}
