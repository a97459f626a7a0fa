package dev.evenkeel.rpc;

import java.util.function.BooleanSupplier;

/// Where messengers are tested: it makes them, and lets time pass until something has happened.
interface MessengerWorld extends AutoCloseable {
  /// A messenger that is not started yet and knows where all others are.
  Messenger<Note> messenger(long identity, RpcLimits limits);

  /// The messenger has been started: it is to know the others.
  default void started(Messenger<Note> messenger) {}

  /// Something has happened that a test may wait for.
  void changed();

  /// Waits until it holds.
  ///
  /// @throws AssertionError when it does not come to hold
  void await(BooleanSupplier condition) throws InterruptedException;

  @Override
  void close();
}
