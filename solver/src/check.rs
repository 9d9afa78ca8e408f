//! An independent check of a replay's output: reads the lines again and keeps its own books.

use crate::{replay::PLACEMENTS_PER_MOVE, trace::Trace};
use exabits_math::placement::DeviceDemand;
use std::collections::HashMap;

/// What an arrival holds.
struct Held {
	/// The node.
	at: usize,
	/// Its devices, with the milli-devices taken of each.
	taken: Vec<(usize, i64)>,
	moved: bool,
}

/// What a machine has left: vCPU, memory, milli-devices.
struct Books {
	vcpu: i64,
	memory: i64,
	devices: Vec<i64>,
}

/// Checks every line in order: known names, each arrival once and in order, acceptable models, exactly what was
/// asked for, nothing over-committed, each lease moved at most once and at most one move per ten placements.
/// Returns the milli-devices allocated at the end and the moves, or what is wrong with which line.
pub fn check(trace: &Trace, output: &str) -> Result<(u64, usize), String> {
	let nodes: HashMap<&str, usize> =
		trace.nodes.iter().enumerate().map(|(at, node)| (node.name.as_str(), at)).collect();
	let arrivals: HashMap<&str, usize> =
		trace.arrivals.iter().enumerate().map(|(at, arrival)| (arrival.name.as_str(), at)).collect();
	let mut books: Vec<Books> = trace
		.nodes
		.iter()
		.map(|node| Books {
			vcpu: node.room.vcpu_milli.into(),
			memory: node.room.memory_mib.into(),
			devices: vec![1_000; node.devices.into()],
		})
		.collect();
	let mut held: HashMap<usize, Held> = HashMap::new();
	let (mut next, mut moves, mut allocated) = (0, 0usize, 0u64);
	for (number, line) in (1..).zip(output.lines()) {
		let wrong = |what: &str| format!("line {number}: {what}: {line}");
		let (is_move, rest) = match line.strip_prefix("move,") {
			Some(rest) => (true, rest),
			None => (false, line),
		};
		let [name, node, devices] = rest.split(',').collect::<Vec<_>>()[..] else {
			return Err(wrong("not three fields"));
		};
		let arrival = *arrivals.get(name).ok_or_else(|| wrong("unknown name"))?;
		let request = trace.arrivals[arrival].request;
		if is_move {
			let Held { at: from, taken, moved } =
				held.remove(&arrival).ok_or_else(|| wrong("nothing to move"))?;
			if moved {
				return Err(wrong("moved twice"));
			}
			moves += 1;
			if moves * PLACEMENTS_PER_MOVE > held.len() + 1 {
				return Err(wrong("too many moves"));
			}
			let books = &mut books[from];
			books.vcpu += i64::from(request.demand.vcpu_milli);
			books.memory += i64::from(request.demand.memory_mib);
			taken.iter().for_each(|(device, milli)| books.devices[*device] += milli);
		} else {
			if arrival != next {
				return Err(wrong("out of order"));
			}
			next += 1;
			if node.is_empty() {
				if !devices.is_empty() {
					return Err(wrong("devices of no node"));
				}
				continue;
			}
			allocated += u64::from(request.demand.devices.milli());
		}
		let at = *nodes.get(node).ok_or_else(|| wrong("unknown node"))?;
		if !request.accepts(trace.nodes[at].class) {
			return Err(wrong("a model that is not accepted"));
		}
		let mut taken = Vec::new();
		for part in devices.split('|').filter(|part| !part.is_empty()) {
			let (device, milli) = part.split_once(':').ok_or_else(|| wrong("not index:milli"))?;
			let device: usize = device.parse().map_err(|_| wrong("bad index"))?;
			let milli: i64 = milli.parse().map_err(|_| wrong("bad milli"))?;
			if taken.iter().any(|(known, _)| *known == device) {
				return Err(wrong("a device twice"));
			}
			taken.push((device, milli));
		}
		let right = match request.demand.devices {
			DeviceDemand::None => taken.is_empty(),
			DeviceDemand::Share(share) => taken.len() == 1 && taken[0].1 == i64::from(share),
			DeviceDemand::Whole(count) => {
				taken.len() == usize::from(count) && taken.iter().all(|(_, milli)| *milli == 1_000)
			}
		};
		if !right {
			return Err(wrong("not what was asked for"));
		}
		let books = &mut books[at];
		books.vcpu -= i64::from(request.demand.vcpu_milli);
		books.memory -= i64::from(request.demand.memory_mib);
		for (device, milli) in &taken {
			*books.devices.get_mut(*device).ok_or_else(|| wrong("no such device"))? -= milli;
		}
		if books.vcpu < 0 || books.memory < 0 || books.devices.iter().any(|left| *left < 0) {
			return Err(wrong("over-committed"));
		}
		held.insert(arrival, Held { at, taken, moved: is_move });
	}
	if next != trace.arrivals.len() {
		return Err(format!("{} arrivals are missing", trace.arrivals.len() - next));
	}
	Ok((allocated, moves))
}
