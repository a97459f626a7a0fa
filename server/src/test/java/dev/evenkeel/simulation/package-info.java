/// The simulation: a whole node, or a cluster, in one thread under virtual time, from one seed.
///
/// [SimulatedDisk] can be used without the rest, by any test that wants a disk which forgets what
/// was not synced:
///
/// ```java
/// SimulatedDisk disk = SimulatedDisk.inline(seed);      // sync completes before it returns
/// disk.faults().failNext(DiskFaults.Operation.SYNC);    // then: "Input/output error", pages lost
/// disk.crash(CrashLoss.EVERYTHING);                     // power loss; open the files anew
/// ```
///
/// [SimulatedNetwork] joins nodes: connections that behave as TCP does, with delay, bandwidth, cuts
/// in one direction, whole zones cut off, slow nodes, broken connections; and, for protocols that
/// are to bear it, frames that vanish, come twice or out of order.
@NullMarked
package dev.evenkeel.simulation;

import org.jspecify.annotations.NullMarked;
