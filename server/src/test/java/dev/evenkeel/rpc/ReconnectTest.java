package dev.evenkeel.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.environment.Clock;
import dev.evenkeel.environment.Disk;
import dev.evenkeel.environment.Entropy;
import dev.evenkeel.environment.Environment;
import dev.evenkeel.environment.Network;
import dev.evenkeel.environment.Tasks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/// When a node tries again to connect to one whose process is dead.
class ReconnectTest {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;
  private static final long ONE = NodeIdentity.of(1, 1);
  private static final long TWO = NodeIdentity.of(2, 2);

  /// Before the second attempt; each pause is twice the one before, up to the longest.
  private static final long FIRST_PAUSE_NANOS = 100 * MILLI;

  private static final long LONGEST_PAUSE_NANOS = 2 * SECOND;

  /// For the refusal to come back, and timers that are late.
  private static final long SLACK_NANOS = 50 * MILLI;

  private static final long TIME_NANOS = 60 * SECOND;

  private final SimulatedWorld world = new SimulatedWorld(5);

  /// When node 1 tried.
  private final List<Long> attempts = new ArrayList<>();

  /// The environment of node 1, which counts.
  private record Counted(Environment real, IntConsumer attempt) implements Environment, Network {
    @Override
    public Clock clock() {
      return real.clock();
    }

    @Override
    public Tasks tasks() {
      return real.tasks();
    }

    @Override
    public Disk disk() {
      return real.disk();
    }

    @Override
    public Entropy entropy() {
      return real.entropy();
    }

    @Override
    public Network network() {
      return this;
    }

    @Override
    public Listening listen(Acceptor acceptor) throws IOException {
      return real.network().listen(acceptor);
    }

    @Override
    public void connect(int to, ConnectionListener listener) {
      attempt.accept(to);
      real.network().connect(to, listener);
    }
  }

  private TestNode start() throws IOException {
    world.start(world.node(2));
    world.node(2).kill();
    Environment counted = new Counted(world.start(world.node(1)), this::tries);
    return TestNode.start(
        world, world.messenger(counted, RpcLimits.DEFAULT, Hello.of("here", ONE, 1, 1)));
  }

  private void tries(int to) {
    if (to == NodeIdentity.node(TWO)) {
      attempts.add(world.simulator.nowNanos());
    }
  }

  private List<Long> pauses() {
    List<Long> pauses = new ArrayList<>();
    for (int i = 1; i < attempts.size(); i++) {
      pauses.add(attempts.get(i) - attempts.get(i - 1));
    }
    return pauses;
  }

  @Test
  void pausesDoubleUpToTheLongest() throws IOException {
    start();
    world.pass(TIME_NANOS);
    long most = FIRST_PAUSE_NANOS;
    for (long pause : pauses()) {
      assertThat(pause).isBetween(most / 2, most + SLACK_NANOS);
      most = Math.min(2 * most, LONGEST_PAUSE_NANOS);
    }
    assertThat((long) attempts.size()).isGreaterThan(TIME_NANOS / LONGEST_PAUSE_NANOS);
  }

  /// All nodes of a region look for one that is gone: they shall not come all at once.
  @Test
  void pausesAreSpread() throws IOException {
    start();
    world.pass(TIME_NANOS);
    List<Long> longest =
        pauses().stream().filter(pause -> pause > LONGEST_PAUSE_NANOS / 2).sorted().toList();
    assertThat(longest.getLast() - longest.getFirst()).isGreaterThan(LONGEST_PAUSE_NANOS / 4);
  }

  @Test
  void aLinkThatHeldIsMadeAgainAtOnce() throws Exception {
    TestNode one = start();
    world.pass(TIME_NANOS);
    TestNode two = TestNode.start(world, TWO);
    one.awaitPeers(two);
    two.awaitPeers(one);
    int before = attempts.size();
    long broken = world.simulator.nowNanos();
    world.network.breakConnections(1, 2);
    world.await(() -> attempts.size() > before);
    assertThat(attempts.getLast() - broken).isLessThan(FIRST_PAUSE_NANOS);
  }
}
