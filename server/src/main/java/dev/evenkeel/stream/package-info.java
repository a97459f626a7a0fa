/// Streams: what a table's changes look like to those who follow them.
///
/// A partition keeps a record of each change in its own log's order (`replica`). A stream is a span
/// of that log, from the entry that turned it on to the one that turned it off; it has one shard
/// for each partition of its table, which lasts as long as the stream.
///
/// ```
/// stream ARN      = table ARN ‖ "/stream/" ‖ label
/// shard id        = "shardId-" ‖ when it was made (20 digits: ms since 1970) ‖ "-"
///                   ‖ CRC-32 of partition ‖ "/" ‖ label (8 hex digits)
/// sequence number = "1" ‖ slot (19 digits) ‖ number within the entry (10 digits)
/// iterator        = stream ARN ‖ "|" ‖ shard id ‖ "|" ‖
///                   base64url(version (1: 0x01) ‖ slot (8) ‖ number (4) ‖ issued (8: ms since 1970)
///                   ‖ CRC-32 of what is before, the texts included (4))
/// ```
///
/// An iterator holds the position behind which reading goes on, so nothing is kept between calls,
/// and any node can answer any of them. Records are read from the leader under its lease: a reader
/// never waits on a replica that has fallen behind.
///
/// Invariants:
/// - Of each key, a stream shows exactly the chosen changes, in their order, each once.
/// - LATEST begins behind everything that was acknowledged before: the leader says where.
/// - A reader behind whose back records were forgotten is told, never led past the gap.
/// - Records go only when no stream shows them any more, and no index needs them: [StreamRetention]
///   says the former, `replica.Retention` asks all.
///
/// Threads: reading blocks, on the caller's virtual thread. Not here: the wire (`api`), the records
/// themselves (`replica`).
@NullMarked
package dev.evenkeel.stream;

import org.jspecify.annotations.NullMarked;
