/// Node-to-node messages.
///
/// [Messenger] is what protocols see; [NetworkMessenger] carries it over the environment's network,
/// [LocalMessenger] between the nodes of one process.
///
/// ```
/// owner's message ─▶ MessageCodec ─▶ frame ─▶ Link ─▶ environment.Network ─▶ Link ─▶ Receiver
///                                              │ hello, ping, PendingCalls
///                    Peer: one per node number ┘ connects again and again
/// ```
///
/// ## Promises
///
/// - A message arrives at most once, whole, and after everything the same thread sent to that node
///   before on the same connection. Nothing is sent again. A [Messenger#send] has no outcome.
/// - A [Messenger#call] has exactly one outcome. NOT_SENT and OVERLOADED mean that nothing was
///   done; LOST and TIMED_OUT that it may have been ([CallOutcome.Reason#isUnknown]).
/// - Identities, not addresses: what is meant for one incarnation of a node's directory never
///   reaches another. `connected` comes before the node's first message.
/// - Everything that waits has a bound ([RpcLimits], the network's queue). A full one drops
///   messages and fails calls at once; nobody is blocked.
///
/// Not promised: that a message reaches a node that reads no more (its own timers must tell), or
/// any order between nodes. A protocol that has to be safe under loss, duplication and reordering
/// is tested under them in the simulated network.
///
/// Not here: what messages mean, retries, who leads (`replica`, `router`).
@NullMarked
package dev.evenkeel.rpc;

import org.jspecify.annotations.NullMarked;
