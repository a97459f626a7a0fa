package dev.evenkeel.rpc;

/// Hears which nodes are there. Calls about one node come one at a time and in order, before the
/// first message of the node that is connected; they must not block, nor wait for a lock under
/// which a messenger is opened or closed.
public interface PeerListener {
  /// Messages can be sent to it from now on.
  void connected(long identity);

  /// What was on its way to it or from it may be lost.
  void disconnected(long identity);

  /// A connection was refused, by this node or by the other. Told again at every attempt.
  default void refused(Refusal refusal) {}
}
