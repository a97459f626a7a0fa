/// The write-ahead log: one per node, shared by all its groups.
///
/// ```
/// folder   = log-<number: 16 hex digits> …            segments, oldest first; spare-<number>: to be used again
/// segment  = header ‖ record* ‖ whatever was there before
/// header   = magic "EVKLLOG" ‖ version (1: 0x01) ‖ number (8) ‖ segment bytes (8) ‖ crc32c (4) ‖ 0 …  (64 in all)
/// record   = length (4) ‖ crc32c (4) ‖ batch (8) ‖ flags (1) ‖ kind (1) ‖ 0 (6) ‖ group (8) ‖ ballot (8) ‖
///            slot (8) ‖ payload ‖ 0 …                 padded to 8
/// length   = bytes of the record without its padding
/// crc32c   = of segment number (8) ‖ offset (8) ‖ length (4) ‖ batch … payload
/// flags    = 0x01: the last record of its batch
/// ```
///
/// All integers are big-endian. The checksum covers the segment's number and the record's offset: a
/// record of the file's former life, or of another place, never verifies, so segments are used
/// again without being cleared.
///
/// **Writing.** [LogGroup#append] only queues. One writer takes all that is queued as one batch,
/// writes it with one write, makes it durable with one sync, and then tells each group of the batch
/// once up to which slot it is durable. What comes meanwhile is the next batch. A batch lies in one
/// segment. The next segment is prepared while the active one fills.
///
/// **Recovery.** Batch *k+1* is written only after the sync of *k* returned. So where a record does
/// not verify, it is a torn tail exactly if nothing of a later batch than its own verifies behind
/// it: that batch was never acknowledged, and is dropped whole. Otherwise the log has rotted:
/// [CorruptLogException], nothing is dropped.
///
/// **Room.** When the disk's free bytes fall under the reserve, or the next segment cannot be
/// prepared, appends are refused; the log looks again after a pause. What it has stays readable.
///
/// **Failure.** A write or sync that failed ends the log for good: it is never repeated, since
/// nobody knows what the disk kept. Every group is told.
///
/// **Release.** A segment goes when each group has released all its slots in it, oldest first; the
/// active segment and the one before it always stay.
///
/// Threads: append and release from any; listeners are called on the executor for acknowledgements.
@NullMarked
package dev.evenkeel.wal;

import org.jspecify.annotations.NullMarked;
