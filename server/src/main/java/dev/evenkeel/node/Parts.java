package dev.evenkeel.node;

import java.util.ArrayDeque;
import java.util.Deque;

/// The open parts of a node, the newest on top.
final class Parts implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger(Parts.class.getName());

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  /// Remembers to close it before all that came earlier.
  <P extends AutoCloseable> P add(P part) {
    open.push(part);
    return part;
  }

  /// Closes all, the newest first. A part that fails to close is logged and keeps no other from
  /// being closed.
  @Override
  public void close() {
    for (AutoCloseable part = open.poll(); part != null; part = open.poll()) {
      close(part);
    }
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOGGER.log(System.Logger.Level.ERROR, "cannot close " + part.getClass().getSimpleName(), e);
    }
  }
}
