//! The choice over all machines, made off-chain and offered as a hint.

use super::{
	choice::{Entry, Found, Pool},
	fragmentation::best_way_within,
	shape::Demand,
};

/// The machine of least cost with reliability of at least `floor` thousandths that serves `demand`, or `None`
/// exactly when it fits nowhere. Of equals the machine registered first. One evaluation per machine that fits;
/// machines with the same room as the one before them cost nothing.
pub fn search<'a, P: Copy + 'a>(
	machines: impl IntoIterator<Item = (&'a Pool<'a, P>, &'a Entry)>,
	demand: &Demand,
	floor: u16,
) -> Option<Found<P>> {
	let mut best: Option<Found<P>> = None;
	let mut last: Option<(*const Pool<'a, P>, Entry)> = None;
	for (pool, entry) in machines {
		if entry.reliability < floor || !entry.room.fits(demand) {
			continue;
		}
		// What the one before came to holds for this one; a lower identifier alone could make it better.
		if last.is_some_and(|(of, last)| {
			core::ptr::eq(of, pool)
				&& last.room == entry.room
				&& last.reliability == entry.reliability
				&& last.machine < entry.machine
		}) {
			continue;
		}
		last = Some((pool, *entry));
		let bound = best.as_ref().map_or(i64::MAX, |best| best.cost);
		let way = best_way_within(&entry.room, demand, entry.reliability, pool.typical, &pool.weights, bound);
		let Some((taken, after, cost)) = way else { continue };
		let found = Found { pool: pool.pool, machine: entry.machine, taken, after, cost };
		if best.as_ref().is_none_or(|best| found.rank() < best.rank()) {
			best = Some(found);
		}
	}
	best
}
