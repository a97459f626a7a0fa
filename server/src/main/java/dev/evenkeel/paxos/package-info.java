/// Multi-Paxos for one replication group, as a pure function: an event and the time come in,
/// messages, log records and chosen entries go out to [Effects]. No threads, clocks, files,
/// sockets. The argument why it is safe, and its sources, stand in `docs/consensus.md`; laws R1 to
/// R8 there.
///
/// ```
/// Message                          to            answered by
///   Prepare   phase 1a             members       Promise (in pieces), Reject
///   Accept    phase 2a, chosen     members,      Accepted when durable (gap: what is expected next), Reject
///             slots; empty: a question  joiners
///   Base      log begins there     laggards      Accepted, Reject; then the host fetches a snapshot
///   Resign    a ballot is given up whoever heard of it; its successor campaigns at once
///   Hears     do you hear it?      members       Heard; from the ballot's owner Resign if it gave it up
/// Support   Heartbeat ─▶ Supported    between nodes, for all groups at once
/// ```
///
/// ```
/// Follower ──its support for the leader lapsed, nobody hears it──▶ Candidate ──quorums──▶ Leader
///     ▲        or a leader resigned in its favour                     │                    │
///     └── higher ballot, no quorum, lags behind a log (R4) ───────────┘                    │
///     └── higher ballot, resigned, handed over, stalled, disk full, no storage replica ────┘
/// ```
///
/// Stalled, or with a full disk, it stays where [Disks] say that others could do no better.
///
/// Every role is an [Acceptor] and a [Learner]; [Configurations] is the newest chosen one.
///
/// Invariants
/// * A ballot is used once: its owner asks nobody before its own promise is durable.
/// * Nothing is told before it is durable: promises, acceptances, bases. Records are durable in
///   order.
/// * An acceptor accepts in slot order from the first slot it does not know as chosen.
/// * A leader re-proposes what its phase 1 reported, fills holes, puts a no-op barrier above; it
///   has no lease before the barrier is chosen (R2). A lease ends with the office and is made anew
///   with each configuration (R3); support counts only in the epoch in which the member took the
///   ballot.
/// * What is open is bounded: a leader begins no request at [Options#openBytes], and sends a member
///   no more than [Options#window] messages before it answers.
/// * While support for a ballot's owner stands (or may, after a restart: R1) a member takes no
///   third node's ballot, its own included, except one that the owner gave up.
/// * A configuration entry is proposed when all below it is chosen (R7) and who joins has promised
///   the ballot (R8), and nothing past it before it is chosen (R6). It keeps its leader, and gives
///   no store to a member that has stored nothing durably, or lacks what log replicas may have
///   forgotten. Log replicas never campaign.
///
/// What the host owes
/// * Ticks while [Participant#isBusy], and once for participants whose ballot is of a node in
///   [Support#lapsed]; heartbeats to every node; [Participant#supportChanged] when
///   [Support#received] says so. [Disks#heard] and [Participant#able] of disks. Messages of a
///   node's former life must not reach the next one.
/// * A replica without a store says `restoring`, log replicas too, until [Participant#restored].
///   Its store then holds at least what its log has forgotten, durably only once it is flushed:
///   [Participant#stored] says so.
/// * [Recovered#truncated] is honest: see there. A store may be durable before the log is.
/// * A node that has no replica of a group answers [Message.Hears] about a ballot of its own with
///   [Message.Resign]: else it binds who took it for as long as the node is well.
/// * A removed member keeps promise and base when it empties its disk (as `promised` and
///   `truncated`, `restoring`), and does so only when a quorum that replaced it has its removal and
///   no leader streams to it (R7b). A lost disk is a new identity (R5).
/// * [Participant#reconfigure] may say 0 more than once: a joiner with a store must have told that
///   what it stored is as new as the others' stores; it is asked each time.
///
/// Formats: [MessageFormat], [SupportFormat], [RecordFormat]; parts in [FormatWriter], version 1.
/// Threads: one at a time per participant; [Participant#lease], [Participant#leaderNode], [Lease],
/// [Support] and [Disks] any. Failure: a broken invariant throws an [AssertionError], and the node
/// must stop.
@NullMarked
package dev.evenkeel.paxos;

import org.jspecify.annotations.NullMarked;
