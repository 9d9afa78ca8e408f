//! The choice of a machine that a call can afford.
//!
//! The machines of a pool (a class in a window, or a UTC) lie in buckets by free shape: whole devices, eighths of
//! the largest part, and half-octaves of free vCPU. A [`Summary`] says with one bit per bucket which are not
//! empty; a bucket's machines lie in dense pages that hold all that scoring needs. [`choose`] ranks the buckets
//! by what their shape promises, reads the first page of the best [`BEST`] and takes the machine of least cost;
//! where none of them serves, up to [`MORE`] further pages are read, those with most room first. Nothing grows
//! with the number of machines:
//!
//! | work | reads at most | writes at most |
//! |---|---|---|
//! | [`choose`] from `n` pools | `n` summaries, [`BEST`] + [`MORE`] pages | none |
//! | [`insert`] | place, summary, 2 pages | place, summary, 2 pages |
//! | [`remove`] | place, summary, 3 pages | 2 places, summary, 3 pages |
//! | [`update`] | as the two together | as the two together |

use super::{
	fragmentation::{best_way, Weights},
	shape::{Demand, DeviceDemand, Room, Taken, DEVICES, WHOLE},
	typical::Typical,
};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::cmp::Reverse;
use exabits_primitives::MachineId;
use scale_info::TypeInfo;
use sp_runtime::{traits::ConstU32, BoundedVec};

/// Machines in a page.
pub const PAGE: u32 = 16;
/// Pages read of the buckets that promise most.
pub const BEST: usize = 8;
/// Further pages read when none of those serves.
pub const MORE: usize = 8;
/// Pools that one choice considers; those after them are left to the search off-chain.
pub const POOLS: usize = 8;
/// Buckets of one pool that one choice ranks: the fullest [`RANKED`] − [`ROOMIEST`] that may serve, and the
/// roomiest.
pub const RANKED: usize = 64;
/// See [`RANKED`].
pub const ROOMIEST: usize = 16;
/// Machines that one choice returns.
pub const CANDIDATES: usize = 8;

/// Steps in which the largest part of a device is told apart.
const PARTS: u16 = 8;
/// Steps in which free vCPU is told apart.
const HOSTS: u16 = 16;
/// Buckets of a pool.
pub const BUCKETS: u16 = 17 * PARTS * HOSTS;
const WORDS: usize = 34;
const _: () = assert!(WORDS * 64 == BUCKETS as usize && DEVICES == 16);

/// A bucket of machines of like shape: (whole devices × 8 + largest part) × 16 + vCPU, each in its steps.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Hash,
	Debug,
)]
pub struct Bucket(pub u16);

impl Bucket {
	/// Where a machine with this room belongs.
	pub fn of(room: &Room) -> Self {
		let whole = u16::try_from(room.whole()).unwrap_or(16);
		// Below `PARTS`, since the part is below a whole device.
		let part =
			u16::try_from(u32::from(room.largest_part()) * u32::from(PARTS) / u32::from(WHOLE)).unwrap_or(0);
		let host = (1..HOSTS).take_while(|step| room.vcpu_milli >= host_step(*step)).count();
		Self((whole * PARTS + part) * HOSTS + u16::try_from(host).unwrap_or(0))
	}

	fn split(self) -> (u16, u16, u16) {
		let (devices, host) = (self.0 / HOSTS, self.0 % HOSTS);
		(devices / PARTS, devices % PARTS, host)
	}

	/// A room at least as large as that of any machine here, in every part that the bucket tells.
	fn most(self) -> Option<Room> {
		let (_, part, host) = self.split();
		let vcpu = if host + 1 < HOSTS { host_step(host + 1).saturating_sub(1) } else { u32::MAX };
		self.room((part + 1) * (WHOLE / PARTS) - 1, vcpu)
	}

