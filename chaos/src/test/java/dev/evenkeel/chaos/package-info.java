/// Tests with real processes: a server is started as a user would start it, loaded over its socket,
/// and then killed, told to stop, started wrongly, starved of disk space, or restarted on files
/// that were damaged meanwhile.
///
/// - [ServerProcess] is a server that runs, [Connection] one client's connection to it.
/// - [Load] runs many [Client]s at once. Each client is the only writer of its items and keeps for
///   each a [Register]: the values that it may hold by what was acknowledged. An acknowledged write
///   leaves one; a request whose answer never came leaves two. All share one counter that is only
///   ever increased.
/// - [RegionProcesses] is a region of three, [RegionFaults] what happens to it, [RegionLoad] its
///   clients: all of them write and read the same keys ([SharedKey]) through every node, and each
///   key's history is judged by the simulation's checker of linearizability.
/// - [StreamConsumer] is a consumer of a table's stream with the Kinesis Client Library; [Versions]
///   writes what it must get.
/// - The tests: [RegionTest], [FailOverTest], [StreamConsumerTest], [KillTest], [TerminationTest],
///   [RefusedStartTest], [FullDiskTest], [DamagedLogTest].
///
/// Real processes do not repeat to the letter: a seed repeats the requests and the moments, not how
/// the machine schedules them. Failures print it with the command that uses it again.
@NullMarked
package dev.evenkeel.chaos;

import org.jspecify.annotations.NullMarked;
