package dev.evenkeel.rpc;

import static dev.evenkeel.rpc.TestNode.failed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.environment.Network;
import dev.evenkeel.rpc.CallOutcome.Answered;
import dev.evenkeel.rpc.CallOutcome.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Trouble on the way, over the simulated network.
class NetworkMessengerTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long ONE = NodeIdentity.of(1, 1);
  private static final long TWO = NodeIdentity.of(2, 2);

  private final SimulatedWorld world = new SimulatedWorld(3);

  @Test
  void aDamagedFrameEndsTheConnectionAndIsCounted() throws Exception {
    TestNode one = TestNode.start(world, ONE);
    TestNode two = TestNode.start(world, TWO);
    one.awaitPeers(two);
    world.network.wire(1, 2).corruption(1);
    TestNode.Outcomes call = one.call(two, new Note(1, 500));
    assertThat(call.await()).isEqualTo(failed(Reason.LOST));
    assertThat(two.received).isEmpty();
    assertThat(world.count(RpcMeter.CORRUPT_FRAME)).isPositive();
    world.network.heal();
    one.awaitPeers(two);
    assertThat(one.call(two, Note.of(2)).await()).isEqualTo(new Answered<>(Note.of(3)));
  }

  @Test
  void anUnreadableMessageCostsNothingElse() throws Exception {
    TestNode one = TestNode.start(world, ONE);
    TestNode two = TestNode.start(world, TWO);
    one.awaitPeers(two);
    one.send(two, -1);
    assertThat(one.call(two, Note.of(-2)).await()).isEqualTo(failed(Reason.NOT_SENT));
    assertThat(one.call(two, Note.of(3)).await()).isEqualTo(new Answered<>(Note.of(4)));
    assertThat(world.count(RpcMeter.UNREADABLE_MESSAGE)).isEqualTo(2);
    assertThat(one.news).containsExactly("+2");
  }

  @Test
  void anUnreadableAnswerMayHaveBeenDone() throws Exception {
    TestNode one = TestNode.start(world, ONE);
    TestNode two = TestNode.start(world, TWO);
    one.awaitPeers(two);
    two.holds = true;
    TestNode.Outcomes call = one.call(two, Note.of(Long.MAX_VALUE));
    world.await(() -> two.held.size() == 1);
    two.held.remove().run();
    assertThat(call.await()).isEqualTo(failed(Reason.LOST));
  }

  @Test
  void aMessageLongerThanAFrameIsABug() throws Exception {
    TestNode one = TestNode.start(world, ONE);
    TestNode two = TestNode.start(world, TWO);
    one.awaitPeers(two);
    Note large = new Note(1, Network.FRAME_BYTES_MAX);
    assertThatThrownBy(() -> one.messenger.send(TWO, large))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aBrokenConnectionIsMadeAgain() throws Exception {
    TestNode one = TestNode.start(world, ONE);
    TestNode two = TestNode.start(world, TWO);
    one.awaitPeers(two);
    two.holds = true;
    TestNode.Outcomes call = one.call(two, Note.of(1));
    world.await(() -> two.held.size() == 1);
    world.network.breakConnections(1, 2);
    assertThat(call.await()).isEqualTo(failed(Reason.LOST));
    world.await(() -> one.news.size() == 3 && two.news.size() == 3);
    assertThat(one.news).containsExactly("+2", "-2", "+2");
    assertThat(two.news).containsExactly("+1", "-1", "+1");
  }

  @Test
  void whoHearsNothingForLongHasLostTheOther() throws Exception {
    TestNode one = TestNode.start(world, ONE);
    TestNode two = TestNode.start(world, TWO);
    one.awaitPeers(two);
    world.network.isolate(2);
    long since = world.simulator.nowNanos();
    world.await(() -> one.news.contains("-2") && two.news.contains("-1"));
    assertThat(world.simulator.nowNanos() - since).isBetween(4 * SECOND, 8 * SECOND);
    assertThat(world.count(RpcMeter.PEER_SILENT)).isPositive();
    world.network.heal();
    one.awaitPeers(two);
    two.awaitPeers(one);
  }

  @Test
  void aCutInOneDirectionIsNoticedByWhoHearsNothing() throws Exception {
    TestNode one = TestNode.start(world, ONE);
    TestNode two = TestNode.start(world, TWO);
    one.awaitPeers(two);
    world.network.wire(1, 2).cut(true);
    two.send(one, 5);
    world.await(() -> one.numbers().equals(List.of(5L)));
    world.await(() -> two.news.contains("-1"));
    world.network.heal();
    world.await(() -> one.news.size() == 4 && two.news.size() == 3);
    assertThat(one.news).containsExactly("+2", "hears 2", "-2", "+2");
    assertThat(one.call(two, Note.of(1)).await()).isEqualTo(new Answered<>(Note.of(2)));
  }

  @Test
  void aMachineWithoutPowerIsMissedAndFoundAgain() throws Exception {
    TestNode one = TestNode.start(world, ONE);
    one.awaitPeers(TestNode.start(world, TWO));
    world.node(2).crash();
    TestNode.Outcomes call = one.call(TWO, Note.of(1), Duration.ofSeconds(2));
    assertThat(call.await()).isEqualTo(failed(Reason.TIMED_OUT));
    world.await(() -> one.messenger.connected().isEmpty());
    TestNode two = TestNode.start(world, TWO);
    one.awaitPeers(two);
    assertThat(one.call(two, Note.of(2)).await()).isEqualTo(new Answered<>(Note.of(3)));
    assertThat(call.count()).isEqualTo(1);
  }

  @Test
  void quietNodesStayConnected() throws Exception {
    TestNode one = TestNode.start(world, ONE);
    TestNode two = TestNode.start(world, TWO);
    one.awaitPeers(two);
    world.pass(100 * SECOND);
    assertThat(one.news).containsExactly("+2");
    assertThat(two.news).containsExactly("+1");
  }

  @Test
  void whatASlowWayCannotTakeIsDropped() throws Exception {
    TestNode one = TestNode.start(world, ONE);
    TestNode two = TestNode.start(world, TWO);
    one.awaitPeers(two);
    world.network.wire(1, 2).bandwidth(8 << 20);
    for (int i = 0; i < 40; i++) {
      one.messenger.send(TWO, new Note(i, 1 << 20));
    }
    assertThat(one.call(two, Note.of(50)).await()).isEqualTo(failed(Reason.OVERLOADED));
    world.await(() -> two.received.size() >= 16);
    world.pass(SECOND);
    assertThat(one.call(two, Note.of(51)).await()).isEqualTo(new Answered<>(Note.of(52)));
    assertThat(two.received.size()).isLessThan(20);
    assertThat(one.news).containsExactly("+2");
  }

  @Test
  void requestsInFlightAreBoundedInBytes() throws Exception {
    TestNode one = TestNode.start(world, ONE, new RpcLimits(100, 1_000, 100));
    TestNode two = TestNode.start(world, TWO);
    one.awaitPeers(two);
    two.holds = true;
    one.call(two, new Note(1, 600));
    assertThat(one.call(two, new Note(2, 600)).await()).isEqualTo(failed(Reason.OVERLOADED));
    world.await(() -> two.held.size() == 1);
    two.held.remove().run();
    two.holds = false;
    world.pass(SECOND);
    assertThat(one.call(two, new Note(3, 600)).await()).isEqualTo(new Answered<>(new Note(4, 600)));
  }

  @Test
  void requestsThatWaitForTheirAnswerAreBoundedWhereTheyWait() throws Exception {
    TestNode one = TestNode.start(world, ONE);
    TestNode two = TestNode.start(world, TWO, new RpcLimits(3, 1 << 20, 100));
    one.awaitPeers(two);
    two.holds = true;
    List<TestNode.Outcomes> calls = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      calls.add(one.call(two, Note.of(i)));
    }
    assertThat(calls.get(3).await()).isEqualTo(failed(Reason.OVERLOADED));
    assertThat(two.numbers()).containsExactly(0L, 1L, 2L);
    two.held.forEach(Runnable::run);
    assertThat(calls.get(2).await()).isEqualTo(new Answered<>(Note.of(3)));
  }

  @Test
  void manyDeadlinesAreKeptByFewTimers() throws Exception {
    TestNode one = TestNode.start(world, ONE);
    TestNode two = TestNode.start(world, TWO);
    one.awaitPeers(two);
    two.holds = true;
    List<TestNode.Outcomes> calls = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      calls.add(one.call(TWO, Note.of(i), Duration.ofMillis(500)));
    }
    world.await(() -> two.held.size() == 1_000);
    long steps = world.simulator.steps();
    world.await(() -> calls.stream().noneMatch(TestNode.Outcomes::isEmpty));
    assertThat(world.simulator.steps() - steps).isLessThan(100);
    assertThat(calls)
        .allSatisfy(call -> assertThat(call.await()).isEqualTo(failed(Reason.TIMED_OUT)));
  }

  @Test
  void aCloserDeadlineIsNotDelayedByALaterOne() throws IOException, InterruptedException {
    TestNode one = TestNode.start(world, ONE);
    TestNode two = TestNode.start(world, TWO);
    one.awaitPeers(two);
    two.holds = true;
    one.call(TWO, Note.of(1), Duration.ofSeconds(20));
    long since = world.simulator.nowNanos();
    one.call(TWO, Note.of(2), Duration.ofMillis(30)).await();
    assertThat(world.simulator.nowNanos() - since).isLessThan(SECOND / 10);
  }

  @Test
  void aNodeThatNobodyNamedConnectsByItself() throws Exception {
    TestNode one = TestNode.start(world, ONE);
    TestNode stranger = TestNode.start(world, NodeIdentity.of(9, 9));
    one.awaitPeers(stranger);
    assertThat(one.call(stranger, Note.of(1)).await()).isEqualTo(new Answered<>(Note.of(2)));
  }
}
