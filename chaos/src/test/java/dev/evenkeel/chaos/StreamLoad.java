package dev.evenkeel.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Writers of a table that has a stream, and a consumer that follows it: what it gets must be what
/// was acknowledged.
final class StreamLoad implements Workload {
  private static final int WRITERS_PER_NODE = 4;
  private static final Duration CATCH_UP_LIMIT = Duration.ofSeconds(60);
  private static final Duration IDLE = Duration.ofMillis(10);

  /// Written when all else is: a consumer that has its record has everything before it.
  private static final String MARKER = "marker";

  /// For how long the consumer looks for more behind the marker.
  private static final Duration BEHIND = Duration.ofSeconds(1);

  private final long seed;
  private final RegionCounts counts = new RegionCounts();
  private final ClientThreads writing = new ClientThreads();
  private final ClientThreads following = new ClientThreads();
  private final List<StreamWriter> writers = new ArrayList<>();
  private final StreamRecords records = new StreamRecords();
  private @Nullable StreamFollower consumer;

  StreamLoad(long seed) {
    this.seed = seed;
  }

  @Override
  public void prepare(Connection connection) throws Exception {
    Table.create(
        connection,
        Table.NAME,
        ", \"StreamSpecification\": {\"StreamEnabled\": true,"
            + " \"StreamViewType\": \"NEW_AND_OLD_IMAGES\"}");
  }

  @Override
  public void start(RegionProcesses region) {
    for (int i = 0; i < WRITERS_PER_NODE * RegionProcesses.NODES; i++) {
      StreamWriter writer = new StreamWriter(this, new Sessions(region, i), seed, i);
      writers.add(writer);
      writing.start(writer.owner(), writer);
    }
    Sessions sessions = new Sessions(region, 0);
    StreamFollower follower = new StreamFollower(sessions, new Random(seed), records::add);
    consumer = follower;
    following.start("consumer", () -> follow(sessions, follower));
  }

  private void follow(Sessions sessions, StreamFollower follower) {
    try (sessions) {
      while (!following.isStopped()) {
        if (follower.poll() == 0) {
          Await.pass(IDLE);
        }
      }
    }
  }

  @Override
  public RegionCounts counts() {
    return counts;
  }

  boolean isStopped() {
    return writing.isStopped();
  }

  /// Has the writers end. The consumer goes on until it has everything.
  @Override
  public void stop() throws InterruptedException {
    writing.stop();
  }

  @Override
  public void verify(RegionProcesses region) throws Exception {
    try (Connection connection = region.connect(0)) {
      assertThat(Table.put(connection, MARKER, MARKER, MARKER).isDone()).isTrue();
      try {
        Await.until(
            CATCH_UP_LIMIT,
            "the consumer has everything",
            () -> !records.of(MARKER, MARKER).isEmpty());
        Await.pass(BEHIND);
      } finally {
        following.stop();
      }
      int items = 0;
      for (StreamWriter writer : writers) {
        items += verify(writer, Table.query(connection, writer.owner()));
      }
      long interruptions = consumer == null ? 0 : consumer.interruptions();
      assertThat(interruptions).as("interruptions of the consumer").isPositive();
      counts.say(
          "verdict: the %d records of %d items are the mutations that were acknowledged, and %d of"
              + " %d of unknown outcome; the consumer was interrupted %d times",
          records.size() - 1,
          items,
          records.size() - 1 - counts.writes.get(),
          counts.unknown.get(),
          interruptions);
    }
  }

  /// @param table what the table holds of this writer
  private int verify(StreamWriter writer, Map<String, String> table) {
    writer
        .items()
        .forEach((name, mutations) -> {
          List<String> found = records.of(writer.owner(), name);
          assertThat(mutations.areExactly(found))
              .as("%s/%s: records %s, mutations %s", writer.owner(), name, found, mutations)
              .isTrue();
          assertThat(table.getOrDefault(name, ""))
              .as("%s/%s in the table", writer.owner(), name)
              .isEqualTo(found.isEmpty() ? "" : found.getLast());
        });
    return writer.items().size();
  }
}
