package dev.evenkeel.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A consumer with the Kinesis Client Library follows a table's stream through the endpoint of one
/// node, its leases and checkpoints in tables of the same region, while the leaders of the table
/// are killed, stand still and hand over, and the consumer itself is killed. The long form
/// (`-Dchaos.long=true`) does it more often.
@Tag("chaos")
class StreamConsumerTest {
  private static final int ROUNDS = Boolean.getBoolean("chaos.long") ? 5 : 1;
  private static final Duration LEADER_LIMIT = Duration.ofSeconds(60);
  private static final Duration FOLLOW_LIMIT = Duration.ofMinutes(4);

  @TempDir private Path folder;

  private final List<StreamConsumer.Line> earlier = new ArrayList<>();

  @Test
  void aConsumerOfAStreamMissesNothingWhileLeadersChange() throws Exception {
    StreamConsumer.fetch(folder);
    long seed = Seed.choose();
    Random random = new Random(seed);
    try (RegionProcesses region =
        new RegionProcesses(
            folder, RegionSetup.plain().withEach(List.of("--region", StreamConsumer.REGION)))) {
      region.start();
      String arn = createFollowedTable(region);
      String group = region.groupOfTable();
      Versions versions = new Versions(region.ports());
      Thread writer = Thread.ofPlatform().name("versions").start(versions);
      StreamConsumer consumer = StreamConsumer.start(folder, region.ports()[0], arn, "ann");
      try {
        awaitProgress(consumer, versions);
        for (int i = 0; i < ROUNDS; i++) {
          kill(region, leader(region, group), random);
          awaitProgress(consumer, versions);
          handOver(region, leader(region, group));
          awaitProgress(consumer, versions);
          standStill(region, leader(region, group));
          awaitProgress(consumer, versions);
          kill(region, 0, random);
          awaitProgress(consumer, versions);
          consumer = successor(consumer, region, arn, "bob-" + i);
          awaitProgress(consumer, versions);
        }
        versions.stop();
        writer.join();
        awaitAll(consumer, versions);
        consumer.stop();
        int back = versions.verify(lines(consumer));
        System.out.printf(
            "%d changes followed, %d records, went back %d times%n",
            versions.written(), lines(consumer).size(), back);
      } catch (Exception | AssertionError e) {
        throw new AssertionError(e.getMessage() + "; the consumer says …" + consumer.errors(), e);
      } finally {
        versions.stop();
        consumer.close();
      }
    } catch (Exception | AssertionError e) {
      throw new AssertionError(
          Seed.repeat(StreamConsumerTest.class, seed) + "; " + e.getMessage(), e);
    }
  }

  private static String createFollowedTable(RegionProcesses region) throws Exception {
    try (Connection connection = region.node(0).connect()) {
      Table.create(connection);
      Answer answer =
          connection.call(
              "UpdateTable",
              """
              {"TableName": "chaos",
               "StreamSpecification": {"StreamEnabled": true, "StreamViewType": "NEW_IMAGE"}}
              """);
      if (!answer.isDone()) {
        throw new AssertionError("UpdateTable: " + answer);
      }
      Table.awaitActive(connection, Table.NAME);
      return (String)
          Objects.requireNonNull(
              Json.at(answer.json(), "TableDescription", "LatestStreamArn"), "a stream");
    }
  }

  private static int leader(RegionProcesses region, String group) throws Exception {
    Await.until(LEADER_LIMIT, "a leader", () -> region.leader(group) >= 0);
    return Math.max(region.leader(group), 0);
  }

  private static void kill(RegionProcesses region, int node, Random random) throws Exception {
    region.kill(node);
    Await.pass(Duration.ofMillis(random.nextInt(5_000)));
    region.restart(node);
  }

  private static void handOver(RegionProcesses region, int node) throws Exception {
    region.stopInOrder(node);
    region.restart(node);
  }

  private static void standStill(RegionProcesses region, int node) throws Exception {
    region.node(node).pause(true);
    try {
      Await.pass(Duration.ofSeconds(6));
    } finally {
      region.node(node).pause(false);
    }
  }

  /// Kills a consumer; another goes on at its last checkpoint.
  private StreamConsumer successor(
      StreamConsumer killed, RegionProcesses region, String arn, String name) throws Exception {
    killed.close();
    earlier.addAll(killed.lines());
    return StreamConsumer.start(folder, region.ports()[0], arn, name);
  }

  private List<StreamConsumer.Line> lines(StreamConsumer consumer) {
    List<StreamConsumer.Line> lines = new ArrayList<>(earlier);
    lines.addAll(consumer.lines());
    return lines;
  }

  /// What is written by now has come to it.
  private void awaitAll(StreamConsumer consumer, Versions versions) throws Exception {
    long written = versions.written();
    Await.until(
        FOLLOW_LIMIT,
        "all that was written",
        () -> {
          if (!consumer.isAlive()) {
            throw new AssertionError("the consumer ended");
          }
          Await.pass(Duration.ofMillis(200));
          return Versions.hasAll(lines(consumer), written);
        });
  }

  private void awaitProgress(StreamConsumer consumer, Versions versions) throws Exception {
    long before = versions.written();
    Await.until(LEADER_LIMIT, "writes", () -> versions.written() > before + 50);
    awaitAll(consumer, versions);
  }
}
