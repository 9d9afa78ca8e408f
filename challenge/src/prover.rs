//! The prover: computes the chain, and computes it again to open what is asked.

use crate::{
	derive::LinkKey,
	query::{opened, Place},
	Challenge, Commitment, Engine, EngineError, Hash, Query, Response, RowOpening,
};
use std::{
	collections::BTreeMap,
	sync::atomic::{AtomicBool, Ordering},
};

/// What a prover keeps of a chain that it computed: the roots, 32 bytes for each link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
	challenge: Challenge,
	roots: Vec<Hash>,
}

impl Proof {
	/// What was asked.
	pub fn challenge(&self) -> &Challenge {
		&self.challenge
	}

	/// What is sent to the verifiers.
	pub fn commitment(&self) -> Commitment {
		Commitment::new(&self.challenge, &self.roots)
	}
}

/// Computes the chain of a challenge. Ends early, between two links, when `stop` is set.
pub fn prove<E: Engine + ?Sized>(
	engine: &mut E,
	challenge: &Challenge,
	stop: &AtomicBool,
) -> Result<Proof, EngineError> {
	let links = challenge.size.links();
	let mut roots: Vec<Hash> = Vec::with_capacity(links as usize);
	run(engine, challenge, links, stop, |engine, _| {
		let root = engine.root()?;
		roots.push(root);
		Ok(root)
	})?;
	Ok(Proof { challenge: *challenge, roots })
}

/// Opens what the queries ask, with one more run of the chain for all of them together, up to the last link that
/// is asked. The responses are in the order of the queries.
pub fn respond<E: Engine + ?Sized>(
	engine: &mut E,
	proof: &Proof,
	queries: &[Query],
	stop: &AtomicBool,
) -> Result<Vec<Response>, EngineError> {
	let Proof { challenge, roots } = proof;
	let commitment = proof.commitment();
	// Of each link the rows that are asked, with the query and the number in its response.
	let mut wanted: BTreeMap<u32, Vec<(u32, usize, usize)>> = BTreeMap::new();
	let mut responses: Vec<Vec<Option<RowOpening>>> = Vec::with_capacity(queries.len());
	for (query, asked) in queries.iter().enumerate() {
		let places = opened(challenge, roots, &asked.samples(challenge, &commitment));
		responses.push(vec![None; places.len()]);
		for (index, Place { link, row }) in places.into_iter().enumerate() {
			wanted.entry(link).or_default().push((row, query, index));
		}
	}
	let links = wanted.last_key_value().map_or(0, |(last, _)| last + 1);
	run(engine, challenge, links, stop, |engine, link| {
		if let Some(wanted) = wanted.get(&link) {
			if engine.root()? != roots[link as usize] {
				return Err(EngineError::Diverged(link));
			}
			let rows: Vec<u32> = wanted.iter().map(|(row, ..)| *row).collect();
			for (opening, (_, query, index)) in engine.open(&rows)?.into_iter().zip(wanted) {
				responses[*query][*index] = Some(opening);
			}
		}
		Ok(roots[link as usize])
	})?;
	let missing = || EngineError::Device("it did not open all rows".into());
	let response = |rows: Vec<Option<RowOpening>>| {
		let rows = rows.into_iter().collect::<Option<_>>().ok_or_else(missing)?;
		Ok(Response { roots: roots.clone(), rows })
	};
	responses.into_iter().map(response).collect()
}

/// Runs the first `links` of a chain. `committed` is called after each product and gives the link's root.
fn run<E: Engine + ?Sized>(
	engine: &mut E,
	challenge: &Challenge,
	links: u32,
	stop: &AtomicBool,
	mut committed: impl FnMut(&mut E, u32) -> Result<Hash, EngineError>,
) -> Result<(), EngineError> {
	let (seed, size) = (challenge.seed(), challenge.size);
	let mut chain = || {
		let mut key = LinkKey::new(&seed, size, 0, &[0; 32]);
		engine.begin(size, &key)?;
		for link in 0..links {
			if stop.load(Ordering::Relaxed) {
				return Err(EngineError::Stopped);
			}
			engine.multiply(&key)?;
			let root = committed(engine, link)?;
			if link + 1 < links {
				key = LinkKey::new(&seed, size, link + 1, &root);
				engine.advance(&key)?;
			}
		}
		Ok(())
	};
	let result = chain();
	engine.end();
	result
}
