//! The numbered invariants of the README.

use crate::*;
use alloc::{
	collections::{BTreeMap, BTreeSet},
	vec::Vec,
};
use exabits_math::placement::{choice::PAGE, Bucket, Place, Taken};
use exabits_primitives::{
	Clock, LeaseId, LeaseState, MachineState, MilliDevices, UtcKey, WindowIndex, MAX_LEASES_PER_WINDOW,
};
use frame_support::ensure;
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks all invariants over the whole state.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_commitments()?;
		Self::check_index()?;
		Self::check_leases()?;
		Self::check_sums()?;
		Self::check_machines()?;
		Self::check_classes()?;
		Self::check_demand()
	}

	/// Invariants 1 and 2.
	fn check_commitments() -> Result<(), TryRuntimeError> {
		let mut committed = BTreeMap::<(T::AccountId, UtcKey), u32>::new();
		for (machine, window, commitment) in Commitments::<T>::iter() {
			let record = Machines::<T>::get(machine).ok_or("rfl 1: commitment of an unknown machine")?;
			let offered = record.room(commitment.devices);
			ensure!(
				commitment.devices > 0 && offered.is_some(),
				"rfl 1: a commitment of no devices, or of more than the machine has"
			);
			let class = Self::class_of(record.class)?;
			let mut room = commitment.room;
			for lease in &commitment.leases {
				let lease = Leases::<T>::get(lease).ok_or("rfl 1: an unknown lease is placed")?;
				ensure!(
					lease.devices.iter().map(|(_, milli)| u32::from(*milli)).sum::<u32>() == lease.amount.0,
					"rfl 1: a lease's devices are not its amount"
				);
				room = class
					.demand(lease.amount)
					.zip(Taken::from_pairs(&lease.devices))
					.and_then(|(demand, taken)| room.give_back(&demand, taken))
					.ok_or("rfl 1: a device is given twice")?;
			}
			ensure!(
				Some(room) == offered,
				"rfl 1: what is free and what is leased is not what was committed"
			);
			let key = UtcKey { class: record.class, template: commitment.template, window };
			let sum = committed.entry((record.owner, key)).or_default();
			*sum = sum.saturating_add(commitment.committed().0);
		}
		let stored: BTreeMap<_, _> =
			CommittedBy::<T>::iter().map(|(owner, key, sum)| ((owner, key), sum.0)).collect();
		ensure!(stored == committed, "rfl 2: sums of commitments are wrong");
		Ok(())
	}

	/// Invariant 3.
	fn check_index() -> Result<(), TryRuntimeError> {
		let mut indexed = BTreeSet::new();
		let mut buckets = BTreeMap::<(UtcKey, Bucket), (u32, u32)>::new();
		for ((key, bucket, page), content) in Pages::<T>::iter() {
			let length = u32::try_from(content.entries.len()).map_err(|_| "rfl 3: a page too long")?;
			let in_bucket = Pages::<T>::get((key, bucket, 0)).in_bucket;
			let before = page.checked_mul(PAGE).ok_or("rfl 3: overflow")?;
			ensure!(
				length > 0 && length == in_bucket.saturating_sub(before).min(PAGE),
				"rfl 3: a stray page, or one with a gap"
			);
			ensure!(page == 0 || content.in_bucket == 0, "rfl 3: a later page counts its bucket");
			let (machines, pages) = buckets.entry((key, bucket)).or_default();
			*machines = machines.saturating_add(length);
			*pages = pages.saturating_add(1);
			for entry in content.entries {
				let commitment = Commitments::<T>::get(entry.machine, key.window)
					.ok_or("rfl 3: a machine is indexed without a commitment")?;
				let class = Machines::<T>::get(entry.machine).map(|record| record.class);
				ensure!(
					commitment.template == key.template && class == Some(key.class),
					"rfl 3: a machine is indexed under another UTC"
				);
				ensure!(
					commitment.room == entry.room && Bucket::of(&entry.room) == bucket,
					"rfl 3: an index entry does not match its commitment"
				);
				ensure!(
					Places::<T>::get(key, entry.machine) == Some(Place { bucket, page }),
					"rfl 3: a machine is not where the index says"
				);
				ensure!(indexed.insert((entry.machine, key.window)), "rfl 3: a machine is indexed twice");
			}
		}
		for ((key, bucket), (machines, pages)) in &buckets {
			ensure!(
				Pages::<T>::get((key, bucket, 0)).in_bucket == *machines && machines.div_ceil(PAGE) == *pages,
				"rfl 3: machines of a bucket are missing"
			);
		}
		let summarised: BTreeSet<_> = Summaries::<T>::iter()
			.flat_map(|(key, summary)| summary.buckets().map(|bucket| (key, bucket)).collect::<Vec<_>>())
			.collect();
		ensure!(summarised == buckets.into_keys().collect(), "rfl 3: a summary is wrong");
		ensure!(
			Summaries::<T>::iter_values().all(|summary| !summary.is_empty()),
			"rfl 3: an empty summary is kept"
		);
		ensure!(Places::<T>::iter().count() == indexed.len(), "rfl 3: a place without an entry");
		for (machine, window, commitment) in Commitments::<T>::iter() {
			let record = Machines::<T>::get(machine).ok_or("rfl 3: commitment of an unknown machine")?;
			let class = Self::class_of(record.class)?;
			let is_indexed = indexed.contains(&(machine, window));
			if commitment.closed_at.is_some() {
				ensure!(!is_indexed, "rfl 3: an evacuated machine is indexed");
			} else {
				ensure!(
					is_indexed || T::Clock::now() >= Self::closes_at(window, class.window_slots),
					"rfl 3: an open commitment is not indexed"
				);
			}
		}
		Ok(())
	}

	/// Invariant 4.
	fn check_leases() -> Result<(), TryRuntimeError> {
		let mut placed = BTreeMap::new();
		for (machine, window, commitment) in Commitments::<T>::iter() {
			let most = usize::try_from(MAX_LEASES_PER_WINDOW).unwrap_or(usize::MAX);
			let count = commitment.leases.len().saturating_add(commitment.rejected.len());
			ensure!(count <= most, "rfl 4: more leases than a window may have");
			let rejected = commitment.rejected.into_iter().map(|(lease, _)| (lease, true));
			for (lease, rejected) in commitment.leases.into_iter().map(|lease| (lease, false)).chain(rejected)
			{
				let twice = placed.insert(lease, (machine, window, rejected));
				ensure!(twice.is_none(), "rfl 4: a lease is in two places");
			}
		}
		let next = NextLease::<T>::get();
		for (lease, record) in Leases::<T>::iter() {
			ensure!(lease < next, "rfl 4: a lease with an identifier not given out");
			let unfinished = matches!(record.state, LeaseState::Placed | LeaseState::Running);
			let place = placed.remove(&lease);
			let own = |rejected| Some((record.machine, record.key.window, rejected));
			ensure!(
				if unfinished {
					place == own(false)
				} else {
					place.is_none() || record.state == LeaseState::Rejected && place == own(true)
				},
				"rfl 4: an unfinished lease is not on its machine, or a finished one still is"
			);
			let running = record.state == LeaseState::Running;
			ensure!(
				!running || record.running_since.is_some() && record.access.is_some(),
				"rfl 4: a lease runs without an acknowledgement"
			);
			ensure!(
				record.state != LeaseState::Placed || record.running_since.is_none(),
				"rfl 4: an acknowledged lease still waits"
			);
			ensure!(
				record.start <= record.acknowledge_by && record.acknowledge_by < record.end,
				"rfl 4: a lease's times are out of order"
			);
		}
		ensure!(placed.is_empty(), "rfl 4: an unknown lease is placed");
		Self::check_deadlines()
	}

	/// Invariant 11.
	fn check_deadlines() -> Result<(), TryRuntimeError> {
		let cursor = AcknowledgementsCursor::<T>::get();
		for (lease, record) in Leases::<T>::iter() {
			let first = lease == record.series;
			let before = lease.0.checked_sub(1).map(LeaseId);
			let follows = || {
				let before = before.and_then(Leases::<T>::get);
				// What came before may have been pruned.
				before.is_none_or(|before| {
					before.series == record.series && before.key.window.next() == Some(record.key.window)
				})
			};
			ensure!(first || record.series < lease && follows(), "rfl 11: segments out of order");
			if record.state != LeaseState::Placed {
				continue;
			}
			let entries = AcknowledgementsDue::<T>::get(record.due);
			ensure!(
				entries.iter().filter(|entry| **entry == lease).count() == 1
					&& cursor.is_some_and(|cursor| record.due >= cursor),
				"rfl 11: a lease that waits has no deadline, or two"
			);
		}
		Ok(())
	}

	/// Invariant 5.
	fn check_sums() -> Result<(), TryRuntimeError> {
		let mut total = Sums::default();
		let mut classes = BTreeMap::new();
		for record in Machines::<T>::iter_values() {
			if record.state == MachineState::Online {
				let part = Self::contribution(&record)?;
				total = total.plus(part).ok_or("rfl 5: overflow")?;
				let class: &mut Sums = classes.entry(record.class).or_default();
				*class = class.plus(part).ok_or("rfl 5: overflow")?;
			}
		}
		ensure!(TotalSums::<T>::get() == total, "rfl 5: the total efficiency is wrong");
		for (class, sums) in ClassSums::<T>::iter() {
			ensure!(
				classes.remove(&class).unwrap_or_default() == sums,
				"rfl 5: a class's efficiency is wrong"
			);
		}
		ensure!(classes.is_empty(), "rfl 5: a class's efficiency is missing");
		Ok(())
	}

	/// Invariants 6 and 7, and the second part of 2.
	fn check_machines() -> Result<(), TryRuntimeError> {
		let mut keys = 0usize;
		let mut absent = BTreeMap::<_, u32>::new();
		for (machine, record) in Machines::<T>::iter() {
			if record.is_absent() {
				let sum = absent.entry((record.owner.clone(), record.class)).or_default();
				*sum = sum.saturating_add(MilliDevices::devices(record.devices).0);
			}
			ensure!(machine < NextMachine::<T>::get(), "rfl 6: an identifier not given out");
			ensure!(Classes::<T>::contains_key(record.class), "rfl 6: a machine of an unknown class");
			let open = Commitments::<T>::iter_key_prefix(machine).count();
			ensure!(u32::try_from(open) == Ok(record.open), "rfl 6: open commitments are miscounted");
			if record.state == MachineState::Retired {
				ensure!(record.open == 0 && record.reserved == 0, "rfl 7: a retired machine holds something");
			} else {
				ensure!(
					MachineByKey::<T>::get(&record.key) == Some(machine),
					"rfl 7: a machine is not found by its key"
				);
				keys = keys.saturating_add(1);
			}
			ensure!(
				record.state != MachineState::Draining || record.open > 0,
				"rfl 7: a machine drains without a commitment"
			);
			ensure!(
				!matches!(record.state, MachineState::Registered | MachineState::UnderTest)
					|| record.open == 0,
				"rfl 7: a machine commits that was never online"
			);
		}
		let stored: BTreeMap<_, _> =
			Absent::<T>::iter().map(|(owner, class, sum)| ((owner, class), sum.0)).collect();
		ensure!(stored == absent, "rfl 2: the devices out of service are miscounted");
		ensure!(MachineByKey::<T>::iter().count() == keys, "rfl 7: a key without a machine");
		Ok(())
	}

	/// Invariants 8 and 9.
	fn check_classes() -> Result<(), TryRuntimeError> {
		let mut waiting = BTreeSet::new();
		let cursor = CountsCursor::<T>::get();
		for (due, classes) in CountsDue::<T>::iter() {
			ensure!(cursor.is_some_and(|cursor| due >= cursor), "rfl 9: an entry that is never swept");
			for class in classes {
				ensure!(Classes::<T>::contains_key(class), "rfl 9: an unknown class waits to be counted");
				ensure!(waiting.insert(class), "rfl 9: a class waits twice");
			}
		}
		for (class, record) in Classes::<T>::iter() {
			let parameters = ClassParameters::<T>::get(class).ok_or("rfl 8: a class without parameters")?;
			let history = Histories::<T>::get(class).ok_or("rfl 8: a class without a history")?;
			ensure!(parameters.is_valid(), "rfl 8: parameters that may not be used");
			ensure!(record.price == history.reference.price(), "rfl 8: a class has two prices");
			ensure!(
				(parameters.bounds.min..=parameters.bounds.max).contains(&record.price),
				"rfl 8: a price outside its bounds"
			);
			ensure!(
				history.forecast.last().is_none_or(|last| last <= history.reference.window()),
				"rfl 8: demand was learnt from a window that is not counted"
			);
			ensure!(waiting.remove(&class), "rfl 9: a class does not wait to be counted");
		}
		ensure!(
			ClassParameters::<T>::iter_keys()
				.chain(Histories::<T>::iter_keys())
				.all(Classes::<T>::contains_key),
			"rfl 8: something of an unknown class"
		);
		Ok(())
	}

	/// Invariant 10.
	fn check_demand() -> Result<(), TryRuntimeError> {
		let mut leased = BTreeMap::<_, u64>::new();
		for lease in Leases::<T>::iter_values() {
			let sum = leased.entry((lease.key.class, lease.key.window)).or_default();
			*sum = sum.saturating_add(lease.amount.0.into());
		}
		for (class, window, demand) in Redeemed::<T>::iter() {
			let record = Classes::<T>::get(class).ok_or("rfl 10: demand for an unknown class")?;
			let current = WindowIndex::at(T::Clock::now(), record.window_slots);
			let counted =
				Histories::<T>::get(class).ok_or("rfl 10: demand without a history")?.reference.window();
			ensure!(counted < window, "rfl 10: demand for a window that has been counted");
			ensure!(window <= Self::last_window(current), "rfl 10: demand too far ahead");
			let leases = leased.get(&(class, window)).copied().unwrap_or(0);
			// Leases of windows that are over may have been pruned.
			ensure!(
				demand > 0 && if window < current { demand >= leases } else { demand == leases },
				"rfl 10: demand is not what was redeemed"
			);
		}
		for (class, window) in leased.into_keys() {
			let counted =
				Histories::<T>::get(class).ok_or("rfl 10: a lease of an unknown class")?.reference.window();
			ensure!(
				window <= counted || Redeemed::<T>::contains_key(class, window),
				"rfl 10: a lease that is not in the demand"
			);
		}
		Ok(())
	}
}
