//! The grid of prices.
//!
//! Tick `t` stands for `LOWEST × 2^(t/128)`, rounded to the nearest unit: each price is 0.54 % above the one
//! before, the price doubles every 128 ticks, and [`TICKS`] of them reach from 0.00001 EXA to almost 42,950 EXA
//! for one whole UTC. The roots are a table of integers in Q63, each the nearest to the true value, so that a
//! price is off by at most half a unit and one part in 2⁶³: less than six parts in 10⁸ of the lowest price, and
//! less the higher it is.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use exabits_primitives::Balance;
use scale_info::TypeInfo;

/// Prices of the grid.
pub const TICKS: u16 = 4_096;
/// Ticks of a page.
pub const PAGE: u16 = 64;
/// Pages of a side.
pub const PAGES: u8 = 64;
const _: () = assert!(PAGE * PAGES as u16 == TICKS);

/// The price of tick zero: 0.00001 EXA for one whole UTC.
pub const LOWEST: Balance = 10_000_000;

/// Ticks in which the price doubles.
const OCTAVE: u16 = 128;

/// 2^(k/128) in Q63, rounded to the nearest.
#[rustfmt::skip]
const ROOTS: [u64; OCTAVE as usize] = [
	0x8000000000000000, 0x80b1ed4fd999ab6c, 0x8164d1f3bc030773, 0x8218af4373fc25ec,
	0x82cd8698ac2ba1d7, 0x8383594eefb6ee37, 0x843a28c3acde4046, 0x84f1f656379c1a29,
	0x85aac367cc487b15, 0x8664915b923fba04, 0x871f61969e8d1010, 0x87db357ff698d792,
	0x88980e8092da8527, 0x8955ee03618e5fdd, 0x8a14d575496efd9a, 0x8ad4c6452c728924,
	0x8b95c1e3ea8bd6e7, 0x8c57c9c4646f4dde, 0x8d1adf5b7e5ba9e6, 0x8ddf042022e69cd6,
	0x8ea4398b45cd53c0, 0x8f6a8117e6c8e5c4, 0x9031dc431466b1dc, 0x90fa4c8beee4b12b,
	0x91c3d373ab11c336, 0x928e727d9531f9ac, 0x935a2b2f13e6e92c, 0x9426ff0fab1c04b6,
	0x94f4efa8fef70961, 0x95c3fe86d6cc7fef, 0x96942d3720185a00, 0x97657d49f17ab08e,
	0x9837f0518db8a96f, 0x990b87e266c189aa, 0x99e0459320b7fa65, 0x9ab62afc94ff864a,
	0x9b8d39b9d54e5539, 0x9c6573682ec32c2d, 0x9d3ed9a72cffb751, 0x9e196e189d472420,
	0x9ef5326091a111ae, 0x9fd228256400dd06, 0xa0b0510fb9714fc2, 0xa18faeca8544b6e4,
	0xa27043030c496819, 0xa3520f68e802bb93, 0xa43515ae09e6809e, 0xa5195786be9ef339,
	0xa5fed6a9b15138ea, 0xa6e594cfeee86b1e, 0xa7cd93b4e965356a, 0xa8b6d5167b320e09,
	0xa9a15ab4ea7c0ef8, 0xaa8d2652ec907629, 0xab7a39b5a93ed337, 0xac6896a4be3fe929,
	0xad583eea42a14ac6, 0xae493452ca35b80e, 0xaf3b78ad690a4375, 0xb02f0dcbb6e04584,
	0xb123f581d2ac2590, 0xb21a31a66618fe3b, 0xb311c412a9112489, 0xb40aaea2654b9841,
	0xb504f333f9de6484, 0xb60093a85ed5f76c, 0xb6fd91e328d17791, 0xb7fbefca8ca41e7c,
	0xb8fbaf4762fb9ee9, 0xb9fcd2452c0b9deb, 0xbaff5ab2133e45fb, 0xbc034a7ef2e9fb0d,
	0xbd08a39f580c36bf, 0xbe0f6809860993e2, 0xbf1799b67a731083, 0xc0213aa1f0d08db0,
	0xc12c4cca66709456, 0xc238d2311e3d6673, 0xc346ccda24976407, 0xc4563ecc5334cb33,
	0xc5672a115506dadd, 0xc67990b5aa245f79, 0xc78d74c8abb9b15d, 0xc8a2d85c8ffe2c45,
	0xc9b9bd866e2f27a3, 0xcad2265e4290774e, 0xcbec14fef2727c5d, 0xcd078b86503dcdd2,
	0xce248c151f8480e4, 0xcf4318cf191918c1, 0xd06333daef2b2595, 0xd184df6251699ac6,
	0xd2a81d91f12ae45a, 0xd3ccf099859ac379, 0xd4f35aabcfedfa1f, 0xd61b5dfe9f9bce07,
	0xd744fccad69d6af4, 0xd870394c6db32c84, 0xd99d15c278afd7b6, 0xdacb946f2ac9cc72,
	0xdbfbb797daf23755, 0xdd2d818508324c20, 0xde60f4825e0e9124, 0xdf9612deb8f04420,
	0xe0ccdeec2a94e111, 0xe2055afffe83d369, 0xe33f8972be8a5a51, 0xe47b6ca0373da88d,
	0xe5b906e77c8348a8, 0xe6f85aaaee1fce22, 0xe8396a503c4bdc68, 0xe97c38406c4f8c57,
	0xeac0c6e7dd24392f, 0xec0718b64c1cbddc, 0xed4f301ed9942b84, 0xee990f980da3025b,
	0xefe4b99bdcdaf5cb, 0xf13230a7ad094509, 0xf281773c59ffb13a, 0xf3d28fde3a641a5b,
	0xf5257d152486cc2c, 0xf67a416c733f846e, 0xf7d0df730ad13bb9, 0xf92959bb5dd4ba74,
	0xfa83b2db722a033a, 0xfbdfed6ce5f09c49, 0xfd3e0c0cf486c175, 0xfe9e115c7b8f884c,
];

