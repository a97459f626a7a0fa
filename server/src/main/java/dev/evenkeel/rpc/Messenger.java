package dev.evenkeel.rpc;

import java.io.IOException;
import java.time.Duration;
import java.util.SortedSet;
import java.util.function.Consumer;

/// Messages between the nodes of a region. See the package for what may get lost.
///
/// Any thread may use it. Nothing here blocks, except [#start] and [#close].
///
/// @param <M> the messages: one immutable type, a sealed interface of the owner
public interface Messenger<M> extends AutoCloseable {
  /// The identity of this node; see [NodeIdentity].
  long self();

  /// Who takes what comes. To be set once, before [#start].
  void receive(Receiver<M> receiver);

  /// Who hears which nodes are there. To be set once, before [#start]; need not be.
  void onPeer(PeerListener listener);

  /// Begins to find the others and to be found.
  ///
  /// @throws IOException when this node cannot be reached at its address, for the operator
  void start() throws IOException;

  /// Sends, at most once. Messages to one node arrive in the order in which one thread sent them,
  /// with its calls, while the node stays connected. Dropped, and counted, when the node is away,
  /// is another incarnation, or too much waits to be sent.
  void send(long node, M message);

  /// Asks, and tells `done` exactly one outcome: on a thread of the environment, or on this one
  /// before it returns. `done` must not block.
  ///
  /// @param deadline from now; an outcome may come some milliseconds later than that
  void call(long node, M request, Duration deadline, Consumer<CallOutcome<M>> done);

  /// Ends this node's calls to that one as lost: its answers are not waited for any longer. Should
  /// one come, it is dropped.
  void giveUp(long node);

  /// The nodes to which messages can be sent at present.
  SortedSet<Long> connected();

  /// Ends all calls and connections.
  @Override
  void close();
}
