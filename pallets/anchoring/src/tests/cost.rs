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
use sp_core::Get;
use std::collections::{BTreeMap, BTreeSet};

type Weights = SubstrateWeight<Test>;

/// By how much a machine's round may cost more in one fleet than in another.
const LIMIT: f64 = 1.2;
/// Slots of a round of five minutes, and rounds of a session of an hour.
const ROUND_SLOTS: f64 = 150.0;
const ROUNDS_PER_SESSION: u64 = 12;
/// All rounds fall due in the same slot. So many of them fit into what one block's sweep may take, with their verdicts.
const PER_BLOCK: usize = 48;
/// A block's normal weight, in picoseconds: 75 % of 0.6 s; and how much of it rounds may use.
const NORMAL: f64 = 450_000_000_000.0;
const SHARE: f64 = 0.2;
/// What one anchoring node measures, at most, of the machines in this table.
const PER_ANCHOR: u32 = 1_000;

/// A round of a fleet: with as many anchors as its measuring takes, and at least one more than a jury has.
struct Fleet {
	machines: u32,
	members: u32,
	anchors: u32,
	/// Committees by machine, as the chain draws them.
	committees: Vec<Vec<u64>>,
	/// Sizes of the pages that anchors reveal.
	pages: Vec<u32>,
}

impl Fleet {
	fn new(machines: u32, members: u32) -> Self {
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
		Self { machines, members, anchors, committees, pages }
	}

	/// Anchors' commitments, pages and openings of samples: each is an extrinsic.
	fn extrinsics(&self) -> Weight {
		let base = <ExtrinsicBaseWeight as Get<Weight>>::get();
		let commit = Weights::commit() + Weights::authorize_commit() + base;
		let page = |size: &u32| Weights::reveal(*size) + Weights::authorize_reveal(*size) + base;
		let sample = Weights::open_sample() + Weights::authorize_open_sample() + base;
		self.pages.iter().map(page).fold((commit + sample) * u64::from(self.anchors), |sum, page| sum + page)
	}

	/// Openings and settlements, as the sweep accounts for them.
	fn sweeps(&self) -> Weight {
		let mut sum = Weights::charge() * u64::from(self.machines) / ROUNDS_PER_SESSION;
		for block in self.committees.chunks(PER_BLOCK) {
			let machines = block.len() as u64;
			// One list of openings and one of settlements.
			sum += Weights::sweep_slot() * 4;
			sum += Weights::open(1) + (Weights::open(2) - Weights::open(1)) * (machines - 1);
			let anchors: BTreeSet<_> = block.iter().flatten().collect();
			let again = machines * u64::from(self.members) - anchors.len() as u64;
			let database = <Test as frame_system::Config>::DbWeight::get();
			sum +=
				Weights::settle_measured(self.members) * machines - database.reads_writes(again * 2, again);
		}
		sum
	}

	fn all(&self) -> Weight {
		self.extrinsics() + self.sweeps()
	}

	/// What one machine's round costs when the database costs this.
	fn each(&self, read: u64, write: u64) -> Weight {
		Database::set(RuntimeDbWeight { read, write });
		self.all() / u64::from(self.machines)
	}

	/// Reads, writes, bytes of proof and picoseconds of one machine's round.
	fn cost(&self) -> [f64; 4] {
		const MUCH: u64 = 1_000_000_000;
		let compute = self.each(0, 0).ref_time();
		let count = |read, write| (self.each(read, write).ref_time() - compute) as f64 / MUCH as f64;
		let counts = [count(MUCH, 0), count(0, MUCH)];
		let database = <ParityDbWeight as Get<RuntimeDbWeight>>::get();
		let weight = self.each(database.read, database.write);
		[counts[0], counts[1], weight.proof_size() as f64, weight.ref_time() as f64]
	}
}

#[test]
fn of_rounds_is_the_same_in_any_fleet() {
	println!(
		"{:<8} {:>9} {:>8} {:>7} {:>6} {:>7} {:>13} {:>19} {:>17}",
		"members",
		"machines",
		"anchors",
		"pages",
		"reads",
		"writes",
		"proof, bytes",
		"reference time, µs",
		"of normal weight"
	);
	let (mut worst, mut shares, mut missed) = (0.0f64, Vec::new(), Vec::new());
	for members in [3, 5, 7] {
		let mut times = Vec::new();
		for machines in [100, 1_000, 10_000] {
			let fleet = Fleet::new(machines, members);
			let [reads, writes, proof, time] = fleet.cost();
			let share = time * f64::from(machines) / ROUND_SLOTS / NORMAL;
			println!(
				"{members:<8} {machines:>9} {:>8} {:>7} {reads:>6.1} {writes:>7.1} {proof:>13.0} {:>19.0} {:>15.2} %",
				fleet.anchors,
				fleet.pages.len(),
				time / 1e6,
				share * 100.0
			);
			times.push(time);
			if machines == 10_000 {
				shares.push(format!("{:.1} %", share * 100.0));
				if share > SHARE {
					missed.push(format!("{members} members use {:.1} % of normal weight", share * 100.0));
				}
			}
		}
		let most = times.iter().copied().fold(0.0, f64::max);
		worst = worst.max(most / times.iter().copied().fold(f64::MAX, f64::min));
	}
	println!(
		"rounds: 10,000 machines at rounds of five minutes use {} of a block's normal weight with committees of 3, 5 and \
		 7 (at most {:.0} %), verdicts apart; a machine's round costs at most {worst:.2} x among 100, 1,000 and 10,000 \
		 (at most {LIMIT:.1} x)",
		shares.join(", "),
		SHARE * 100.0
	);
	assert!(missed.is_empty(), "{missed:?}");
	assert!(worst <= LIMIT, "{worst:.2} x");
}
