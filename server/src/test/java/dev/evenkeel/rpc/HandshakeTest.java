package dev.evenkeel.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.environment.Environment;
import dev.evenkeel.paxos.Options;
import dev.evenkeel.rpc.Refusal.Reason;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Who is refused, and that both sides are told why.
class HandshakeTest {
  private static final long ONE = NodeIdentity.of(1, 0xaa);
  private static final long TWO = NodeIdentity.of(2, 0xbb);

  private final SimulatedWorld world = new SimulatedWorld(7);

  @Test
  void anotherRegionIsRefused() throws IOException {
    TestNode one = start(1, hello("here", ONE, 1, 1));
    TestNode two = start(2, hello("there", TWO, 1, 2));
    bothHear(
        one,
        two,
        Reason.OTHER_REGION,
        "node 2-0000000000bb",
        "to region 'there'",
        "node 1-0000000000aa",
        "to region 'here'");
  }

  @Test
  void aVersionThatNobodySharesIsRefused() throws IOException {
    TestNode one = start(1, new Hello("here", ONE, 1, 1, 1, 1));
    TestNode two = start(2, new Hello("here", TWO, 1, 2, 2, 3));
    bothHear(one, two, Reason.UNKNOWN_VERSION, "protocol version 1", "protocol versions 2 to 3");
  }

  @Test
  void aClonedDirectoryIsRefusedByItsOriginal() throws IOException {
    TestNode one = start(1, hello("here", ONE, 4, 1));
    TestNode clone = start(2, hello("here", ONE, 4, 2));
    bothHear(one, clone, Reason.OWN_IDENTITY, "two processes run as node 1-0000000000aa", "copy");
  }

  @Test
  void aClonedDirectoryIsRefusedByAThirdNode() throws IOException {
    TestNode three = start(3, hello("here", NodeIdentity.of(3, 0xcc), 1, 3));
    TestNode one = start(1, hello("here", ONE, 4, 1));
    world.await(() -> three.messenger.connected().contains(ONE));
    TestNode clone = start(4, hello("here", ONE, 4, 9));
    world.await(() -> !clone.refusals.isEmpty());
    assertThat(clone.refusals.getFirst().reason()).isIn(Reason.CLONED, Reason.OWN_IDENTITY);
    world.await(() -> reasons(three).contains(Reason.CLONED));
    assertThat(three.messenger.connected()).containsExactly(ONE);
    assertThat(one.messenger.connected()).containsExactly(three.id());
  }

  @Test
  void anOlderLifeIsRefused() throws IOException {
    TestNode three = start(3, hello("here", NodeIdentity.of(3, 0xcc), 1, 3));
    TestNode one = start(1, hello("here", ONE, 5, 1));
    world.await(() -> three.messenger.connected().contains(ONE));
    one.close();
    world.await(() -> three.messenger.connected().isEmpty());
    world.node(1).kill();
    TestNode old = start(1, hello("here", ONE, 4, 2));
    world.await(() -> !old.refusals.isEmpty());
    bothHear(three, old, Reason.OLDER_LIFE, "started 4 times, but 5 starts are known", "old copy");
  }

  @Test
  void aLaterLifeIsRefusedWhileTheEarlierOneIsHeard() throws IOException {
    TestNode three = start(3, hello("here", NodeIdentity.of(3, 0xcc), 1, 3));
    TestNode one = start(1, hello("here", ONE, 5, 1));
    world.await(() -> three.messenger.connected().contains(ONE));
    // A copy of the directory of node 1, started later.
    TestNode copy = start(4, hello("here", ONE, 6, 2));
    world.await(() -> reasons(three).contains(Reason.CLONED));
    world.pass(5 * Peer.SILENCE_MAX.toNanos());
    assertThat(three.news).containsExactly("+1");
    assertThat(one.messenger.connected()).containsExactly(three.id());
    assertThat(copy.messenger.connected()).isEmpty();
    assertThat(reasons(copy)).isNotEmpty().containsOnly(Reason.CLONED);
    assertThat(one.refusals).noneMatch(refusal -> refusal.reason() == Reason.OLDER_LIFE);
  }

