package dev.evenkeel.cli;

import dev.evenkeel.auth.AccessKeys;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;

/// What the commands need of a node.
public interface Launcher {
  /// Starts a node and returns when it answers requests.
  ///
  /// @param stoppable told, before anything is opened, what stops the node in order, from any
  ///   thread: also one that still waits for its region
  /// @throws Refusal when it cannot start, or is stopped before it has
  Running start(Settings settings, Consumer<Runnable> stoppable) throws Refusal;

  /// The access keys of that node, whether it runs or not.
  ///
  /// @throws Refusal when they cannot be read
  AccessKeys accessKeys(Settings settings) throws Refusal;

  /// A node that answers requests.
  interface Running extends AutoCloseable {
    /// Where it listens; the port is the real one where 0 was asked for.
    InetSocketAddress address();

    /// How many access keys it knows; with none it accepts any credentials.
    int accessKeys();

    /// Waits until the node has stopped.
    ///
    /// @return why it stopped by itself; empty when it was closed
    Optional<String> await() throws InterruptedException;

    /// Finishes what is in flight and stops. Once is enough; later calls do nothing.
    @Override
    void close();
  }
}
