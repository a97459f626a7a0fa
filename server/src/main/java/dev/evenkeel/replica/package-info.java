/// The storage replica and the storage node.
///
/// A **write** goes: [StorageReplica#write] → evaluated on the newest state (applied state plus the
/// entries in flight) → an [Entry] of after-images → appended to the node's log → durable on a
/// quorum → applied to the ordered store, in slot order, a batch at a time → answered. There is one
/// replica per group today, so its own log is the quorum; the seam for the others is
/// [StorageReplica#durable].
///
/// A consistent **read** looks at applied state on the caller's thread when what it needs is in
/// memory, else on the small pool for reads.
///
/// ```
/// entry    = version (1: 0x01) ‖ commit time (8: µs since 1970) ‖ growth ‖ count (4) ‖ mutation*
/// mutation = 0x01 put          ‖ key length (4) ‖ key ‖ value length (4) ‖ value
///          | 0x02 delete       ‖ key length (4) ‖ key
///          | 0x03 delete range ‖ length (4) ‖ from ‖ length (4) ‖ to       [from, to)
/// state    = version (1: 0x01) ‖ applied slot (8) ‖ totals
/// growth, totals: see Growth
/// ```
///
/// Invariants:
/// - Requests ([ItemWrite], [PageRead]) and outcomes are data: conditions and updates are trees,
///   not code, so that whoever calls a replica may be on another node.
/// - Entries carry after-images, never expressions: replay is deterministic.
/// - An item, its local index entries, its collection's size and the replica's applied slot change
///   in one atomic batch of the store. After a crash the store is at some applied slot, and the log
///   holds every later entry.
/// - An answer that depends on an entry in flight (a failed condition, an old image) is held until
///   that entry is applied.
/// - The log is released only up to the slot that a finished flush of the store covers.
///
/// Threads: everything that changes a replica runs in its serial executor. Reads come from any
/// thread. Failure: a log that failed once, or a store that cannot be written, ends the replica's
/// writes; what was in flight is answered as *unknown*, never as failed.
@NullMarked
package dev.evenkeel.replica;

import org.jspecify.annotations.NullMarked;
