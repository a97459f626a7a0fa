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
/// Messages to a replica on another node, and its answers ([RequestCodec], [OutcomeCodec]; parts of
/// a message: see `codec`; condition and update: see `expression`). The table's schema travels with
/// a write, since the leader's catalogue may be older than the sender's.
///
/// ```
/// request  = version (1: 0x01) ‖ kind (1) ‖ group (8) ‖
///   0x01 write  schema ‖ partition key (value) ‖ sort key (value; where the schema has one) ‖
///               condition? ‖ (0x01 put ‖ item | 0x02 delete | 0x03 modify ‖ update)
///   0x02 read   consistent (bool) ‖ stored key (bytes)
///   0x03 page   consistent (bool) ‖ from (bytes) ‖ to (bytes) ‖ descending (bool) ‖
///               items at most (varint) ‖ bytes at most (8) ‖ filter? ‖ (table id (8) ‖ keys)?
/// schema   = table id (8) ‖ name (text) ‖ keys ‖ count (varint) ‖ index*
/// index    = name (text) ‖ number (1) ‖ keys ‖ projection (1) ‖ count (varint) ‖ name (text)*
/// keys     = attribute ‖ attribute?          attribute = name (text) ‖ type (1: 0 S, 1 N, 2 B)
/// x?       = 0x00 | 0x01 ‖ x                 projection: 0 all, 1 keys only, 2 include
///
/// outcome  = version (1: 0x01) ‖ kind (1) ‖
///   0x01 applied           item before? ‖ item after? ‖ count (varint) ‖
///                          (index name (text) ‖ half units (8))* ‖ collection bytes (8)
///   0x02 condition failed  item?             0x03 rejected     error
///   0x04 unavailable       reason (text)     0x05 unknown      reason (text)
///   0x11 item              item?
///   0x21 page              count (varint) ‖ item* ‖ evaluated (varint) ‖ bytes (8) ‖
///                          fetched bytes (8) ‖ last item?
///   0x31 read failed       reason (text)     0x32 not leader   hint: node id or 0 (8)
/// error    = AWS's name (text) ‖ message (text)? ‖ members
/// members  = count (varint) ‖ (name (text) ‖ member)*
/// member   = 0x01 text | 0x02 item | 0x03 count (varint) ‖ member* | 0x04 members
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
