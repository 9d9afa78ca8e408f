//! A trace against the code that the runtime uses.

use crate::{fleet::Fleet, solve::Solver, trace::Trace};
use exabits_math::placement::{fragmentation, Choice, Taken, Weights};
use std::time::{Duration, Instant};

/// One move per this many placements.
pub const PLACEMENTS_PER_MOVE: usize = 10;

/// Who chooses.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
	/// The bounded choice, as a call makes it without a hint.
	Bounded,
	/// The search over all machines, as a hint.
	Hint,
	/// The search, with verified moves.
	Moves,
}

impl Mode {
	/// The governed weights of the replay: with moves, shares get devices of their own while there are some.
	pub fn weights(self) -> Weights {
		match self {
			Self::Moves => Weights {
				sharing: 3 * Weights::default().fragmentation * fragmentation::MICRO,
				..Weights::default()
			},
			_ => Weights::default(),
		}
	}
}

/// A line of the output; names are positions in the trace.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Line {
	/// An arrival and where it was placed, if it was.
	Arrival(usize, Option<(usize, Taken)>),
	/// An earlier arrival was moved.
	Move(usize, usize, Taken),
}

impl Line {
	/// As it is written: `name,node,devices`, where a move begins with `move,`.
	pub fn text(&self, trace: &Trace) -> String {
		let devices = |taken: Taken| {
			taken
				.pairs()
				.iter()
				.map(|(index, milli)| format!("{index}:{milli}"))
				.collect::<Vec<_>>()
				.join("|")
		};
		match self {
			Self::Arrival(arrival, None) => format!("{},,", trace.arrivals[*arrival].name),
			Self::Arrival(arrival, Some((node, taken))) => {
				format!("{},{},{}", trace.arrivals[*arrival].name, trace.nodes[*node].name, devices(*taken))
			}
			Self::Move(arrival, node, taken) => {
				let (arrival, node) = (&trace.arrivals[*arrival].name, &trace.nodes[*node].name);
				format!("move,{arrival},{node},{}", devices(*taken))
			}
		}
	}
}

/// What a replay came to.
#[derive(Clone, Default, Debug)]
pub struct Report {
	/// Milli-devices of all machines.
	pub capacity: u64,
	/// Milli-devices allocated at the end.
	pub allocated: u64,
	/// Requests placed.
	pub placed: usize,
	/// Requests declined.
	pub rejected: usize,
	/// Answers that a hint is required.
	pub hints_required: usize,
	/// Of these, requests that did fit somewhere.
	pub hints_that_fit: usize,
	/// Moves made.
	pub moves: usize,
	/// Items read and written by one placement: the most of each, and the sums.
	pub most: (u64, u64),
	/// See `most`.
	pub sums: (u64, u64),
	/// The longest search for a hint.
	pub longest_search: Duration,
	/// Time spent on searching for moves that were made.
	pub solving: Duration,
	/// Time spent on verifying and applying them.
	pub verifying: Duration,
	/// Time of the whole replay.
	pub time: Duration,
}

impl Report {
	/// The share of capacity allocated, in percent.
	pub fn share(&self) -> f64 {
		percent(self.allocated, self.capacity)
	}

	/// Answers that a hint is required although a machine had room, in percent of the requests that fitted.
	pub fn missed(&self) -> f64 {
		percent(self.hints_that_fit as u64, (self.placed + self.hints_that_fit) as u64)
	}

	/// By how much solving takes longer than verifying; zero without moves.
	pub fn solving_over_verifying(&self) -> f64 {
		let verifying = self.verifying.as_secs_f64();
		if verifying > 0.0 {
			self.solving.as_secs_f64() / verifying
		} else {
			0.0
		}
	}
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
	let begin = Instant::now();
	let done = work();
	(done, begin.elapsed())
}

fn percent(part: u64, whole: u64) -> f64 {
	if whole == 0 {
		0.0
	} else {
		part as f64 * 100.0 / whole as f64
	}
}

/// Feeds the arrivals to the machines in order. `None` when the machines cannot be indexed.
pub fn replay(trace: &Trace, mode: Mode) -> Option<(Vec<Line>, Report)> {
	let begin = Instant::now();
	let machines = trace.nodes.iter().map(|node| (node.class, node.room));
	let mut fleet = Fleet::new(machines, mode.weights())?;
	let mut report = Report {
		capacity: trace.nodes.iter().map(|node| u64::from(node.room.total())).sum(),
		..Report::default()
	};
	let mut lines = Vec::with_capacity(trace.arrivals.len());
	let mut solver = Solver::default();
	// The arrival of each lease.
	let mut arrivals = Vec::new();
	for (arrival, request) in trace.arrivals.iter().map(|arrival| arrival.request).enumerate() {
		fleet.note(&request);
		let counts = fleet.index.counts();
		let mut found = if mode == Mode::Bounded {
			match fleet.choose(&request) {
				Choice::Found(found) => found.first().map(|best| (best.machine, best.taken)),
				Choice::Full => None,
				Choice::HintRequired => {
					report.hints_required += 1;
					report.hints_that_fit += usize::from(fleet.fits(&request));
					None
				}
			}
		} else {
			let (found, mut time) = timed(|| fleet.search(&request));
			// Whether it was the search that took so long or the machine that was busy, its best time tells.
			for _ in 0..20 {
				if time > report.longest_search {
					time = time.min(timed(|| fleet.search(&request)).1);
				}
			}
			report.longest_search = report.longest_search.max(time);
			found.map(|best| (best.machine, best.taken))
		};
		if found.is_none() && mode == Mode::Moves {
			let allowed = report.placed / PLACEMENTS_PER_MOVE - report.moves;
			let (room, solving) = timed(|| solver.make_room(&fleet, &request, allowed));
			if let Some((moves, machine)) = room {
				let (applied, verifying) = timed(|| fleet.apply(&moves));
				if applied.is_ok() {
					report.verifying += verifying;
					report.solving += solving;
					report.moves += moves.len();
					lines.extend(moves.iter().map(|step| {
						Line::Move(arrivals[step.lease.0 as usize], step.machine.0 as usize, step.taken)
					}));
					let room = fleet.machines[machine.0 as usize].entry.room;
					let way = room.ways(&request.demand).next();
					found = way.map(|(taken, _)| (machine, taken));
				}
			}
		}
		let placed = found.filter(|(machine, taken)| fleet.place(request, *machine, *taken).is_some());
		let after = fleet.index.counts();
		// Beside the index, a placement reads and writes what each acceptable class is asked for.
		let classes = fleet.accepted(&request).count() as u64;
		let cost = (after.0 - counts.0 + classes, after.1 - counts.1 + classes);
		report.most = (report.most.0.max(cost.0), report.most.1.max(cost.1));
		report.sums = (report.sums.0 + cost.0, report.sums.1 + cost.1);
		match placed {
			Some(_) => {
				report.placed += 1;
				report.allocated += u64::from(request.demand.devices.milli());
				arrivals.push(arrival);
			}
			None => report.rejected += 1,
		}
		lines.push(Line::Arrival(arrival, placed.map(|(machine, taken)| (machine.0 as usize, taken))));
	}
	report.time = begin.elapsed();
	Some((lines, report))
}