	/// A room in the middle of the bucket, by which it is ranked.
	fn middle(self) -> Option<Room> {
		let (_, part, host) = self.split();
		let least = if host > 0 { host_step(host) } else { 0 };
		let most = if host + 1 < HOSTS { host_step(host + 1) } else { least.saturating_mul(2) };
		let part = if part > 0 { part * (WHOLE / PARTS) + WHOLE / PARTS / 2 } else { 0 };
		self.room(part, least + most.saturating_sub(least) / 2)
	}

	fn room(self, part: u16, vcpu_milli: u32) -> Option<Room> {
		let (whole, _, _) = self.split();
		let mut free = [0u16; DEVICES];
		for room in free.iter_mut().take(usize::from(whole)) {
			*room = WHOLE;
		}
		if let Some(room) = free.get_mut(usize::from(whole)) {
			*room = part;
		}
		Room::new(vcpu_milli, u32::MAX, &free)
	}

	/// How much room the bucket promises: what one request most likely lacks.
	fn roominess(self, demand: &Demand) -> u16 {
		let (whole, part, host) = self.split();
		match demand.devices {
			DeviceDemand::Share(_) if whole == 0 => host + part * (HOSTS / PARTS),
			_ => host + HOSTS,
		}
	}
}

/// The least free vCPU of a step, in thousandths: 1, 1.5, 2, 3, 4, 6, … 128 for 1 to 15.
fn host_step(step: u16) -> u32 {
	let octave = u32::from(step.saturating_sub(1) / 2).min(16);
	let half = if step.is_multiple_of(2) { 500u32 } else { 0 };
	(1_000u32 + half) << octave
}

/// Which buckets of a pool hold machines.
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct Summary([u64; WORDS]);

impl Default for Summary {
	fn default() -> Self {
		Self([0; WORDS])
	}
}

impl Summary {
	/// Whether no machine is indexed.
	pub fn is_empty(&self) -> bool {
		self.0.iter().all(|word| *word == 0)
	}

	/// The buckets that hold machines, fullest machines first.
	pub fn buckets(&self) -> impl Iterator<Item = Bucket> + '_ {
		(0..BUCKETS).filter(|bucket| self.contains(Bucket(*bucket))).map(Bucket)
	}

	/// Whether a bucket holds machines.
	pub fn contains(&self, bucket: Bucket) -> bool {
		self.0.get(usize::from(bucket.0 / 64)).is_some_and(|word| word >> (bucket.0 % 64) & 1 == 1)
	}

	fn set(&mut self, bucket: Bucket, filled: bool) {
		if let Some(word) = self.0.get_mut(usize::from(bucket.0 / 64)) {
			let bit = 1u64 << (bucket.0 % 64);
			*word = if filled { *word | bit } else { *word & !bit };
		}
	}
}

/// A machine in a page.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct Entry {
	/// Which.
	pub machine: MachineId,
	/// What it has free.
	pub room: Room,
	/// Its reliability in thousandths.
	pub reliability: u16,
}

/// Up to [`PAGE`] machines of a bucket.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Default, Debug,
)]
pub struct Page {
	/// Machines in the whole bucket; told by its first page only. All pages but the last are full.
	pub in_bucket: u32,
	/// The machines of this page.
	pub entries: BoundedVec<Entry, ConstU32<PAGE>>,
}

impl Page {
	/// Whether there is nothing to store.
	pub fn is_empty(&self) -> bool {
		self.in_bucket == 0 && self.entries.is_empty()
	}
}

/// Where in the index a machine is.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct Place {
	/// The bucket.
	pub bucket: Bucket,
	/// The page of the bucket, from zero.
	pub page: u32,
}

/// The storage of the index. Each call is one read or one write of one item of bounded size; an item that was
/// never written reads as its default, and one set to its default (or `None`) is removed.
pub trait Index {
	/// What machines are indexed by: a class in a window, or a UTC.
	type Pool: Copy + PartialEq;

