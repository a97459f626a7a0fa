package dev.evenkeel.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One client's connections to all nodes of a region: it uses its own node where that answers, so
/// that a node which stands still holds up its own clients only.
final class Sessions implements AutoCloseable {
  private static final Duration AWAY = Duration.ofMillis(50);

  private static final Duration NOBODY_LIMIT = Duration.ofMinutes(2);

  private final List<Session> nodes = new ArrayList<>();
  private int now;

  /// @param first any number; it says which node is the client's own
  Sessions(RegionProcesses region, int first) {
    for (int i = 0; i < RegionProcesses.NODES; i++) {
      int node = (first + i) % RegionProcesses.NODES;
      nodes.add(new Session(() -> region.connect(node)));
    }
  }

  /// An open session; waits while no node takes requests.
  Session open() {
    long begun = System.nanoTime();
    while (!nodes.get(now).isOpen()) {
      if (System.nanoTime() - begun > NOBODY_LIMIT.toNanos()) {
        throw new AssertionError("no node took a request for " + NOBODY_LIMIT);
      }
      next();
    }
    return nodes.get(now);
  }

  /// Goes back to the client's own node.
  void home() {
    now = 0;
  }

  /// Waits a moment, before the same is tried once more on the same node.
  void rest() {
    Await.pass(AWAY);
  }

  /// Takes another node, after a moment.
  void next() {
    now = (now + 1) % nodes.size();
    Await.pass(AWAY);
  }

  @Override
  public void close() {
    nodes.forEach(Session::close);
  }
}
