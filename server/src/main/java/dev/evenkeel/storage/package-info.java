/// The ordered item store: a map from byte strings to byte strings in unsigned byte order, one per
/// node, that holds the items of all its partitions. What the keys and values mean is not known
/// here (see `codec`).
///
/// [ItemStore] has two implementations, held to one contract by one test:
///
/// - [RocksItemStore]: RocksDB, for data that outlives the process. [RocksTuning] says how it is
///   set up and why. Its native library is taken from `java.library.path` where an installation has
///   it unpacked there under the name that it has in RocksDB's jar; else it is unpacked from the
///   jar, 17 MB into a temporary file at every start.
/// - [MemoryItemStore]: for `--in-memory`, and for simulation, where a crash loses what was not
///   flushed.
///
/// **Durability.** The node's write-ahead log is the truth; the store is what the log has been
/// applied to. A write is atomic and visible when it returns, and durable after the next flush. A
/// crash leaves an exact prefix of the writes in their order, no shorter than the last flush: it
/// may be longer, since the store on disk writes full memory tables out on its own. So a replica
/// stores the applied slot in the same batch as the changes of that slot, finds it again after a
/// restart, and replays the log from there. The log may be truncated up to what was applied before
/// a flush that returned.
///
/// **Reads.** [ItemStore#lookup] answers from memory or says that the disk is needed, so that an
/// event loop can serve what is in memory itself and send the rest to a pool; both see the newest
/// write. [ItemStore#scan] walks a snapshot taken at the call; [ItemStore#scanMemory] does so as
/// far as memory reaches.
///
/// **Threads.** A store takes calls from any thread; a [Batch] and a [Cursor] belong to one thread
/// at a time. Batches written at the same time are applied in some order.
///
/// **Failure.** What the disk does wrong is an [java.io.IOException] that names the folder, and for
/// a block that does not verify the file, the offset and what to do. A full disk makes writes and
/// flushes fail and reads go on; nothing that was written is lost, and the store takes writes again
/// within seconds of space being freed. Use after close, or close with cursors open, is a bug and
/// an [IllegalStateException].
///
/// What is not here: the log (`wal`), the layout of keys (`codec`), which ranges a node holds
/// (`replica`).
@NullMarked
package dev.evenkeel.storage;

import org.jspecify.annotations.NullMarked;
