package dev.evenkeel.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.ToIntFunction;

/// Many clients at once, each on a connection of its own, over any number of runs.
final class Load {
  private static final Duration WARM_LIMIT = Duration.ofSeconds(60);

  private final List<Client> clients = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Queue<Throwable> violations = new ConcurrentLinkedQueue<>();
  private final Queue<Break> breaks = new ConcurrentLinkedQueue<>();
  private volatile boolean stopped;

  /// Enough large items that the log goes through its segments.
  Load(int clients, long seed) {
    this(clients, seed, new Client.Paddings(100_000, 8));
  }

  private Load(int clients, long seed, Client.Paddings paddings) {
    for (int i = 0; i < clients; i++) {
      this.clients.add(new Client(i, seed, paddings));
    }
  }

  /// So many and large items that the log becomes too long for what is kept, within seconds.
  static Load heavy(int clients, long seed) {
    return new Load(clients, seed, new Client.Paddings(380_000, 2));
  }

  void start(int port) {
    stopped = false;
    breaks.clear();
    for (Client client : clients) {
      threads.add(Thread.ofVirtual().start(() -> run(client, port)));
    }
  }

  private void run(Client client, int port) {
    try {
      client.run(port, () -> stopped);
    } catch (IOException e) {
      breaks.add(new Break(client.sentAt(), e));
    } catch (AssertionError | RuntimeException e) {
      violations.add(e);
    }
  }

  /// Waits until every client has had that many writes acknowledged.
  void awaitWrites(int each) throws Exception {
    Await.until(
        WARM_LIMIT,
        "every client has written",
        () -> clients.stream().allMatch(client -> client.acknowledged() >= each));
  }

  /// Waits for all clients to end, by [#stop] or for want of a server, and reports what was wrong.
  void join() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
    threads.clear();
    assertThat(violations).isEmpty();
  }

  void stop() {
    stopped = true;
  }

  /// Requests that got no answer in the last run.
  List<Break> breaks() {
    return List.copyOf(breaks);
  }

  /// Compares everything in the table with what it may be.
  void verify(ServerProcess server) throws IOException {
    try (Connection connection = server.connect()) {
      for (Client client : clients) {
        client.verify(connection);
      }
      int certain = sum(Client::increments);
      assertThat(Client.counter(connection))
          .as("the shared counter")
          .isBetween((long) certain, (long) certain + sum(Client::uncertainIncrements));
    }
  }

  int acknowledged() {
    return sum(Client::acknowledged);
  }

  int refused() {
    return sum(Client::refused);
  }

  private int sum(ToIntFunction<Client> figure) {
    return clients.stream().mapToInt(figure).sum();
  }

  /// A request without an answer.
  ///
  /// @param sentAt when it had been sent, in nanoseconds of the monotonic clock
  record Break(long sentAt, IOException cause) {}
}