	/// Which buckets hold machines.
	fn summary(&self, pool: Self::Pool) -> Summary;
	/// Stores that.
	fn set_summary(&mut self, pool: Self::Pool, summary: Summary);
	/// A page of a bucket.
	fn page(&self, pool: Self::Pool, bucket: Bucket, page: u32) -> Page;
	/// Stores a page, or removes it when it [is empty](Page::is_empty).
	fn set_page(&mut self, pool: Self::Pool, bucket: Bucket, page: u32, content: Page);
	/// Where a machine is, or `None` when it is not indexed.
	fn place(&self, pool: Self::Pool, machine: MachineId) -> Option<Place>;
	/// Stores that.
	fn set_place(&mut self, pool: Self::Pool, machine: MachineId, place: Option<Place>);
}

/// Why the index was not changed.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub enum Error {
	/// The machine is indexed already.
	Indexed,
	/// The machine is not indexed.
	NotIndexed,
	/// The index contradicts itself.
	Broken,
}

/// Adds a machine to a pool.
pub fn insert<I: Index>(index: &mut I, pool: I::Pool, entry: Entry) -> Result<(), Error> {
	if index.place(pool, entry.machine).is_some() {
		return Err(Error::Indexed);
	}
	let bucket = Bucket::of(&entry.room);
	let mut first = index.page(pool, bucket, 0);
	let page = first.in_bucket / PAGE;
	if first.in_bucket == 0 {
		let mut summary = index.summary(pool);
		summary.set(bucket, true);
		index.set_summary(pool, summary);
	}
	first.in_bucket = first.in_bucket.checked_add(1).ok_or(Error::Broken)?;
	if page == 0 {
		first.entries.try_push(entry).map_err(|_| Error::Broken)?;
	} else {
		let mut last = index.page(pool, bucket, page);
		last.entries.try_push(entry).map_err(|_| Error::Broken)?;
		index.set_page(pool, bucket, page, last);
	}
	index.set_page(pool, bucket, 0, first);
	index.set_place(pool, entry.machine, Some(Place { bucket, page }));
	Ok(())
}

/// Takes a machine out of a pool and says what was known of it. The last machine of its bucket takes its place.
pub fn remove<I: Index>(index: &mut I, pool: I::Pool, machine: MachineId) -> Result<Entry, Error> {
	let place = index.place(pool, machine).ok_or(Error::NotIndexed)?;
	let bucket = place.bucket;
	let mut first = index.page(pool, bucket, 0);
	first.in_bucket = first.in_bucket.checked_sub(1).ok_or(Error::Broken)?;
	let last = first.in_bucket / PAGE;
	if first.in_bucket == 0 {
		let mut summary = index.summary(pool);
		summary.set(bucket, false);
		index.set_summary(pool, summary);
	}
	let moved = if last == 0 {
		first.entries.pop()
	} else {
		let mut tail = index.page(pool, bucket, last);
		let moved = tail.entries.pop();
		index.set_page(pool, bucket, last, tail);
		moved
	}
	.ok_or(Error::Broken)?;
	let removed = if moved.machine == machine {
		moved
	} else if place.page == 0 {
		replace(&mut first, machine, moved)?
	} else {
		let mut page = index.page(pool, bucket, place.page);
		let removed = replace(&mut page, machine, moved)?;
		index.set_page(pool, bucket, place.page, page);
		removed
	};
	if moved.machine != machine {
		index.set_place(pool, moved.machine, Some(place));
	}
	index.set_page(pool, bucket, 0, first);
	index.set_place(pool, machine, None);
	Ok(removed)
}

/// Tells the index what a machine of the pool has free now.
pub fn update<I: Index>(index: &mut I, pool: I::Pool, entry: Entry) -> Result<(), Error> {
	let place = index.place(pool, entry.machine).ok_or(Error::NotIndexed)?;
	if place.bucket == Bucket::of(&entry.room) {
		let mut page = index.page(pool, place.bucket, place.page);
		replace(&mut page, entry.machine, entry)?;
		index.set_page(pool, place.bucket, place.page, page);
		return Ok(());
	}
	remove(index, pool, entry.machine)?;
	insert(index, pool, entry)
}

