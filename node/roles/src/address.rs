//! Which addresses an anchor talks to.
//!
//! An endpoint is what a stranger wrote on the chain. An anchor that connected wherever it says could be
//! used to reach services inside the anchor's own network, so names are resolved first, the addresses are
//! checked, and the connection goes to a checked address.

use std::{
	net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
	sync::Arc,
	time::Duration,
};
use tokio::sync::Semaphore;

/// Lookups that may be under way at once; a slow name server holds one each.
const MAX_LOOKUPS: usize = 16;
/// Addresses of one name that are looked at.
const MAX_ADDRESSES: usize = 16;
/// The longest endpoint, as on the chain.
const MAX_ENDPOINT: usize = exabits_primitives::MAX_ENDPOINT as usize;

/// An endpoint that an anchor does not probe.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
	/// Not of the form `http://host:port`.
	#[error("the endpoint is not of the form http://host:port")]
	Form,
	/// The name has no address, or none was found in time.
	#[error("the endpoint's name does not resolve")]
	Unresolved,
	/// It leads to an address that anchors do not connect to.
	#[error("the endpoint leads to {0}, which is not a public address")]
	Refused(IpAddr),
}

/// The parts of a well-formed endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
	/// Name or address, without brackets.
	pub host: String,
	/// Never zero.
	pub port: u16,
}

impl Endpoint {
	/// Reads `http://host:port`: at most 128 bytes, nothing before the host, nothing after the port.
	pub fn parse(raw: &[u8]) -> Result<Self, AddressError> {
		let text = std::str::from_utf8(raw).map_err(|_| AddressError::Form)?;
		let (host, port) = text
			.strip_prefix("http://")
			.filter(|_| raw.len() <= MAX_ENDPOINT)
			.and_then(|rest| rest.rsplit_once(':'))
			.ok_or(AddressError::Form)?;
		let digits = !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit());
		let port = port.parse().ok().filter(|port| digits && *port != 0).ok_or(AddressError::Form)?;
		let named = |b: u8| b.is_ascii_alphanumeric() || b == b'.' || b == b'-';
		let host = match host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
			Some(inner) if inner.parse::<Ipv6Addr>().is_ok() => inner,
			None if !host.is_empty() && host.bytes().all(named) => host,
			_ => return Err(AddressError::Form),
		};
		Ok(Self { host: host.into(), port })
	}

	/// The value of the `Host` header.
	pub fn authority(&self) -> String {
		match self.host.contains(':') {
			true => format!("[{}]:{}", self.host, self.port),
			false => format!("{}:{}", self.host, self.port),
		}
	}
}

/// Resolves endpoints to addresses that may be connected to.
#[derive(Clone)]
pub struct Resolver {
	allow_local: bool,
	timeout: Duration,
	lookups: Arc<Semaphore>,
}

impl Resolver {
	/// `allow_local` admits private, loopback and link-local addresses: for development networks only.
	pub fn new(allow_local: bool, timeout: Duration) -> Self {
		Self { allow_local, timeout, lookups: Arc::new(Semaphore::new(MAX_LOOKUPS)) }
	}

	/// The first permitted address of the endpoint.
	pub async fn resolve(&self, endpoint: &Endpoint) -> Result<SocketAddr, AddressError> {
		let found = self.lookup(endpoint).await.ok_or(AddressError::Unresolved)?;
		let first = found.first().ok_or(AddressError::Unresolved)?.ip();
		found
			.into_iter()
			.find(|address| is_permitted(address.ip(), self.allow_local))
			.ok_or(AddressError::Refused(first))
	}

	async fn lookup(&self, endpoint: &Endpoint) -> Option<Vec<SocketAddr>> {
		if let Ok(ip) = endpoint.host.parse::<IpAddr>() {
			return Some(vec![SocketAddr::new(ip, endpoint.port)]);
		}
		let lookup = async {
			let permit = self.lookups.clone().acquire_owned().await.ok()?;
			let target = (endpoint.host.clone(), endpoint.port);
			// A lookup cannot be cancelled. It goes on in a task of its own, which keeps the permit until it
			// has really ended, so that slow names cannot pile up threads.
			let task = tokio::spawn(async move {
				let found =
					tokio::net::lookup_host(target).await.map(|all| all.take(MAX_ADDRESSES).collect());
				drop(permit);
				found.ok()
			});
			task.await.ok().flatten()
		};
		tokio::time::timeout(self.timeout, lookup).await.ok().flatten()
	}
}

/// Whether an anchor may connect there. Never to nobody, to everybody, or to reserved ranges.
pub fn is_permitted(ip: IpAddr, allow_local: bool) -> bool {
	match ip {
		IpAddr::V4(ip) => permitted_v4(ip, allow_local),
		IpAddr::V6(ip) => permitted_v6(ip, allow_local),
	}
}

fn permitted_v4(ip: Ipv4Addr, allow_local: bool) -> bool {
	let [a, b, c, _] = ip.octets();
	let never = a == 0 // "this network"
		|| ip.is_multicast()
		|| a >= 240 // reserved, and broadcast
		|| ip.is_documentation()
		|| (a == 192 && b == 0 && c == 0) // protocol assignments
		|| (a == 192 && b == 88 && c == 99) // 6to4 relays
		|| (a == 198 && (b & 0xfe) == 18); // benchmarking
	let local = ip.is_loopback() || ip.is_private() || ip.is_link_local() || (a == 100 && (b & 0xc0) == 64);
	!never && (allow_local || !local)
}

