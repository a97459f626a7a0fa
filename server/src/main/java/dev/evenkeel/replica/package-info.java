/// The storage node: the replicas of a node's partitions, each a member of a replication group.
///
/// ```
/// router ─▶ StorageReplica ── Writes ──▶ paxos.Participant ──▶ AcceptorLog ─▶ the node's log
///                 │ reads        │ NewestState      │ messages ─▶ the node's Messenger ─▶ peers
///                 ▼              ▼                  ▼ chosen
///             ItemStore ◀──── Applier ◀──────────────        Restore: a snapshot, then the log
/// StorageNode: Ticker (support, busy replicas) · Checkpoints · Healing · NodeReceiver · Routes ·
///              HandOver (before a planned stop)
/// ```
///
/// A **write** is evaluated at the leader on the newest state (applied state plus the entries in
/// flight), becomes a [Command] of after-images, is proposed for the next slot, chosen when a
/// quorum of the members' logs has it durably, applied to the ordered store in slot order, and
/// answered. Writes that a batch sends to one leader are one entry ([BatchWrites]), and yet each
/// succeeds or fails alone. A **consistent read** looks at the leader's applied state while its
/// lease holds, checked before the read and after it; an **eventual** one at that of any storage
/// replica. Both run on the caller's thread when memory can answer, else on the small pool for
/// reads.
///
/// ```
/// command  = version (1: 0x03) ‖ commit time (8: µs since 1970) ‖ slot of its leader's barrier (8)
///            ‖ growth ‖ count (4) ‖ mutation*
/// mutation = 0x01 put          ‖ key length (4) ‖ key ‖ value length (4) ‖ value
///          | 0x02 delete       ‖ key length (4) ‖ key
///          | 0x03 delete range ‖ length (4) ‖ from ‖ length (4) ‖ to       [from, to)
///          | 0x04 note         ‖ place of the item's mutation (4) ‖ by the service (1)
///                              ‖ whether there was an item (1) ‖ (length (4) ‖ item before)?
///          | 0x05 stamp        ‖ length (4) ‖ key ‖ length (4) ‖ value
///                              puts slot (8) ‖ commit time (8) ‖ value
/// record   = version (1: 0x01) ‖ flags (1: 1 before, 2 after, 4 by the service) ‖ commit time (8)
///            ‖ (length (4) ‖ item)*
/// lock     = version (1: 0x01) ‖ transaction's id (16) ‖ key in the ledger (text) ‖ since (8: µs)
///          ‖ whether it locks an item (1) ‖ (write: see RequestCodec)?      epoch = number (8)
/// state    = version (1: 0x04) ‖ phase (1) ‖ applied slot (8) ‖ totals ‖ promised round (8), node (8)
///          ‖ log's base (8) ‖ newest barrier's slot (8) ‖ newest commit time (8)
///          ‖ length (4) ‖ configuration ‖ length (4) ‖ snapshot cursor
/// ```
///
/// A **change record** tells how one item changed: it is stored with the change, under the entry's
/// slot, in partitions that an index or a stream follows ([PartitionSchema]). What a partition does
/// with changes is part of its own state, changed by an entry ([Request.Configure]), since a
/// request's sender may know it too late. The entries that turn a stream on and off leave their
/// slots ([StreamSpan]): the stream shows the records between. [Retention] lets records go.
///
/// An **expiry entry** leads from a second to an item that expires in it ([ItemExpiry]); it changes
/// with the item. Items that were there before their table had an expiry attribute get theirs by
/// [Request.FillExpiry].
///
/// A **global index** is stored by a partition of its own like items ([GlobalIndexEntry]). It
/// follows its table's partition by batches ([IndexBatch]), each of which moves it from the very
/// [IndexPosition] that it has to the next one, in one entry: whoever sends a batch twice, late or
/// out of turn changes nothing and is told the position.
///
/// ```
/// batch    = base (8) ‖ position ‖ position ‖ entries (8) ‖ bytes (8) ‖ count (varint)
///            ‖ (key (bytes) ‖ whether it is put (bool) ‖ item?)*          in a message
/// position = slot (8) ‖ number (varint) ‖ filled (bytes)
/// ```
///
/// A **transaction** of one group is one entry. One of several locks its items with one entry in
/// each group and finishes with another ([Request.Prepare], [Request.Finish]); a locked item takes
/// no other write. What has to be known of locks is in memory ([Locks]); the store holds the same.
///
/// Growth and totals: see Growth. Log records: `LogRecords`. Messages: [NodeMessage]. Requests and
/// outcomes between nodes: [RequestCodec], [OutcomeCodec].
///
/// Messages between nodes ([NodeMessage], [NodeMessageCodec]) are a flat row of fields in
/// protobuf's wire format; which of them a kind has, the table says. A field that is missing is 0
/// or empty; a body or a configuration that is missing makes the message unreadable.
///
/// ```
/// 1 kind (varint)   2 group (fixed64)   3 body (bytes)   4 configuration (bytes: a Based record)
/// 5 node (fixed64)  6 number (varint)   7 flag (varint)  8 text   9 next (bytes)   10 totals (bytes)
/// 11 checksum (fixed32)   12 stalled (varint)
///
///  1 beat       body: support,           10 read answered  body: outcome
///               number: wall clock, µs
///               flag: disk is full, stalled
///  2 supports   body: support            11 page answered  body: outcome
///  3 farewell                            12 empty          group
///  4 protocol   group, body: message     13 open           group, configuration, number: slot,
///  5 no such replica  group                                flag: joins
///  6 not member group, configuration     14 drop   group   15 has   group
///  7 leads      group, configuration,    16 done   text: problem
///               node, number: generation 17 fetch  group, next: from, number: bytes at most
///  8 ask        body: request            18 piece  body: pairs, text: problem, number: applied,
///  9 write answered   body: outcome                next, totals, checksum
///                                        19 changes answered  body: outcome
///                                        20 together answered  body: outcome
/// ```
///
/// Invariants:
/// - Commands carry after-images, never expressions: replay is deterministic, and may begin at any
///   slot that is not behind the state it is applied to.
/// - An item, its local index entries, its collection's size and the replica's state change in one
///   atomic batch. After a crash the store is at some applied slot, and the log holds what is
///   newer.
/// - Nothing is evaluated before everything up to the leader's barrier is applied, and nothing is
///   answered by a replica whose lease does not hold. An answer that depends on an entry in flight
///   waits for that; a proposal of a leader that is none any more is answered by what is chosen.
/// - A command changes nothing where another leader's barrier lies between its own leader's and it:
///   Paxos may choose what an earlier leader left above the place where a later one began, and that
///   was evaluated on entries that were never chosen.
/// - A removed replica leaves its newest promise in the store, and has ended before others hear
///   that it is gone: then a ballot of its node that somebody still holds to is given up.
/// - The log is released only up to the slot that a finished flush of the store covers; by a
///   replica without a store only up to what every storage replica has flushed.
///
/// - The node's identity vouches for its log and its store ([NodeFile]): its file says, before the
///   node promises anything, that both were begun, and no start goes on without one of them. A
///   directory without the file, the log and the store is new, and has a new identity.
///
/// Threads: what changes a replica runs in its serial executor; there is no thread, timer, file or
/// heartbeat per replica. Healing, restoring and checkpoints are straight-line code on virtual
/// threads. Failure: a log that failed ends the replicas of its node, which give their leadership
/// up; a log or store that takes no writes for now makes its leaders resign where others can lead,
/// as heartbeats say; elsewhere they stay for their reads. What was in flight is answered as
/// *unknown*, never as failed.
///
/// Not here: the protocol (`paxos`), where groups begin (`autoadmin`), finding the leader
/// (`router`).
@NullMarked
package dev.evenkeel.replica;

import org.jspecify.annotations.NullMarked;