fn replace(page: &mut Page, machine: MachineId, with: Entry) -> Result<Entry, Error> {
	let slot = page.entries.iter_mut().find(|entry| entry.machine == machine).ok_or(Error::Broken)?;
	Ok(core::mem::replace(slot, with))
}

/// A pool that would serve a request, with what is asked of it.
#[derive(Clone, Copy, Debug)]
pub struct Pool<'a, P> {
	/// Which.
	pub pool: P,
	/// What it is usually asked for.
	pub typical: &'a Typical,
	/// How its placements are compared.
	pub weights: Weights,
}

/// A machine that can serve a request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Found<P> {
	/// The pool that the machine belongs to.
	pub pool: P,
	/// Which.
	pub machine: MachineId,
	/// The devices to take.
	pub taken: Taken,
	/// What the machine has free afterwards.
	pub after: Room,
	/// The less the better.
	pub cost: i64,
}

impl<P> Found<P> {
	/// Sorts by cost, then by age of the machine.
	pub fn rank(&self) -> (i64, MachineId) {
		(self.cost, self.machine)
	}
}

/// What came of a choice.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Choice<P> {
	/// Machines that can serve the request, the best first, each fitting now: at least one, at most
	/// [`CANDIDATES`].
	Found(Vec<Found<P>>),
	/// None was found, but not all that might serve could be looked at: the caller has to bring a hint.
	HintRequired,
	/// No machine of these pools can serve the request.
	Full,
}

/// Looks for a machine with reliability of at least `floor` thousandths that serves `demand`, in the first
/// [`POOLS`] of `pools`. Writes nothing.
pub fn choose<I: Index>(
	index: &I,
	pools: &[Pool<'_, I::Pool>],
	demand: &Demand,
	floor: u16,
) -> Choice<I::Pool> {
	let mut unseen = pools.len() > POOLS;
	let mut ranked = Vec::new();
	for (order, pool) in pools.iter().take(POOLS).enumerate() {
		let summary = index.summary(pool.pool);
		let mut serving: Vec<_> =
			summary.buckets().filter(|bucket| bucket.most().is_some_and(|room| room.fits(demand))).collect();
		if serving.len() > RANKED {
			unseen = true;
			serving.drain(RANKED - ROOMIEST..serving.len() - ROOMIEST);
		}
		for bucket in serving {
			let (Some(most), Some(middle)) = (bucket.most(), bucket.middle()) else { continue };
			let likely = middle.fits(demand);
			let room = if likely { middle } else { most };
			if let Some((_, after, cost)) =
				best_way(&room, demand, super::fragmentation::RELIABLE, pool.typical, &pool.weights)
			{
				ranked.push(Ranked { cost, total: after.total(), order, bucket, likely });
			}
		}
	}
	ranked.sort_by_key(|ranked| (ranked.cost, ranked.total, ranked.order, ranked.bucket));

	let more = ranked.split_off(ranked.len().min(BEST));
	let mut reader = Reader { index, pools, demand, floor, found: Vec::new() };
	let mut read = Vec::with_capacity(BEST + MORE);
	for bucket in ranked {
		let machines = reader.page(&bucket, 0);
		read.push((bucket, machines));
	}
	// None of the best served: the first that does is taken, of buckets with most room first, then of the second
	// and third pages of the buckets already looked at.
	let mut more = more;
	more.sort_by_key(|ranked| {
		(Reverse(ranked.likely), Reverse(ranked.bucket.roominess(demand)), ranked.cost)
	});
	let mut more = more.into_iter();
	let (mut budget, mut further) = (MORE, 0u32);
	while reader.found.is_empty() && budget > 0 {
		let Some(bucket) = more.next() else { break };
		budget = budget.saturating_sub(1);
		let machines = reader.page(&bucket, 0);
		read.push((bucket, machines));
	}
	unseen |= more.next().is_some();
	for page in 1..=2 {
		for (bucket, machines) in &read {
			if reader.found.is_empty() && budget > 0 && *machines > page * PAGE {
				budget = budget.saturating_sub(1);
				further = further.saturating_add(1);
				reader.page(bucket, page);
			}
		}
	}
	let Reader { mut found, .. } = reader;
	if found.is_empty() {
		let beyond_first = read.iter().map(|(_, machines)| machines.div_ceil(PAGE).saturating_sub(1));
		unseen |= beyond_first.sum::<u32>() > further;
		return if unseen { Choice::HintRequired } else { Choice::Full };
	}
	found.sort_by_key(Found::rank);
	found.truncate(CANDIDATES);
	Choice::Found(found)
}

struct Ranked {
	cost: i64,
	total: u32,
	order: usize,
	bucket: Bucket,
	likely: bool,
}

struct Reader<'a, I: Index> {
	index: &'a I,
	pools: &'a [Pool<'a, I::Pool>],
	demand: &'a Demand,
	floor: u16,
	found: Vec<Found<I::Pool>>,
}

