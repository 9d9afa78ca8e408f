//! What the demo prints while it runs and at its end.

use std::time::Instant;

/// Amounts of EXA for people.
pub fn exa(amount: u128) -> String {
	let one = exabits_runtime::EXA;
	format!("{}.{:06} EXA", amount / one, amount % one / 1_000_000)
}

/// Something that the chain had to say, and the bound that it was held to.
struct Shown {
	name: String,
	value: String,
	bound: String,
}

/// Progress and results.
pub struct Report {
	started: Instant,
	steps: Vec<(String, f64)>,
	facts: Vec<(String, String)>,
	shown: Vec<Shown>,
	before: Vec<(String, String)>,
	after: Vec<(String, String)>,
}

impl Default for Report {
	fn default() -> Self {
		Self {
			started: Instant::now(),
			steps: Vec::new(),
			facts: Vec::new(),
			shown: Vec::new(),
			before: Vec::new(),
			after: Vec::new(),
		}
	}
}

impl Report {
	/// A step begins.
	pub fn step(&mut self, name: &str) {
		let at = self.started.elapsed().as_secs_f64();
		self.steps.push((name.into(), at));
		println!("[{at:6.1} s] {:2}. {name}", self.steps.len());
	}

	/// Something learned on the way.
	pub fn fact(&mut self, name: &str, value: &str) {
		println!("                {name}: {value}");
		self.facts.push((name.into(), value.into()));
	}

	/// An amount learned on the way.
	pub fn money(&mut self, name: &str, amount: u128) {
		self.fact(name, &exa(amount));
	}

	/// Something learned from the chain that had to be within a bound, and was.
	pub fn shown(&mut self, name: &str, value: &str, bound: &str) {
		println!("                {name}: {value} ({bound})");
		self.shown.push(Shown { name: name.into(), value: value.into(), bound: bound.into() });
	}

	/// The name of the step that is going on.
	pub fn current(&self) -> &str {
		self.steps.last().map_or("start", |(name, _)| name)
	}

	/// What the chain said at a moment.
	pub fn balances(&mut self, moment: &str, rows: Vec<(String, String)>) {
		if moment == "before" {
			self.before = rows;
		} else {
			self.after = rows;
		}
	}

	fn changed(&self) -> impl Iterator<Item = (&str, &str, &str)> {
		self.before
			.iter()
			.zip(&self.after)
			.filter(|(before, after)| before.1 != after.1)
			.map(|(before, after)| (before.0.as_str(), before.1.as_str(), after.1.as_str()))
	}

	/// Prints what was held to a bound, and every balance and state that changed.
	pub fn table(&self) {
		println!("\n{:<40} {:>22}   bound", "seen on the chain", "value");
		for Shown { name, value, bound } in &self.shown {
			println!("{name:<40} {value:>22}   {bound}");
		}
		println!("\n{:<28} {:>26} {:>32}", "read from the chain", "before", "after");
		for (name, before, after) in self.changed() {
			println!("{name:<28} {before:>26} {after:>32}");
		}
		println!("\n{} steps in {:.1} s", self.steps.len(), self.started.elapsed().as_secs_f64());
	}

	/// The same as JSON.
	pub fn json(&self) -> serde_json::Value {
		serde_json::json!({
			"steps": self.steps.iter().map(|(name, at)| serde_json::json!({"name": name, "at_seconds": at})).collect::<Vec<_>>(),
			"facts": self.facts.iter().cloned().collect::<std::collections::BTreeMap<_, _>>(),
			"shown": self.shown.iter().map(|shown| serde_json::json!({"name": shown.name, "value": shown.value, "bound": shown.bound})).collect::<Vec<_>>(),
			"changed": self.changed().map(|(name, before, after)| serde_json::json!({"name": name, "before": before, "after": after})).collect::<Vec<_>>(),
			"seconds": self.started.elapsed().as_secs_f64(),
		})
	}
}
