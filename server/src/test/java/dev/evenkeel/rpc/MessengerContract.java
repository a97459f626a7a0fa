package dev.evenkeel.rpc;

import static dev.evenkeel.rpc.TestNode.failed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.rpc.CallOutcome.Answered;
import dev.evenkeel.rpc.CallOutcome.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What holds for every messenger.
abstract class MessengerContract {
  private static final long ONE = NodeIdentity.of(1, 11);
  private static final long TWO = NodeIdentity.of(2, 22);
  private static final long OTHER_TWO = NodeIdentity.of(2, 23);

  private MessengerWorld world;

  abstract MessengerWorld open() throws Exception;

  @BeforeEach
  final void openWorld() throws Exception {
    world = open();
  }

  @AfterEach
  final void closeWorld() {
    world.close();
  }

  @Test
  final void messagesOfOneNodeArriveInTheOrderInWhichItSentThem() throws Exception {
    TestNode one = TestNode.start(world, ONE);
    TestNode two = TestNode.start(world, TWO);
    one.awaitPeers(two);
    for (int i = 0; i < 1_000; i++) {
      if (i % 3 == 0) {
        one.call(two, Note.of(i));
      } else {
        one.send(two, i);
      }
    }
    world.await(() -> two.received.size() == 1_000);
    assertThat(two.numbers()).isEqualTo(LongStream.range(0, 1_000).boxed().toList());
  }

