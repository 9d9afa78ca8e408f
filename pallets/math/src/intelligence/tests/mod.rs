mod fixed;
mod forecast;
mod margin;
mod reference;
mod score;

use super::*;
use proptest::{collection::vec, prelude::*};

/// Windows of a day.
const DAY: u32 = 24;

/// Any round: missing, or one margin in parts per million per module.
fn any_round() -> impl Strategy<Value = Vec<(ModuleId, Margin)>> {
	vec((0..3u32, -1_000_000..=1_000_000i32), 0..3).prop_map(|terms| {
		terms.into_iter().map(|(module, parts)| (ModuleId(module), margin(parts))).collect()
	})
}

/// The margin of so many parts per million.
fn margin(parts: i32) -> Margin {
	let measured = u32::try_from(parts + 1_000_000).expect("margins are not below -1");
	let found = Margin::new(measured, 1_000_000, crate::penalty::Comparator::AtLeast, 1_000_000);
	assert_eq!(found.parts(), parts);
	found
}

/// A round in which the one module has this margin.
fn round(parts: i32) -> [(ModuleId, Margin); 1] {
	[(ModuleId(0), margin(parts))]
}
