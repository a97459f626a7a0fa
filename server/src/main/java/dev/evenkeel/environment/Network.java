package dev.evenkeel.environment;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Connections between nodes that carry whole frames.
///
/// A node's address is its number. What lies behind a number (host, port, a simulated machine) is
/// the environment's matter. A connection keeps the order of frames in each direction and breaks
/// rather than lose one in the middle; when it breaks, nobody knows how many of the last ones came
/// through.
public interface Network {
  /// A longer frame is never sent, and breaks the connection on which it comes.
  int FRAME_BYTES_MAX = 16 << 20;

  /// Takes connections of other nodes until what it returns is closed.
  ///
  /// @throws IOException when this node cannot be reached at its address, for the operator
  Listening listen(Acceptor acceptor) throws IOException;

  /// Begins to connect; returns at once. The listener is told [ConnectionListener#opened], or
  /// [ConnectionListener#closed] with the reason.
  void connect(int node, ConnectionListener listener);

  /// What listens, until it is closed. Connections that were accepted stay.
  interface Listening extends AutoCloseable {
    @Override
    void close();
  }

  /// Decides who hears a connection that another node has made.
  interface Acceptor {
    ConnectionListener accepted();
  }

  /// Hears one connection. Calls come one at a time, in order, on a thread of the network; they
  /// must not block.
  interface ConnectionListener {
    /// First of all; not called when connecting fails.
    void opened(Connection connection);

    /// @param frame in an array of the heap; the listener's to keep
    void frame(ByteBuffer frame);

    /// Last of all, once.
    ///
    /// @param reason null when one of the two sides closed it in order
    void closed(@Nullable IOException reason);
  }

  /// One end of a connection. Any thread may use it.
  interface Connection {
    /// Sends the frame after those sent before, or drops it: when too much waits to be sent, or the
    /// connection is closed. True says only that it was queued.
    ///
    /// @param frame what remains in it; with an array of the heap, which nobody changes any more
    boolean send(ByteBuffer frame);

    /// Whether the other side may be that node: false when it proved, by its certificate, to be
    /// somebody else. Where nothing is proved, true.
    boolean mayBe(int node);

    /// Closes it after what was sent so far. Frames that come meanwhile may still be heard.
    void close();
  }
}