  @Test
  final void anAnswerReachesItsOwnCall() throws Exception {
    TestNode one = TestNode.start(world, ONE);
    TestNode two = TestNode.start(world, TWO);
    one.awaitPeers(two);
    two.holds = true;
    List<TestNode.Outcomes> calls = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      calls.add(one.call(two, Note.of(i * 10L)));
    }
    world.await(() -> two.held.size() == 10);
    List<Runnable> answers = new ArrayList<>(two.held);
    answers.reversed().forEach(Runnable::run);
    for (int i = 0; i < 10; i++) {
      assertThat(calls.get(i).await()).isEqualTo(new Answered<>(Note.of(i * 10L + 1)));
    }
  }

  @Test
  final void bothSidesCallEachOther() throws Exception {
    TestNode one = TestNode.start(world, ONE);
    TestNode two = TestNode.start(world, TWO);
    one.awaitPeers(two);
    two.awaitPeers(one);
    TestNode.Outcomes there = one.call(two, Note.of(5));
    TestNode.Outcomes back = two.call(one, Note.of(7));
    assertThat(there.await()).isEqualTo(new Answered<>(Note.of(6)));
    assertThat(back.await()).isEqualTo(new Answered<>(Note.of(8)));
  }

  @Test
  final void aLargeMessageArrivesWhole() throws Exception {
    TestNode one = TestNode.start(world, ONE);
    TestNode two = TestNode.start(world, TWO);
    one.awaitPeers(two);
    Note large = new Note(1, 3 << 20);
    assertThat(one.call(two, large).await()).isEqualTo(new Answered<>(new Note(2, 3 << 20)));
  }

  @Test
  final void aNodeThatIsAwayGetsNothing() throws Exception {
    TestNode one = TestNode.start(world, ONE);
    one.messenger.send(TWO, Note.of(1));
    assertThat(one.call(TWO, Note.of(2), TestNode.LONG).await()).isEqualTo(failed(Reason.NOT_SENT));
    assertThat(one.messenger.connected()).isEmpty();
  }

  @Test
  final void anotherIncarnationGetsNothing() throws Exception {
    TestNode one = TestNode.start(world, ONE);
    TestNode two = TestNode.start(world, TWO);
    one.awaitPeers(two);
    one.messenger.send(OTHER_TWO, Note.of(1));
    assertThat(one.call(OTHER_TWO, Note.of(2), TestNode.LONG).await())
        .isEqualTo(failed(Reason.NOT_SENT));
    assertThat(one.call(two, Note.of(3)).await()).isEqualTo(new Answered<>(Note.of(4)));
    assertThat(two.numbers()).containsExactly(3L);
  }

  @Test
  final void aCallWithoutAnswerTimesOutAndALateAnswerIsDropped() throws Exception {
    TestNode one = TestNode.start(world, ONE);
    TestNode two = TestNode.start(world, TWO);
    one.awaitPeers(two);
    two.holds = true;
    TestNode.Outcomes patient = one.call(two, Note.of(1));
    TestNode.Outcomes hasty = one.call(two.id(), Note.of(2), Duration.ofMillis(20));
    assertThat(hasty.await()).isEqualTo(failed(Reason.TIMED_OUT));
    world.await(() -> two.held.size() == 2);
    two.held.forEach(Runnable::run);
    assertThat(patient.await()).isEqualTo(new Answered<>(Note.of(2)));
    assertThat(hasty.count()).isEqualTo(1);
  }

  @Test
  final void callsInFlightAreLostWhenTheOtherNodeCloses() throws Exception {
    TestNode one = TestNode.start(world, ONE);
    TestNode two = TestNode.start(world, TWO);
    one.awaitPeers(two);
    two.holds = true;
    TestNode.Outcomes call = one.call(two, Note.of(1));
    world.await(() -> two.held.size() == 1);
    two.close();
    assertThat(call.await()).isEqualTo(failed(Reason.LOST));
    world.await(() -> one.messenger.connected().isEmpty());
    two.held.forEach(Runnable::run);
    assertThat(call.count()).isEqualTo(1);
  }

  @Test
  final void callsInFlightAreLostWhenTheirOwnNodeCloses() throws Exception {
    TestNode one = TestNode.start(world, ONE);
    TestNode two = TestNode.start(world, TWO);
    one.awaitPeers(two);
    two.holds = true;
    TestNode.Outcomes call = one.call(two, Note.of(1));
    one.close();
    assertThat(call.await()).isEqualTo(failed(Reason.LOST));
    assertThat(one.call(two, Note.of(2)).await()).isEqualTo(failed(Reason.NOT_SENT));
  }

  @Test
  final void callsThatAreGivenUpAreLostAndLaterOnesAreAnswered() throws Exception {
    TestNode one = TestNode.start(world, ONE);
    TestNode two = TestNode.start(world, TWO);
    one.awaitPeers(two);
    two.holds = true;
    TestNode.Outcomes given = one.call(two, Note.of(1));
    world.await(() -> two.held.size() == 1);
    one.messenger.giveUp(two.id());
    assertThat(given.await()).isEqualTo(failed(Reason.LOST));
    two.holds = false;
    two.held.forEach(Runnable::run);
    assertThat(one.call(two, Note.of(5)).await()).isEqualTo(new Answered<>(Note.of(6)));
    assertThat(given.count()).isOne();
  }

  @Test
  final void moreCallsThanAllowedFailAtOnce() throws Exception {
    TestNode one = TestNode.start(world, ONE, new RpcLimits(4, 1 << 20, 100));
    TestNode two = TestNode.start(world, TWO);
    one.awaitPeers(two);
    two.holds = true;
    List<TestNode.Outcomes> calls = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      calls.add(one.call(two, Note.of(i)));
    }
    assertThat(one.call(two, Note.of(9)).await()).isEqualTo(failed(Reason.OVERLOADED));
    world.await(() -> two.held.size() == 4);
    two.held.forEach(Runnable::run);
    for (int i = 0; i < 4; i++) {
      assertThat(calls.get(i).await()).isEqualTo(new Answered<>(Note.of(i + 1)));
    }
    two.holds = false;
    assertThat(one.call(two, Note.of(10)).await()).isEqualTo(new Answered<>(Note.of(11)));
  }

  @Test
  final void aRequestIsAnsweredOnce() throws Exception {
    TestNode one = TestNode.start(world, ONE);
    TestNode two = TestNode.start(world, TWO);
    one.awaitPeers(two);
    two.holds = true;
    one.call(two, Note.of(1));
    world.await(() -> two.held.size() == 1);
    Runnable answer = two.held.remove();
    answer.run();
    assertThatThrownBy(answer::run).isInstanceOf(IllegalStateException.class);
  }

  @Test
  final void aNodeIsAnnouncedBeforeItsFirstMessageAndTakenBackWhenItCloses() throws Exception {
    TestNode one = TestNode.start(world, ONE);
    TestNode two = TestNode.start(world, TWO);
    two.awaitPeers(one);
    two.send(one, 1);
    world.await(() -> one.received.size() == 1);
    two.close();
    world.await(() -> one.news.contains("-2"));
    assertThat(one.news).containsExactly("+2", "hears 2", "-2");
  }

  @Test
  final void aNodeThatComesBackIsFoundUnderItsNewIdentity() throws Exception {
    TestNode one = TestNode.start(world, ONE);
    TestNode two = TestNode.start(world, TWO);
    one.awaitPeers(two);
    two.close();
    world.await(() -> one.messenger.connected().isEmpty());
    TestNode again = TestNode.start(world, OTHER_TWO);
    one.awaitPeers(again);
    assertThat(one.messenger.connected()).containsExactly(OTHER_TWO);
    assertThat(one.call(again, Note.of(1)).await()).isEqualTo(new Answered<>(Note.of(2)));
    assertThat(one.call(two, Note.of(1)).await()).isEqualTo(failed(Reason.NOT_SENT));
  }

  @Test
  final void threeNodesHearEachOther() throws Exception {
    TestNode one = TestNode.start(world, ONE);
    TestNode two = TestNode.start(world, TWO);
    TestNode three = TestNode.start(world, NodeIdentity.of(3, 33));
    one.awaitPeers(two, three);
    two.awaitPeers(one, three);
    three.awaitPeers(one, two);
    assertThat(three.call(one, Note.of(1)).await()).isEqualTo(new Answered<>(Note.of(2)));
    assertThat(three.call(two, Note.of(3)).await()).isEqualTo(new Answered<>(Note.of(4)));
  }
}
