/// Write-ahead log: one per node, shared by all its replication groups.
///
/// [Log#open] replays what is there; [LogGroup#append] only enqueues; one writer gathers what is
/// pending from all groups into a batch, writes it with one write, syncs it with one sync, and
/// tells each group once how far it is durable: by the number of its append, since slots are
/// written out of order, and again under a higher ballot.
///
/// ```
/// append (any thread) ─▶ AppendQueue ─▶ GroupCommit ──▶ write + sync ──▶ LogListener.durable
///                                         ▲   │ full           (thread "log-acknowledgements")
///                        prepared segment │   ▼ released
///                                       SegmentSupply      (thread "log-segments")
/// ```
///
/// ## Format, version 1
///
/// Big-endian. A folder of `segment-<number>.log` (16 hexadecimal digits, numbers without gaps),
/// `range-<first>-<last>.log` (empty: its name says which segments must be there, `last` below
/// `first` for none), `spare-<n>.log` (former segments) and `unfinished-<n>.log` (deleted at open).
///
/// ```
/// segment   | header block | batch | batch | ...  zeros, or what a former life left |
/// header    | magic 8 | version 4 | crc32c 4 | number 8 | salt 8 | segment bytes 8 | zeros to 4096 |
/// batch     | record | record | ... | zeros to a multiple of 4096 |
/// record    | length 4 | crc32c 4 | batch 8 | group 8 | ballot 8 | slot 8 |
///           | kind 1 | flags 1 | mark 2 | ordinal 4 | payload | zeros to a multiple of 8 |
/// ```
///
/// `length` is the payload's; `flags` 1: last record of its batch, 2: a seal, which carries
/// nothing; a `kind` with its highest bit set (128 and up): a note; `mark` are the low bits of the
/// salt, so that a search is cheap; `ordinal` counts the batches of the segment from 0. A record's
/// checksum covers the segment's salt (drawn anew for each life of a file), the record's position,
/// then all of the record but the checksum: bytes of a former life, of another segment or of
/// another place never verify.
///
/// ## Invariants
///
/// - Batch *k+1* is written only after the sync of *k* returned, into blocks that hold nothing
///   acknowledged. Batch numbers have no gaps, also across segments. A batch lies in one segment.
/// - The last batch may be torn, in any of its blocks: it is dropped as a whole, and its remains
///   are overwritten before anything else is written. A bad batch that a valid record of a later
///   one follows is rot: [CorruptLogException].
/// - What was found in the last batch is made durable before anything is acknowledged: a process
///   that died may have left it in the page cache only, where a failed sync forgets it.
/// - A seal follows the last batch after open and at close, so that rot in the last batch is told
///   from a torn tail there too.
/// - A file gets its name `segment-` only after its header is durable; former segments lose it one
///   after the other from the oldest on, each durably, so that there is never a gap.
///
/// - A segment goes only when all its records are released and nobody reads it.
/// - The range is there, durably, when [Log#open] returns for the first time. It takes a segment in
///   before anything is written to that, and lets go of one before the file goes. So a start misses
///   whatever somebody took away, the oldest and the youngest segment too; a log whose range is
///   gone is gone itself. Who opens a log says whether there must be one ([Expected]): only beside
///   the log can be written down that it was begun. A log of a version that kept no range has a
///   segment, and gets its range when it is opened; what a range says that such a version left
///   behind is not believed.
///
/// ## Reading back
///
/// The log knows where the newest durable record of each slot lies that is not released
/// ([RecordPlaces]: 16 to 24 bytes a record, nothing for a group that keeps none), after recovery
/// too. [LogGroup#read] reads them through files of its own, verifies each, and never waits for the
/// writer. A segment that is read is lent, and not used again before it is given back.
///
/// Notes (a promise, where a log begins) have no place in the order of slots: they stay until their
/// slot is released, as all records do, and only the replay shows them.
///
/// ## Carrying forward
///
/// One old record pins its segment and all younger ones. [Log#pins] names the groups that do so;
/// each appends the little that it still needs of them again, and when that is durable lets go of
/// the old segments, whatever slots lie there ([LogGroup#releaseBefore]). The log does not do this
/// by itself: a promise that it wrote again behind a newer one would win in the replay.
///
/// ## Failure
///
/// A failed write or sync kills the log for good ([LogListener#failed], [AppendOutcome#FAILED]). A
/// full disk refuses appends ([AppendOutcome#DISK_FULL]) while what was accepted before still has
/// its place, and ends by itself when space returns.
///
/// Not here: which records a replica needs, what they mean, entries in memory (`replica`).
@NullMarked
package dev.evenkeel.wal;

import org.jspecify.annotations.NullMarked;
