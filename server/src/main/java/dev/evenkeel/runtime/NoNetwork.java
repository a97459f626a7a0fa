package dev.evenkeel.runtime;

import dev.evenkeel.environment.Network;
import java.io.IOException;
import java.util.concurrent.Executor;

/// The network of a node that was given none: it reaches nobody.
///
/// @param listeners tells listeners that their connection failed
record NoNetwork(Executor listeners) implements Network {
  private static final String REASON = "this node was given no network";

  @Override
  public Listening listen(Acceptor acceptor) throws IOException {
    throw new IOException(REASON);
  }

  @Override
  public void connect(int node, ConnectionListener listener) {
    listeners.execute(() -> listener.closed(new IOException(REASON)));
  }
}