/// A price of the grid, by its number.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Hash,
	Debug,
)]
pub struct Tick(u16);

impl Tick {
	/// The lowest price.
	pub const MIN: Self = Self(0);
	/// The highest price.
	pub const MAX: Self = Self(TICKS - 1);

	/// The tick of this number; `None` off the grid.
	pub fn new(number: u16) -> Option<Self> {
		(number < TICKS).then_some(Self(number))
	}

	/// Its number.
	pub fn number(self) -> u16 {
		self.0
	}

	/// The tick at `place` of `page`; `None` off the grid.
	pub fn at(page: u8, place: u8) -> Option<Self> {
		let number = u16::from(page).checked_mul(PAGE)?.checked_add(place.into())?;
		(u16::from(place) < PAGE).then_some(())?;
		Self::new(number)
	}

	/// The page that it is in.
	pub fn page(self) -> u8 {
		// Below `PAGES`, since the number is below `TICKS`.
		u8::try_from(self.0 / PAGE).unwrap_or(PAGES)
	}

	/// Where in its page it is.
	pub fn place(self) -> u8 {
		// Below `PAGE`.
		u8::try_from(self.0 % PAGE).unwrap_or(0)
	}

	/// The tick above.
	pub fn next(self) -> Option<Self> {
		self.0.checked_add(1).and_then(Self::new)
	}

	/// The tick below.
	pub fn previous(self) -> Option<Self> {
		self.0.checked_sub(1).map(Self)
	}

	/// The tick in the middle between this one and `other`, rounded down.
	pub fn midpoint(self, other: Self) -> Self {
		Self(self.0.midpoint(other.0))
	}

	/// The price of one whole UTC in the smallest units of EXA.
	pub fn price(self) -> Balance {
		let root = ROOTS.get(usize::from(self.0 % OCTAVE)).copied().map_or(0, Balance::from);
		// At most 24 + 64 + 31 bits.
		let scaled = LOWEST.saturating_mul(root) << (self.0 / OCTAVE);
		(scaled >> 63).saturating_add(scaled >> 62 & 1)
	}

	/// The highest tick whose price is at most `price`; `None` below the grid.
	pub fn at_most(price: Balance) -> Option<Self> {
		let (mut low, mut high) = (0u16, TICKS);
		// Prices below `low` are at most `price`, those from `high` on are not.
		while low < high {
			let middle = low.midpoint(high);
			if Self(middle).price() <= price {
				low = middle.saturating_add(1);
			} else {
				high = middle;
			}
		}
		low.checked_sub(1).map(Self)
	}
}