impl<I: Index> Reader<'_, I> {
	/// Adds the machines of a page that serve, and returns how many machines the bucket holds, which the first
	/// page tells.
	fn page(&mut self, ranked: &Ranked, page: u32) -> u32 {
		let Some(pool) = self.pools.get(ranked.order) else { return 0 };
		let content = self.index.page(pool.pool, ranked.bucket, page);
		for entry in content.entries.iter().filter(|entry| entry.reliability >= self.floor) {
			let way = best_way(&entry.room, self.demand, entry.reliability, pool.typical, &pool.weights);
			if let Some((taken, after, cost)) = way {
				self.found.push(Found { pool: pool.pool, machine: entry.machine, taken, after, cost });
			}
		}
		content.in_bucket
	}
}

#[cfg(test)]
mod tests {
	use super::{
		super::{
			memory::Memory,
			search::search,
			shape::tests::{demand, room},
			typical::USUAL,
		},
		*,
	};
	use proptest::prelude::*;
	use std::collections::BTreeMap;

	fn entry(machine: u32, room: Room) -> Entry {
		Entry { machine: MachineId(machine), room, reliability: 1_000 }
	}

	fn empty(vcpus: u32, devices: usize) -> Room {
		Room::new(vcpus * 1_000, 400_000, &vec![1_000; devices]).unwrap()
	}

	fn whole(devices: u8) -> Demand {
		Demand { vcpu_milli: 8_000, memory_mib: 1_024, devices: DeviceDemand::Whole(devices) }
	}

