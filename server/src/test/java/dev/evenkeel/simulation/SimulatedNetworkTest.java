package dev.evenkeel.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.environment.Environment;
import dev.evenkeel.environment.Network.Connection;
import dev.evenkeel.environment.Network.ConnectionListener;
import dev.evenkeel.simulation.NetworkObserver.Fate;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatedNetworkTest {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;

  private final Simulator simulator = new Simulator(11);
  private final SimulatedNetwork network = new SimulatedNetwork(simulator);
  private final SimulatedNode<Environment> one = node(1);
  private final SimulatedNode<Environment> two = node(2);
  private final Ear caller = new Ear();
  private final Ear callee = new Ear();

  /// One end of a connection: keeps what comes.
  private final class Ear implements ConnectionListener {
    private final List<Integer> frames = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();
    private @Nullable Connection connection;
    private @Nullable String end;

    @Override
    public void opened(Connection opened) {
      connection = opened;
    }

    @Override
    public void frame(ByteBuffer frame) {
      frames.add(frame.getInt());
      times.add(simulator.nowNanos());
    }

    @Override
    public void closed(@Nullable IOException reason) {
      end = reason == null ? "in order" : String.valueOf(reason.getMessage());
    }

    boolean send(int number, int bytes) {
      if (connection == null) {
        throw new AssertionError("not open");
      }
      return connection.send(ByteBuffer.allocate(bytes).putInt(0, number));
    }

    void close() {
      if (connection != null) {
        connection.close();
      }
    }
  }

  private SimulatedNode<Environment> node(int number) {
    return new SimulatedNode<>(
        simulator, network, number, "node-" + number, (environment, store) -> environment);
  }

  private Environment start(SimulatedNode<Environment> node) {
    node.start();
    simulator.runUntil(() -> node.service() != null, SECOND);
    Environment environment = node.service();
    if (environment == null) {
      throw new AssertionError("down");
    }
    return environment;
  }

  @BeforeEach
  void connect() throws IOException {
    Environment there = start(two);
    there.network().listen(() -> callee);
    start(one).network().connect(2, caller);
    pass(SECOND);
    assertThat(caller.connection).isNotNull();
    assertThat(callee.connection).isNotNull();
  }

  private void pass(long nanos) {
    long until = simulator.nowNanos() + nanos;
    simulator.after(nanos, "time", () -> {});
    simulator.runUntil(() -> simulator.nowNanos() >= until, 2 * nanos);
  }

  private static List<Integer> upTo(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  @Test
  void framesArriveInOrderAfterAShortWhile() {
    long since = simulator.nowNanos();
    for (int i = 0; i < 200; i++) {
      caller.send(i, 100);
    }
    pass(SECOND);
    assertThat(callee.frames).isEqualTo(upTo(200));
    assertThat(callee.times.getFirst() - since).isBetween(50_000L, 20 * MILLI);
  }

  @Test
  void aCutHoldsOneDirectionUntilItHeals() {
    network.wire(1, 2).cut(true);
    caller.send(0, 100);
    callee.send(0, 100);
    pass(5 * SECOND);
    assertThat(callee.frames).isEmpty();
    assertThat(caller.frames).isEqualTo(upTo(1));
    network.heal();
    caller.send(1, 100);
    pass(5 * SECOND);
    assertThat(callee.frames).isEqualTo(upTo(2));
  }

  @Test
  void aCutThatLastsBreaksTheSendersEnd() {
    network.wire(1, 2).cut(true);
    caller.send(0, 100);
    pass(30 * SECOND);
    assertThat(caller.end).contains("timed out");
    assertThat(callee.end).isNull();
  }

  @Test
  void aZoneIsCutFromOthersAndNotFromItself() {
    network.place(1, "a");
    network.place(2, "a");
    network.cutZone("a", true);
    caller.send(0, 100);
    pass(SECOND);
    assertThat(callee.frames).hasSize(1);
    network.place(2, "b");
    network.cutZone("a", true);
    caller.send(1, 100);
    pass(SECOND);
    assertThat(callee.frames).hasSize(1);
    network.cutZone("a", false);
    pass(5 * SECOND);
    assertThat(callee.frames).hasSize(2);
  }

  @Test
  void bandwidthAndSlownessDelay() {
    network.wire(1, 2).bandwidth(1_000_000);
    long since = simulator.nowNanos();
    for (int i = 0; i < 10; i++) {
      caller.send(i, 100_000);
    }
    pass(3 * SECOND);
    assertThat(callee.times.getLast() - since).isBetween(SECOND, SECOND + 50 * MILLI);
    network.heal();
    network.slow(2, 500 * MILLI);
    since = simulator.nowNanos();
    for (int i = 0; i < 10; i++) {
      caller.send(i, 4);
    }
    pass(SECOND);
    assertThat(callee.times.getLast() - since).isGreaterThan(100 * MILLI);
  }

  @Test
  void aFullQueueTakesNothingMore() {
    network.wire(1, 2).cut(true);
    int taken = 0;
    while (caller.send(taken, 1 << 20)) {
      taken++;
    }
    assertThat(taken).isEqualTo(16);
    network.heal();
    pass(5 * SECOND);
    assertThat(callee.frames).hasSize(16);
    assertThat(caller.send(16, 100)).isTrue();
  }

  @Test
  void anUnreliableWayLosesDoublesAndReorders() {
    Map<Fate, Integer> fates = new EnumMap<>(Fate.class);
    network.observe((from, to, fate, frame) -> fates.merge(fate, 1, Integer::sum));
    network.everyWire(wire -> wire.unreliable(.1, .1, .1));
    for (int i = 0; i < 1_000; i++) {
      caller.send(i, 100);
      pass(MILLI);
    }
    pass(SECOND);
    assertThat(fates).containsOnlyKeys(Fate.DELIVERED, Fate.LOST, Fate.DUPLICATED, Fate.REORDERED);
    assertThat(fates.get(Fate.LOST)).isBetween(50, 200);
    assertThat(callee.frames)
        .hasSize(1_000 - fates.getOrDefault(Fate.LOST, 0) + fates.getOrDefault(Fate.DUPLICATED, 0));
    assertThat(callee.frames).isNotEqualTo(callee.frames.stream().sorted().toList());
  }

  @Test
  void closingSendsWhatCameBefore() {
    caller.send(0, 100);
    caller.close();
    assertThat(caller.send(1, 100)).isFalse();
    pass(SECOND);
    assertThat(callee.frames).isEqualTo(upTo(1));
    assertThat(callee.end).isEqualTo("in order");
    assertThat(caller.end).isEqualTo("in order");
    assertThat(callee.send(1, 100)).isFalse();
  }

  @Test
  void aDeadProcessResetsItsConnectionsAndAMachineWithoutPowerDoesNot() {
    two.kill();
    pass(SECOND);
    assertThat(caller.end).contains("reset");
  }

  @Test
  void aMachineWithoutPowerIsNoticedOnlyByWhoSends() {
    two.crash();
    pass(60 * SECOND);
    assertThat(caller.end).isNull();
    caller.send(0, 100);
    pass(SECOND);
    start(two);
    pass(5 * SECOND);
    assertThat(caller.end).contains("reset by peer");
  }

  @Test
  void connectingFailsAsItDoesInReality() {
    one.kill();
    Environment here = start(one);
    Ear refused = new Ear();
    two.kill();
    here.network().connect(2, refused);
    Ear lost = new Ear();
    here.network().connect(7, lost);
    pass(10 * SECOND);
    assertThat(refused.end).contains("refused");
    assertThat(lost.end).contains("timed out");
  }

  @Test
  void aBrokenConnectionDeliversAPrefix() {
    network.wire(1, 2).breaks(.05);
    int sent = 0;
    while (caller.send(sent, 100)) {
      sent++;
    }
    pass(SECOND);
    assertThat(callee.frames).isEqualTo(upTo(callee.frames.size())).hasSizeLessThan(sent);
    assertThat(caller.end).contains("reset");
    assertThat(callee.end).contains("reset");
  }
}
