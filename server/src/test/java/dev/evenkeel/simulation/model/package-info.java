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
///   Supports        epochs, stamps, leases, ballots given up,
///                   nodes that wait after a restart              (sup, stamp, lease, released)
/// ```
///
/// Every step of the protocol's world (`paxos.world`) is fed to it, by `GroupTrace`.
///
/// Differences from the specification:
///
/// * A message that is sent twice is the same action twice and changes nothing. Slots that every
///   member knows as chosen are kept as digests only, so a long run costs eight bytes a slot.
/// * A promise or vote binds its acceptor to the leader when that is told (Affirm), not when it is
///   durable: a crash may come in between.
/// * A restarted node acts at once, as far as the ballot that it holds to allows; it takes
///   another's when it has waited. The specification lets it wait before it does anything.
/// * An entry that is chosen may be proposed, and voted for, in any later ballot: a leader streams
///   its log to whoever lacks it, whatever its phase 1 reported.
/// * A member that was removed and has emptied its disk may come back with the promise that is
///   left.
@NullMarked
package dev.evenkeel.simulation.model;

import org.jspecify.annotations.NullMarked;
