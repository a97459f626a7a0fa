/// Tests with real processes: a server is started as a user would start it, loaded over its socket,
/// and then killed, told to stop, paused, cut off from others or from power, started wrongly,
/// starved of disk space, or restarted on files that were damaged meanwhile.
///
/// - [ServerProcess] is a server that runs, [Connection] one client's connection to it.
/// - [Load] runs many [Client]s at once. Each client is the only writer of its items and keeps for
///   each a [Register]: the values that it may hold by what was acknowledged. An acknowledged write
///   leaves one; a request whose answer never came leaves two. All share one counter that is only
///   ever increased.
/// - [RegionProcesses] is a region of three, made of what a [RegionSetup] says, [RegionFaults] what
///   happens to it. A [RegionRun] takes it from its start to the verdict on a [Workload]:
///   - [RegionLoad]: all clients write and read the same keys ([SharedKey]) through every node, and
///     each key's history is judged by the simulation's checker of linearizability;
///   - [BankLoad]: transactions move money between accounts ([Account]);
///   - [StreamLoad]: a [StreamFollower] reads what writers do to items, of which each has one.
/// - [StreamConsumer] is a consumer of a table's stream with the Kinesis Client Library; [Versions]
///   writes what it must get.
/// - A [Place] is a network that processes run in: this machine's, or a [NetworkNamespace] of a
///   [SplitNetwork], which loses packets of one direction.
/// - A kill leaves all that was written in the machine's memory. A [VolatileDisk] forgets what was
///   not synced: [UndoLog] does so with bytes, [NameLog] with names, as a library in C wrote down
///   while the server ran. [VolatileDiskTest] has a [DiskProgram] show that it does,
///   [LyingDiskTest] that a server which did not sync would be found out.
/// - Tests of one server: [KillTest], [PowerCutTest], [TerminationTest], [RefusedStartTest],
///   [FullDiskTest], [DamagedLogTest]. Tests of a region: [RegionTest], [RegionPowerCutTest],
///   [FailOverTest], [PlannedStopTest], [LossTest], [CopiedDirectoryTest], [SplitTest],
///   [MutualTlsTest], [BankTest], [StreamTest], [StreamConsumerTest].
///
/// Real processes do not repeat to the letter: a seed repeats the requests and the moments, not how
/// the machine schedules them. Failures print it with the command that uses it again.
@NullMarked
package dev.evenkeel.chaos;

import org.jspecify.annotations.NullMarked;
