/// The next-state relation of `spec/GroupLog.tla` in Java: one [AbstractState] per replication
/// group watches what the running protocol does and refuses what the specification does not allow.
/// So code and specification cannot drift apart unnoticed.
///
/// Each [AbstractAction] is one action of the specification, under its name. Whoever runs the
/// protocol feeds the actions in the order in which they take effect: what an acceptor does when it
/// is durable, the rest when it happens. An action that is not allowed throws an [AssertionError]
/// that names the action, the rule and the state it met.
///
/// ```
/// AbstractState     dispatch; faults; what leaders do
///   Acceptors       promises and votes per node                  (prom, acc, tr)
///   Ballots         what phase 1 reported, what was proposed     (promised, prop, votes, lb)
///   ChosenLog       digests of chosen entries, configurations    (chosen, app, arch)
///   Supports        epochs, stamps, leases, ballots given up     (sup, stamp, lease, released)
/// ```
///
/// Differences from the specification, each of which refuses no less: a message that is sent twice
/// is the same action twice and changes nothing; slots that every member knows as chosen are kept
/// as digests only, so a long run costs eight bytes a slot.
@NullMarked
package dev.evenkeel.simulation.model;

import org.jspecify.annotations.NullMarked;
