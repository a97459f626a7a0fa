package dev.evenkeel.simulation.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.simulation.Answer;
import dev.evenkeel.simulation.Simulator;
import dev.evenkeel.simulation.ZonedNode;
import dev.evenkeel.simulation.ZonedRegion;
import dev.evenkeel.simulation.invariant.ReplicasAgree;
import dev.evenkeel.simulation.workload.Session;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A region of three nodes with a table of one group, for tests that make one history.
final class OneGroup {
  static final long SECOND = 1_000_000_000;
  static final long GROUP = 2;

  final Simulator simulator;
  final ZonedRegion region;
  final ReplicasAgree agreement;
  private final long limitNanos;

  /// @param limitNanos within which each thing that is awaited must come
  OneGroup(long limitNanos) {
    this(1, limitNanos);
  }

  OneGroup(long seed, long limitNanos) {
    this.simulator = new Simulator(seed);
    this.region = new ZonedRegion(simulator, 3);
    this.agreement = new ReplicasAgree(region);
    this.limitNanos = limitNanos;
  }

  /// With an empty table.
  void start() {
    region.start();
    await(region::serves);
    region.call("CreateTable", Session.creation(Session.TABLE), _ -> {});
    await(() -> leader() != null && agreement.isAtRest());
  }

  /// With an item of that sort key.
  void start(int sort) {
    start();
    pass(SECOND);
    region.nodes().forEach(node -> isOk(put(node, sort)));
  }

  void await(BooleanSupplier condition) {
    simulator.runUntil(condition, limitNanos);
  }

  void pass(long nanos) {
    long end = simulator.nowNanos() + nanos;
    await(() -> simulator.nowNanos() >= end);
  }

  @Nullable ZonedNode leader() {
    return region.leader(GROUP);
  }

  Answer put(ZonedNode node, int sort) {
    String item =
        """
        {"TableName":"%s","Item":{"pk":{"S":"a"},"sk":{"S":"%d"}}}\
        """
            .formatted(Session.TABLE, sort);
    return call(node, "PutItem", item);
  }

  /// A consistent read.
  Answer get(ZonedNode node, int sort) {
    String key =
        """
        {"TableName":"%s","ConsistentRead":true,"Key":{"pk":{"S":"a"},"sk":{"S":"%d"}}}\
        """
            .formatted(Session.TABLE, sort);
    return call(node, "GetItem", key);
  }

  private Answer call(ZonedNode node, String operation, String body) {
    Answer[] answers = new Answer[1];
    region.call(node, operation, body, answer -> answers[0] = answer);
    await(() -> answers[0] != null);
    return answers[0];
  }

  static void isOk(Answer answer) {
    assertThat(answer.kind()).as(answer.toString()).isEqualTo(Answer.Kind.OK);
  }
}
