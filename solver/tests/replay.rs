//! Replays of generated traces, checked with other books.

use exabits_math::placement::{typical::USUAL, verify, DeviceDemand, Weights};
use exabits_solver::{check::check, replay, solve::Solver, Fleet, Line, Mode, Trace};
use std::fmt::Write;

const MODES: [Mode; 3] = [Mode::Bounded, Mode::Hint, Mode::Moves];

/// A small generator of numbers below `below`.
struct Numbers(u64);

impl Numbers {
	fn below(&mut self, below: u64) -> u64 {
		self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
		(self.0 >> 33) % below
	}
}

/// Machines of three models and requests of every kind, worth about 130 % of the devices.
fn trace(seed: u64, machines: u64) -> Trace {
	let mut numbers = Numbers(seed);
	let mut nodes = String::from("sn,cpu_milli,memory_mib,gpu,model\n");
	let mut devices = 0;
	for node in 0..machines {
		let gpus = [1, 2, 4, 8, 8, 8][numbers.below(6) as usize];
		devices += gpus;
		let cpus = gpus * (8_000 + numbers.below(3) * 8_000);
		writeln!(nodes, "node-{node},{cpus},{},{gpus},{}", gpus * 64_000, ["A", "B", "C"][node as usize % 3])
			.unwrap();
	}
	let mut arrivals = String::from("name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec\n");
	let (mut asked, mut arrival) = (0, 0);
	while asked < devices * 1_300 {
		let (count, milli) = match numbers.below(20) {
			0 => (0, 0),
			1 => (2, 1_000),
			2 => (8, 1_000),
			3..=9 => (1, [125, 250, 470, 500, 650, 810][numbers.below(6) as usize]),
			_ => (1, 1_000),
		};
		asked += count * milli;
		let models = ["", "", "", "A", "B|C"][numbers.below(5) as usize];
		let cpus = 1_000 + numbers.below(12_000);
		writeln!(arrivals, "pod-{arrival},{cpus},{},{count},{milli},{models}", numbers.below(64_000))
			.unwrap();
		arrival += 1;
	}
	let place = tempfile::tempdir().unwrap();
	let (nodes_path, arrivals_path) = (place.path().join("n.csv"), place.path().join("a.csv"));
	std::fs::write(&nodes_path, nodes).unwrap();
	std::fs::write(&arrivals_path, arrivals).unwrap();
	Trace::read(&nodes_path, &arrivals_path).unwrap()
}

fn text(trace: &Trace, lines: &[Line]) -> String {
	lines.iter().map(|line| line.text(trace) + "\n").collect()
}

#[test]
fn every_output_stands_up_to_other_books() {
	for seed in 1..6 {
		let trace = trace(seed, 60);
		for mode in MODES {
			let (lines, report) = replay(&trace, mode).unwrap();
			let (allocated, moves) = check(&trace, &text(&trace, &lines)).unwrap();
			assert_eq!((allocated, moves), (report.allocated, report.moves), "{mode:?}, seed {seed}");
			assert_eq!(report.placed + report.rejected, trace.arrivals.len());
		}
	}
}

#[test]
fn a_replay_is_the_same_every_time() {
	let trace = trace(9, 40);
	for mode in MODES {
		assert_eq!(replay(&trace, mode).unwrap().0, replay(&trace, mode).unwrap().0);
	}
}

#[test]
fn hints_decline_nothing_that_fits_and_the_bounded_choice_hardly_anything() {
	for seed in 1..4 {
		let trace = trace(seed, 120);
		let (_, bounded) = replay(&trace, Mode::Bounded).unwrap();
		assert!(bounded.missed() <= 1.0, "{}", bounded.missed());
		let (lines, _) = replay(&trace, Mode::Hint).unwrap();
		let machines = trace.nodes.iter().map(|node| (node.class, node.room));
		let mut fleet = Fleet::new(machines, Weights::default()).unwrap();
		for line in lines {
			let Line::Arrival(arrival, placed) = line else { panic!("no moves here") };
			let request = trace.arrivals[arrival].request;
			assert_eq!(fleet.fits(&request), placed.is_some());
			if let Some((node, taken)) = placed {
				fleet.place(request, exabits_primitives::MachineId(node as u32), taken).unwrap();
			}
		}
	}
}