	fn pool<'a>(typical: &'a Typical) -> Pool<'a, u32> {
		Pool { pool: 0, typical, weights: Weights::default() }
	}

	/// Everything that the index promises of itself.
	fn check(index: &Memory<u32>, machines: &BTreeMap<u32, Room>) {
		let mut seen = BTreeMap::new();
		for bucket in index.summary(0).buckets() {
			let first = index.page(0, bucket, 0);
			assert!(first.in_bucket > 0);
			for page in 0..first.in_bucket.div_ceil(PAGE) {
				let content = index.page(0, bucket, page);
				let expected = (first.in_bucket - page * PAGE).min(PAGE);
				assert_eq!(content.entries.len() as u32, expected, "all pages but the last are full");
				for entry in &content.entries {
					assert_eq!(Bucket::of(&entry.room), bucket);
					assert_eq!(index.place(0, entry.machine), Some(Place { bucket, page }));
					assert!(seen.insert(entry.machine.0, entry.room).is_none(), "once only");
				}
			}
		}
		assert_eq!(&seen, machines);
		let pages: usize = seen.len();
		assert!(index.items() <= 1 + 2 * pages, "nothing is left behind");
		assert_eq!(index.items() == 0, machines.is_empty());
	}

	#[test]
	fn buckets_hold_what_they_say() {
		for step in 1..HOSTS {
			assert!(host_step(step) > if step > 1 { host_step(step - 1) } else { 0 });
		}
		assert_eq!((host_step(1), host_step(2), host_step(3), host_step(15)), (1_000, 1_500, 2_000, 128_000));
		assert_eq!(Bucket::of(&Room::new(u32::MAX, 0, &[1_000; 16]).unwrap()), Bucket(16 * 128 + 15));
		assert_eq!(Bucket::of(&Room::new(1_499, 0, &[999, 250]).unwrap()), Bucket(7 * 16 + 1));
	}

	#[test]
	fn a_machine_is_indexed_once() {
		let mut index = Memory::default();
		assert_eq!(insert(&mut index, 0, entry(1, empty(8, 1))), Ok(()));
		assert_eq!(insert(&mut index, 0, entry(1, empty(8, 1))), Err(Error::Indexed));
		assert_eq!(insert(&mut index, 1, entry(1, empty(8, 1))), Ok(()), "another pool");
		assert_eq!(update(&mut index, 0, entry(2, empty(8, 1))), Err(Error::NotIndexed));
		assert_eq!(remove(&mut index, 0, MachineId(2)), Err(Error::NotIndexed));
		assert_eq!(remove(&mut index, 0, MachineId(1)), Ok(entry(1, empty(8, 1))));
	}

	#[test]
	fn nothing_fits_where_nothing_is() {
		let typical = Typical::default();
		assert_eq!(choose(&Memory::<u32>::default(), &[pool(&typical)], &whole(1), 0), Choice::Full);
		let mut index = Memory::default();
		insert(&mut index, 0, entry(1, empty(64, 4))).unwrap();
		assert_eq!(choose(&index, &[pool(&typical)], &whole(5), 0), Choice::Full);
		assert_eq!(choose(&index, &[], &whole(1), 0), Choice::Full);
	}

	#[test]
	fn unreliable_machines_are_passed_over() {
		let (mut index, typical) = (Memory::default(), Typical::default());
		insert(&mut index, 0, Entry { reliability: 900, ..entry(1, empty(64, 4)) }).unwrap();
		assert_eq!(choose(&index, &[pool(&typical)], &whole(1), 901), Choice::Full);
		insert(&mut index, 0, Entry { reliability: 990, ..entry(2, empty(64, 4)) }).unwrap();
		for floor in [0, 900, 990] {
			let Choice::Found(found) = choose(&index, &[pool(&typical)], &whole(1), floor) else { panic!() };
			assert_eq!(found[0].machine, MachineId(2), "the more reliable of equals");
		}
	}

	#[test]
	fn packing_and_spreading_are_governed() {
		let mut index = Memory::default();
		let mut typical = Typical::default();
		typical.note(&whole(1), USUAL);
		insert(&mut index, 0, entry(1, empty(64, 8))).unwrap();
		insert(&mut index, 0, entry(2, empty(64, 2))).unwrap();
		for (load, machine) in [(1, 2), (-1, 1)] {
			let weights = Weights { load, ..Default::default() };
			let pool = Pool { pool: 0, typical: &typical, weights };
			let Choice::Found(found) = choose(&index, &[pool], &whole(1), 0) else { panic!() };
			assert_eq!(found[0].machine, MachineId(machine));
		}
	}

	#[test]
	fn what_was_not_looked_at_needs_a_hint() {
		let (mut index, typical) = (Memory::default(), Typical::default());
		// All look alike in the index, but memory is nearly gone on all that the choice reads.
		for machine in 0..(BEST + MORE) as u32 * PAGE {
			let room = Room::new(64_000, 1_023, &[1_000]).unwrap();
			insert(&mut index, 0, entry(machine, room)).unwrap();
		}
		insert(&mut index, 0, entry(9_999, empty(64, 1))).unwrap();
		assert_eq!(choose(&index, &[pool(&typical)], &whole(1), 0), Choice::HintRequired);
	}

	#[test]
	fn the_work_does_not_grow_with_the_machines() {
		let typical = Typical::default();
		for machines in [100u32, 10_000] {
			let mut index = Memory::default();
			for machine in 0..machines {
				let room =
					Room::new(machine * 37 % 128_000, 400_000, &[(machine % 1_001) as u16; 8]).unwrap();
				insert(&mut index, 0, entry(machine, room)).unwrap();
			}
			for machine in 0..machines.min(500) {
				let (reads, _) = index.counts();
				choose(&index, &[pool(&typical)], &whole(1), 0);
				assert!(index.counts().0 - reads <= 1 + (BEST + MORE) as u64);
				let (reads, writes) = index.counts();
				remove(&mut index, 0, MachineId(machine)).unwrap();
				let after = index.counts();
				assert!(after.0 - reads <= 5 && after.1 - writes <= 6);
				insert(&mut index, 0, entry(machine, empty(64, 8))).unwrap();
				let last = index.counts();
				assert!(last.0 - after.0 <= 4 && last.1 - after.1 <= 4);
			}
		}
	}

	proptest! {
		#[test]
		fn corners_enclose_the_bucket(room in room(), demand in demand()) {
			let bucket = Bucket::of(&room);
			prop_assert!(bucket.0 < BUCKETS);
			let most = bucket.most().unwrap();
			prop_assert_eq!(Bucket::of(&most), bucket);
			prop_assert_eq!(Bucket::of(&bucket.middle().unwrap()), bucket);
			prop_assert!(!room.fits(&demand) || most.fits(&demand), "no machine that fits is ruled out");
		}

		#[test]
		fn the_index_is_what_was_put_into_it(
			steps in prop::collection::vec((0u32..40, prop::option::of(room()), any::<bool>()), 0..150),
		) {
			let (mut index, mut machines) = (Memory::<u32>::default(), BTreeMap::new());
			for (machine, room, few) in steps {
				// Few shapes make full buckets.
				let room = room.map(|room| if few { empty(64, room.whole() as usize % 2) } else { room });
				match room {
					Some(room) if machines.contains_key(&machine) => {
						prop_assert_eq!(update(&mut index, 0, entry(machine, room)), Ok(()));
						machines.insert(machine, room);
					},
					Some(room) => {
						prop_assert_eq!(insert(&mut index, 0, entry(machine, room)), Ok(()));
						machines.insert(machine, room);
					},
					None => {
						let known = machines.remove(&machine).map(|room| entry(machine, room));
						prop_assert_eq!(
							remove(&mut index, 0, MachineId(machine)),
							known.ok_or(Error::NotIndexed)
						);
					},
				}
				check(&index, &machines);
			}
		}

		#[test]
		fn what_is_found_fits_and_what_is_full_is_full(
			rooms in prop::collection::vec(room(), 0..60), demands in prop::collection::vec(demand(), 1..20),
		) {
			let (mut index, mut typical) = (Memory::<u32>::default(), Typical::default());
			let mut machines = BTreeMap::new();
			for (machine, room) in rooms.into_iter().enumerate() {
				insert(&mut index, 0, entry(machine as u32, room)).unwrap();
				machines.insert(machine as u32, room);
			}
			for demand in demands {
				typical.note(&demand, USUAL);
				let pool = pool(&typical);
				let entries: Vec<_> = machines.iter().map(|(machine, room)| entry(*machine, *room)).collect();
				let best = search(entries.iter().map(|entry| (&pool, entry)), &demand, 0);
				let fits = machines.values().any(|room| room.fits(&demand));
				prop_assert_eq!(best.is_some(), fits, "the search declines nothing that fits");
				match choose(&index, &[pool], &demand, 0) {
					Choice::Found(found) => {
						prop_assert!(!found.is_empty() && found.len() <= CANDIDATES);
						prop_assert!(found.windows(2).all(|pair| pair[0].rank() <= pair[1].rank()));
						prop_assert!(best.unwrap().rank() <= found[0].rank(), "the search is at least as good");
						for found in &found {
							let room = machines[&found.machine.0];
							prop_assert_eq!(room.take(&demand, found.taken), Some(found.after));
						}
						update(&mut index, 0, entry(found[0].machine.0, found[0].after)).unwrap();
						machines.insert(found[0].machine.0, found[0].after);
					},
					Choice::Full => prop_assert!(!fits),
					Choice::HintRequired => {},
				}
			}
			check(&index, &machines);
		}
	}
}
