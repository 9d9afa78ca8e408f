//! Tests, grouped by call.

mod acknowledge;
mod classes;
mod close_commitment;
mod commit;
mod efficiency;
mod evacuate;
mod histories;
mod machines;
mod place;
mod prune_lease;
mod ran;
mod register_machine;
mod sweep_acknowledgement;
mod uncommit;
mod worker;