fn permitted_v6(ip: Ipv6Addr, allow_local: bool) -> bool {
	if let Some(inner) = ip.to_ipv4_mapped() {
		return permitted_v4(inner, allow_local);
	}
	let s = ip.segments();
	let embedded = |high: u16, low: u16| {
		let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
		permitted_v4(Ipv4Addr::new(a, b, c, d), allow_local)
	};
	match s {
		[0, 0, 0, 0, 0, 0, 0, 1] => allow_local,
		// Translated by the network into the IPv4 address inside.
		[0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => embedded(high, low),
		// Unique local and link-local.
		[first, ..] if (first & 0xfe00) == 0xfc00 || (first & 0xffc0) == 0xfe80 => allow_local,
		// Protocol assignments (Teredo and others), documentation.
		[0x2001, second, ..] if second < 0x200 || second == 0xdb8 => false,
		[0x3fff, second, ..] if second < 0x1000 => false,
		// Everything else that is meant to be reached lies in 2000::/3.
		[first, ..] => (first & 0xe000) == 0x2000,
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn reads_only_the_plain_form() {
		let endpoint = Endpoint::parse(b"http://gpu-7.example.org:8080").unwrap();
		assert_eq!((endpoint.host.as_str(), endpoint.port), ("gpu-7.example.org", 8080));
		assert_eq!(endpoint.authority(), "gpu-7.example.org:8080");
		let endpoint = Endpoint::parse(b"http://[2001:db8::7]:80").unwrap();
		assert_eq!((endpoint.host.as_str(), endpoint.port), ("2001:db8::7", 80));
		assert_eq!(endpoint.authority(), "[2001:db8::7]:80");
		for bad in [
			"",
			"http://",
			"http://host",
			"http://:80",
			"http://host:0",
			"http://host:65536",
			"http://host:+80",
			"http://host:80/",
			"http://host:80/path",
			"http://user@host:80",
			"http://host:80?q",
			"http://2001:db8::7:80",
			"http://[host]:80",
			"http://a b:80",
			"http://a\r\nb:80",
			"https://host:80",
			"HTTP://host:80",
			"ftp://host:80",
		] {
			assert_eq!(Endpoint::parse(bad.as_bytes()), Err(AddressError::Form), "{bad:?}");
		}
		assert_eq!(Endpoint::parse(b"http://\xff:80"), Err(AddressError::Form));
		let longest = format!("http://{}:80", "a".repeat(MAX_ENDPOINT - 10));
		assert_eq!(longest.len(), MAX_ENDPOINT);
		assert!(Endpoint::parse(longest.as_bytes()).is_ok());
		assert_eq!(Endpoint::parse(longest.replace("//", "//a").as_bytes()), Err(AddressError::Form));
	}

	#[test]
	fn sorts_addresses() {
		let (public, local, never) = (
			["1.1.1.1", "192.167.1.1", "100.128.0.1", "172.32.0.1", "2606:4700::1", "::ffff:8.8.8.8"],
			[
				"127.0.0.1",
				"10.0.0.1",
				"172.16.0.1",
				"192.168.1.1",
				"169.254.169.254",
				"100.64.0.1",
				"::1",
				"fe80::1",
				"fd00::1",
				"::ffff:127.0.0.1",
				"64:ff9b::a00:1",
				"2002:7f00:1::1",
			],
			[
				"0.0.0.0",
				"0.1.2.3",
				"255.255.255.255",
				"224.0.0.1",
				"240.0.0.1",
				"192.0.2.1",
				"198.18.0.1",
				"198.19.0.1",
				"192.0.0.8",
				"::",
				"ff02::1",
				"2001:db8::1",
				"2001::1",
				"::7f00:1",
				"100::1",
				"fec0::1",
				"64:ff9b:1::1",
				"3fff::1",
			],
		);
		for ip in public {
			assert!(is_permitted(ip.parse().unwrap(), false), "{ip}");
			assert!(is_permitted(ip.parse().unwrap(), true), "{ip}");
		}
		for ip in local {
			assert!(!is_permitted(ip.parse().unwrap(), false), "{ip}");
			assert!(is_permitted(ip.parse().unwrap(), true), "{ip}");
		}
		for ip in never {
			assert!(!is_permitted(ip.parse().unwrap(), false), "{ip}");
			assert!(!is_permitted(ip.parse().unwrap(), true), "{ip}");
		}
	}

	#[tokio::test]
	async fn checks_what_a_name_leads_to() {
		let strict = Resolver::new(false, Duration::from_secs(2));
		let open = Resolver::new(true, Duration::from_secs(2));
		// Names of the machine itself, and spellings of an address that only the resolver understands.
		for host in ["localhost", "127.1", "2130706433"] {
			let endpoint = Endpoint { host: host.into(), port: 80 };
			match strict.resolve(&endpoint).await {
				Err(AddressError::Refused(ip)) => assert!(ip.is_loopback()),
				other => assert_eq!(other, Err(AddressError::Unresolved), "{host}"),
			}
		}
		let endpoint = Endpoint { host: "localhost".into(), port: 81 };
		let address = open.resolve(&endpoint).await.unwrap();
		assert!(address.ip().is_loopback() && address.port() == 81);
	}
}
