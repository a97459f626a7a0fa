package dev.evenkeel.chaos;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// One client's connection to one node: made when it is needed, given up when it broke. Nothing is
/// sent twice.
final class Session implements AutoCloseable {
  private final Callable<Connection> node;
  private @Nullable Connection connection;

  /// @param node connects to it
  Session(Callable<Connection> node) {
    this.node = node;
  }

  /// Whether the node takes a request.
  boolean isOpen() {
    if (connection == null) {
      try {
        connection = node.call();
      } catch (IOException away) {
        return false;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
    return true;
  }

  /// Sends a request; null when no answer came, and nobody knows what became of it. Only while it
  /// [#isOpen].
  @Nullable Answer call(String operation, String body) {
    Connection open = connection;
    if (open == null) {
      throw new IllegalStateException("not open");
    }
    try {
      Answer answer = open.call(operation, body);
      if (open.isClosing()) {
        close();
      }
      return answer;
    } catch (IOException e) {
      close();
      return null;
    }
  }

  @Override
  public void close() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }
}