  @Test
  void aLaterLifeTakesThePlaceOfAnEarlierOneThatHasFallenSilent() throws IOException {
    TestNode three = start(3, hello("here", NodeIdentity.of(3, 0xcc), 1, 3));
    start(1, hello("here", ONE, 5, 1));
    world.await(() -> three.messenger.connected().contains(ONE));
    // Without power nothing closes the connection.
    world.node(1).crash();
    start(1, hello("here", ONE, 6, 2));
    long from = world.simulator.nowNanos();
    world.await(() -> three.news.size() == 3);
    assertThat(three.news).containsExactly("+1", "-1", "+1");
    assertThat(world.simulator.nowNanos() - from).isLessThan(2 * Peer.SILENCE_MAX.toNanos());
  }

  @Test
  void aLaterLifeOfAKilledProcessIsTakenAtOnce() throws IOException {
    TestNode three = start(3, hello("here", NodeIdentity.of(3, 0xcc), 1, 3));
    start(1, hello("here", ONE, 5, 1));
    world.await(() -> three.messenger.connected().contains(ONE));
    world.node(1).kill();
    start(1, hello("here", ONE, 6, 2));
    world.await(() -> three.news.size() == 3);
    assertThat(three.news).containsExactly("+1", "-1", "+1");
    assertThat(three.refusals).isEmpty();
  }

  @Test
  void whatASilentProcessWasGivenHasLapsedBeforeItIsReplaced() {
    assertThat(Peer.SILENCE_MAX).isGreaterThanOrEqualTo(Options.DEFAULT.lease());
  }

  @Test
  void aNumberThatAnotherDirectoryUsesIsRefused() throws IOException {
    TestNode three = start(3, hello("here", NodeIdentity.of(3, 0xcc), 1, 3));
    start(1, hello("here", ONE, 1, 1));
    world.await(() -> three.messenger.connected().contains(ONE));
    TestNode taker = start(4, hello("here", NodeIdentity.of(1, 0xdd), 1, 4));
    world.await(() -> !taker.refusals.isEmpty());
    assertThat(taker.refusals.getFirst())
        .satisfies(refusal -> {
          assertThat(refusal.reason()).isEqualTo(Reason.NUMBER_TAKEN);
          assertThat(refusal.sentence()).contains("1-0000000000aa", "1-0000000000dd", "number");
        });
    assertThat(three.messenger.connected()).containsExactly(ONE);
  }

  @Test
  void anAddressThatLeadsToAnotherNodeIsRefused() throws IOException {
    TestNode one = start(1, hello("here", ONE, 1, 1));
    TestNode five = start(2, hello("here", NodeIdentity.of(5, 0xee), 1, 2));
    bothHear(one, five, Reason.OTHER_NODE, "address of node 2 leads to node 5-0000000000ee", "");
  }

  @Test
  void aHelloOfTheFutureIsUnderstoodAsFarAsItGoes() throws IOException {
    MessageOutput out = new MessageOutput();
    Hello hello = hello("here", ONE, 3, 4);
    hello.encode(out);
    out.text(99, "something new");
    assertThat(Hello.decode(MessageInput.of(out.toBytes()))).isEqualTo(hello);
  }

  /// Both sides hear that one refuses the other, one of them because the other says so.
  private void bothHear(TestNode a, TestNode b, Reason reason, String... words) {
    world.await(() -> hears(a, reason, words) && hears(b, reason, words));
    assertThat(a.messenger.connected()).isEmpty();
    assertThat(b.messenger.connected()).isEmpty();
    boolean byPeer =
        a.refusals.stream().anyMatch(Refusal::byPeer)
            || b.refusals.stream().anyMatch(Refusal::byPeer);
    assertThat(byPeer).isTrue();
  }

  private static boolean hears(TestNode node, Reason reason, String... words) {
    return node.refusals.stream()
        .filter(refusal -> refusal.reason() == reason)
        .anyMatch(refusal -> {
          assertThat(refusal.sentence()).contains(words);
          return true;
        });
  }

  private static List<Reason> reasons(TestNode node) {
    return node.refusals.stream().map(Refusal::reason).toList();
  }

  /// At that address, whatever the identity says.
  private TestNode start(int address, Hello hello) throws IOException {
    Environment environment = world.start(world.node(address));
    NetworkMessenger<Note> messenger = world.messenger(environment, RpcLimits.DEFAULT, hello);
    return TestNode.start(world, messenger);
  }

  private static Hello hello(String region, long identity, long life, long process) {
    return Hello.of(region, identity, life, process);
  }
}
