//! Traces: machines and arrivals from CSV files.

use crate::fleet::Request;
use csv::StringRecord;
use exabits_math::placement::{shape::DEVICES, Demand, DeviceDemand, Room, WHOLE};
use std::{
	collections::{HashMap, HashSet},
	path::{Path, PathBuf},
};

/// The most classes that a trace can name.
pub const CLASSES: usize = 64;

/// What is wrong with a file.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// It cannot be opened or read.
	#[error("{0}: {1}")]
	File(PathBuf, String),
	/// A column is missing.
	#[error("{0}: row 1: there is no column {1}")]
	Column(PathBuf, &'static str),
	/// A row is wrong.
	#[error("{0}: row {1}: {2}")]
	Row(PathBuf, u64, String),
}

/// A machine of a trace.
#[derive(Clone, Debug)]
pub struct Node {
	/// Its name.
	pub name: String,
	/// The index of its model in [`Trace::models`].
	pub class: u32,
	/// Its number of devices.
	pub devices: u8,
	/// What it has free when empty.
	pub room: Room,
}

/// A request of a trace.
#[derive(Clone, Debug)]
pub struct Arrival {
	/// Its name.
	pub name: String,
	/// What it asks for.
	pub request: Request,
}

/// Machines and the requests for them in the order of arrival.
#[derive(Clone, Debug)]
pub struct Trace {
	/// Names of the models, which are the classes.
	pub models: Vec<String>,
	/// The machines.
	pub nodes: Vec<Node>,
	/// The requests.
	pub arrivals: Vec<Arrival>,
}

impl Trace {
	/// Reads both files.
	///
	/// Machines have the columns `sn,cpu_milli,memory_mib,gpu,model` and at most 16 devices; arrivals have
	/// `name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec`, where `gpu_milli` is the share of one device when
	/// `num_gpu` is 1, and `gpu_spec` lists acceptable models joined by `|`, empty for any.
	pub fn read(nodes: &Path, arrivals: &Path) -> Result<Self, Error> {
		let mut models: Vec<String> = Vec::new();
		let nodes = rows(nodes, ["sn", "cpu_milli", "memory_mib", "gpu", "model"], |row| {
			let name = row.name(0)?;
			let devices = row.number(3, DEVICES as u32)?;
			let model = row.text(4);
			if model.is_empty() {
				return Err("model is empty".into());
			}
			let class = models.iter().position(|known| known == model).unwrap_or_else(|| {
				models.push(model.into());
				models.len() - 1
			});
			if models.len() > CLASSES {
				return Err(format!("more than {CLASSES} models"));
			}
			let free = vec![WHOLE; devices as usize];
			let room = Room::new(row.number(1, u32::MAX)?, row.number(2, u32::MAX)?, &free)
				.ok_or("too many devices")?;
			Ok(Node { name, class: class as u32, devices: devices as u8, room })
		})?;
		let known: HashMap<&str, usize> =
			models.iter().enumerate().map(|(class, model)| (model.as_str(), class)).collect();
		let columns = ["name", "cpu_milli", "memory_mib", "num_gpu", "gpu_milli", "gpu_spec"];
		let arrivals = rows(arrivals, columns, |row| {
			let name = row.name(0)?;
			let milli = row.number(4, u32::from(WHOLE))? as u16;
			let devices = match (row.number(3, DEVICES as u32)?, milli) {
				(0, 0) => DeviceDemand::None,
				(0, _) => return Err("gpu_milli must be 0 when num_gpu is 0".into()),
				(_, 0) => return Err("gpu_milli is 0".into()),
				(1, milli) if milli < WHOLE => DeviceDemand::Share(milli),
				(count, WHOLE) => DeviceDemand::Whole(count as u8),
				_ => return Err("gpu_milli must be 1000 when num_gpu is above 1".into()),
			};
			let demand = Demand {
				vcpu_milli: row.number(1, u32::MAX)?,
				memory_mib: row.number(2, u32::MAX)?,
				devices,
			};
			if !demand.is_valid() {
				return Err("the request asks for nothing".into());
			}
			let mut classes = 0u64;
			for model in row.text(5).split('|').filter(|_| !row.text(5).is_empty()) {
				let class = known.get(model).ok_or_else(|| format!("unknown model {model:?}"))?;
				classes |= 1 << class;
			}
			let classes = if classes == 0 { u64::MAX } else { classes };
			Ok(Arrival { name, request: Request { demand, classes } })
		})?;
		Ok(Self { models, nodes, arrivals })
	}
}

/// One row of a file.
struct Row<'a> {
	record: &'a StringRecord,
	columns: &'a [(&'static str, usize)],
	names: &'a mut HashSet<String>,
}

impl Row<'_> {
	fn text(&self, column: usize) -> &str {
		self.record.get(self.columns[column].1).unwrap_or_default().trim()
	}

	/// A name that no other row has.
	fn name(&mut self, column: usize) -> Result<String, String> {
		let (title, name) = (self.columns[column].0, self.text(column).to_owned());
		if name.is_empty() {
			return Err(format!("{title} is empty"));
		}
		if name.contains([',', '"', '\n', '\r']) || name == "move" {
			return Err(format!("{title} {name:?} cannot be written to a list"));
		}
		if !self.names.insert(name.clone()) {
			return Err(format!("{title} {name} was there before"));
		}
		Ok(name)
	}

	fn number(&self, column: usize, most: u32) -> Result<u32, String> {
		let (title, text) = (self.columns[column].0, self.text(column));
		match text.parse() {
			Ok(number) if number <= most => Ok(number),
			Ok(_) => Err(format!("{title} {text} is above {most}")),
			Err(_) => Err(format!("{title} {text:?} is not a whole number from 0 to {most}")),
		}
	}
}

/// Reads a file with these columns, in any order and among others.
fn rows<T, const N: usize>(
	path: &Path,
	titles: [&'static str; N],
	mut read: impl FnMut(&mut Row) -> Result<T, String>,
) -> Result<Vec<T>, Error> {
	let file = |error: csv::Error| match (error.position().cloned(), error.kind()) {
		(Some(position), csv::ErrorKind::UnequalLengths { expected_len, len, .. }) => Error::Row(
			path.into(),
			position.line(),
			format!("there are {len} fields instead of {expected_len}"),
		),
		(Some(position), csv::ErrorKind::Utf8 { .. }) => {
			Error::Row(path.into(), position.line(), "this is not UTF-8".into())
		}
		_ => Error::File(path.into(), error.to_string()),
	};
	let mut reader = csv::Reader::from_path(path).map_err(file)?;
	let header = reader.headers().map_err(file)?.clone();
	let mut columns = Vec::with_capacity(N);
	for title in titles {
		let found = header.iter().position(|column| column.trim() == title);
		columns.push((title, found.ok_or_else(|| Error::Column(path.into(), title))?));
	}
	let (mut names, mut result) = (HashSet::new(), Vec::new());
	for record in reader.records() {
		let record = record.map_err(file)?;
		let line = record.position().map_or(0, csv::Position::line);
		let mut row = Row { record: &record, columns: &columns, names: &mut names };
		result.push(read(&mut row).map_err(|what| Error::Row(path.into(), line, what))?);
	}
	if result.is_empty() {
		return Err(Error::File(path.into(), "there are no rows".into()));
	}
	Ok(result)
}