#[test]
fn moves_pay() {
	let trace = trace(3, 150);
	let share = |mode| replay(&trace, mode).unwrap().1.share();
	assert!(share(Mode::Moves) > share(Mode::Hint));
}

#[test]
fn the_checker_sees_what_is_wrong() {
	let trace = trace(2, 40);
	let good = text(&trace, &replay(&trace, Mode::Moves).unwrap().0);
	let lines: Vec<_> = good.lines().collect();
	assert!(check(&trace, &lines[1..].join("\n")).unwrap_err().contains("out of order"));
	assert!(check(&trace, &lines[..lines.len() - 1].join("\n")).unwrap_err().contains("missing"));
	let placed = lines.iter().position(|line| line.contains(":1000") && !line.starts_with("move")).unwrap();
	let with = |line: String| {
		let mut lines: Vec<_> = lines.iter().map(|line| line.to_string()).collect();
		lines[placed] = line;
		check(&trace, &lines.join("\n")).unwrap_err()
	};
	assert!(with(lines[placed].replace(":1000", ":999")).contains("not what was asked for"));
	assert!(with(lines[placed].replace("node-", "nod-")).contains("unknown node"));
	let twice = format!("{}\n{}", lines[placed], lines[placed]);
	assert!(with(twice).contains("out of order"));
	let moved = lines.iter().find(|line| line.starts_with("move,")).unwrap();
	assert!(check(&trace, &format!("{good}{moved}\n")).unwrap_err().contains("moved twice"));
	let full = lines[placed].split(',').nth(1).unwrap();
	let crowded: String =
		trace.arrivals.iter().map(|arrival| format!("{},{full},0:1000\n", arrival.name)).collect();
	assert!(check(&trace, &crowded).is_err());
}

#[test]
fn a_batch_improves_a_snapshot_and_passes_verification() {
	let trace = trace(4, 80);
	let machines = trace.nodes.iter().map(|node| (node.class, node.room));
	let mut fleet = Fleet::new(machines, Mode::Moves.weights()).unwrap();
	for arrival in trace.arrivals.iter().take(trace.arrivals.len() / 2) {
		fleet.note(&arrival.request);
		if let Some(found) = fleet.search(&arrival.request) {
			fleet.place(arrival.request, found.machine, found.taken).unwrap();
		}
	}
	let objective = |fleet: &Fleet| -> u64 {
		let rooms = fleet.machines.iter().map(|machine| machine.entry.room).enumerate();
		rooms.map(|(machine, room)| u64::from(fleet.unusable_at(machine, &room))).sum()
	};
	let before = objective(&fleet);
	let batch = Solver::default().improve(&fleet, 100, 0, |_| true);
	assert!(!batch.is_empty() && batch.len() <= 100);
	let outcome = verify(&fleet, &batch).unwrap();
	fleet.apply(&batch).unwrap();
	assert_eq!(before - objective(&fleet), outcome.before - outcome.after);
	assert!(fleet.apply(&batch).is_err(), "a lease moves once");
}

#[test]
fn room_is_made_for_whole_devices_only() {
	let trace = trace(5, 30);
	let machines = trace.nodes.iter().map(|node| (node.class, node.room));
	let mut fleet = Fleet::new(machines, Mode::Moves.weights()).unwrap();
	for arrival in &trace.arrivals {
		fleet.note(&arrival.request);
		let found = fleet.search(&arrival.request);
		if let Some(found) = found {
			fleet.place(arrival.request, found.machine, found.taken).unwrap();
			continue;
		}
		let mut solver = Solver::default();
		let limit = 4;
		match (arrival.request.demand.devices, solver.make_room(&fleet, &arrival.request, limit)) {
			(DeviceDemand::Whole(_), Some((moves, machine))) => {
				assert!(!moves.is_empty() && moves.len() <= limit);
				fleet.apply(&moves).unwrap();
				let room = fleet.machines[machine.0 as usize].entry.room;
				let (taken, _) = room.ways(&arrival.request.demand).next().expect("it fits now");
				fleet.place(arrival.request, machine, taken).unwrap();
			}
			(_, made) => assert_eq!(made, None),
		}
	}
	assert!(fleet.leases.iter().any(|lease| !lease.held.movable), "some were moved");
	assert!(fleet.typical.iter().all(|typical| typical.weight() <= u64::from(USUAL) * 9_000));
}
