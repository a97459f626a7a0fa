package dev.evenkeel.rpc;

import java.util.function.Consumer;

/// Takes what other nodes send. Called on a thread of the transport, for each peer in the order in
/// which it sent; must not block.
///
/// @param <M> the messages
public interface Receiver<M> {
  /// @param from the sender's identity
  void message(long from, M message);

  /// @param from the caller's identity
  /// @param answer to be called once, at any time, on any thread; a request that is never answered
  ///   runs into the caller's deadline
  void request(long from, M request, Consumer<M> answer);
}
