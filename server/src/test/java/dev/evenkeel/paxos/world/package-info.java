/// A world for the protocol core: machines with disks and drifting clocks, a network that loses,
/// doubles, delays, overtakes and is cut, clients, an operator who changes memberships. One thread,
/// virtual time, one seed.
///
/// ```
/// World        wires it up and tells the story: a faulty time, then a calm one
///   Timeline   events in virtual time, and the hash of all that happens
///   Machine    disk, clock, and at most one NodeProcess
///     NodeProcess   one life of a node: Support, ticks, heartbeats
///       Host        one real Participant with its log, its store, its clients' proposals
///     NodeDisk      the shared log: what is synced survives, and a prefix of the rest
///   Wire       messages, in the bytes of MessageFormat
///   Nemesis    faults, a different mix in each seed
///   Clients · Operator
/// Truth        what must hold after every step; GroupTruth: per group
///   GroupTrace what each group does, as actions of the specification, which must allow them
/// Recovery     what must come about once nothing goes wrong any more
/// ```
@NullMarked
package dev.evenkeel.paxos.world;

import org.jspecify.annotations.NullMarked;
