//! What it costs to keep less than the window.

use super::*;
use std::collections::HashSet;

/// Rows that are computed again while a chain runs on a device that keeps every other result.
struct Thrifty {
	keys: Vec<LinkKey>,
	again: u64,
}

impl Thrifty {
	/// Gets one stored row. Within one link nothing is computed twice.
	fn get(&mut self, link: u32, row: u32, known: &mut HashSet<(u32, u32)>) {
		if link.is_multiple_of(2) || !known.insert((link, row)) {
			return;
		}
		self.again += 1;
		// Its operand is the row before, which is kept since its link is even, and one from anywhere in its window.
		let (from, stored) = self.keys[link as usize].places(row).next().unwrap();
		self.get(from, stored, known);
	}
}

#[test]
fn with_half_of_the_window_the_work_nearly_doubles() {
	// The places depend on roots; any will do. Even results are kept for good here, more than half a window.
	let (n, links, window) = (256, 128, 32);
	let size = Size::new(n, links, u64::from(window * n * n)).unwrap();
	let key = |link: u32| LinkKey::new(&[5; 32], size, link, &[link as u8; 32]);
	let mut thrifty = Thrifty { keys: (0..links).map(key).collect(), again: 0 };
	for link in 1..links {
		let mut known = HashSet::new();
		for (from, stored) in key(link).places(0).collect::<Vec<_>>() {
			// The result of the link just before is at hand in any case.
			if from + 1 < link {
				thrifty.get(from, stored, &mut known);
			}
		}
	}
	let honest = u64::from(n * links);
	assert!(thrifty.again * 4 > honest * 3, "{} rows again, {honest} honest", thrifty.again);
}
