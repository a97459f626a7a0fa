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
/// ## Frame, version 1
///
/// Big-endian. The length in front is the network's matter; at most [Network#FRAME_BYTES_MAX].
///
/// ```
/// | length 4 | version 1 | kind 1 | request id 8 | crc32c 4 | body |
///              └──────── checksum covers ──────┘            └────┘
/// kind  1 hello   2 refusal   3 message   4 request   5 answer   6 failure   7 ping
/// ```
///
/// Bodies are in protobuf's wire format ([MessageOutput], [MessageInput]). Each side's first frame
/// is its [Hello] (who connected speaks first) or a refusal. `request id` is the caller's, unique
/// on its connection; an answer or a failure repeats it. A frame that does not verify, or comes out
/// of place, ends the connection; a body that the owner's codec cannot read costs that message
/// only.
///
/// ## Handshake
///
/// Refused, with one sentence for the operators of both nodes ([Refusal]): another region, the own
/// identity (a cloned directory), a second process of an identity (of the same life, or of a later
/// one while the earlier process is heard), an earlier life of it than is known, a number that
/// another directory uses, no common version, another node than the address or the certificate
/// says. The node decides whether it stops.
///
/// Each side sends a ping every second; a peer that was not heard for five is gone.
///
/// Not here: what messages mean, retries, who leads (`replica`, `router`).
@NullMarked
package dev.evenkeel.rpc;

import org.jspecify.annotations.NullMarked;
