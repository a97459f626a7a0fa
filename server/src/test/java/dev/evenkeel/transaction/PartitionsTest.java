package dev.evenkeel.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.replica.ReadOutcome;
import dev.evenkeel.replica.Request;
import dev.evenkeel.replica.TogetherOutcome;
import dev.evenkeel.replica.Transaction;
import dev.evenkeel.replica.WriteOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Who asks several partitions asks them at once, and gets each one's answer in its place; who must
/// not wait any more learns that he does not know.
@Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PartitionsTest {
  private static final long A = Groups.A.id();
  private static final long B = Groups.B.id();
  private static final String STOPS = "the node stops";

  @RegisterExtension final Groups groups = new Groups();
  private final Partitions partitions = groups.partitions;

  private static Request.Transact put(long group, String key, String value) {
    return new Request.Transact(
        group, null, List.of(Groups.put(group == A ? Groups.A : Groups.B, key, value)));
  }

  /// A check in the first group, that fails there; a put in the second.
  private static Request.Transact checkOrPut(long group) {
    return group == A
        ? new Request.Transact(
            A, null, List.of(Groups.check(Groups.A, "a", "attribute_exists(pk)")))
        : put(B, "b", "new");
  }

  private static Request.ReadTogether look(long group, String key) {
    return new Request.ReadTogether(
        group, List.of(StoredKeys.item(group, new AttributeValue.S(key), null)));
  }

  private static String value(TogetherOutcome outcome) {
    if (!(outcome instanceof TogetherOutcome.Items(_, var items))) {
      return outcome.toString();
    }
    BinaryItem item = items.getFirst();
    return item != null && item.get("v") instanceof AttributeValue.S(var value) ? value : "";
  }

  /// The first group does not answer before the second has.
  private void turnAnswersRound() {
    groups.hold(request -> request.group() == A);
    var _ = groups.answered(request -> request.group() == B).thenRun(groups::release);
  }

  @Test
  void aChangeIsCarriedOutAndAnswered() {
    assertThat(partitions.change(put(A, "a", "new"))).isInstanceOf(WriteOutcome.Transacted.class);
    assertThat(groups.value(Groups.A, "a")).isEqualTo("new");
  }

  @Test
  void aChangeWhoseAnswerIsLostIsUnknown() {
    groups.fail(Request.Transact.class::isInstance, Groups.Fate.ANSWER_LOST);
    assertThat(partitions.change(put(A, "a", "new"))).isInstanceOf(WriteOutcome.Unknown.class);
    assertThat(groups.value(Groups.A, "a")).isEqualTo("new");
  }

  @Test
  void aRefusalIsNoUnknown() {
    groups.fail(Request.Transact.class::isInstance, Groups.Fate.UNAVAILABLE);
    assertThat(partitions.change(put(A, "a", "new"))).isInstanceOf(WriteOutcome.Unavailable.class);
  }

  @Test
  void severalAreChangedAtOnceAndAnsweredInTheOrderGiven() {
    turnAnswersRound();
    var outcomes = partitions.changes(List.of(A, B), PartitionsTest::checkOrPut);
    assertThat(outcomes.sequencedKeySet()).containsExactly(A, B);
    assertThat(outcomes.get(A)).isInstanceOf(WriteOutcome.Canceled.class);
    assertThat(outcomes.get(B)).isInstanceOf(WriteOutcome.Transacted.class);
  }

  @Test
  void theOrderIsTheCallersAndNotThatOfTheGroups() {
    var outcomes = partitions.changes(List.of(B, A), PartitionsTest::checkOrPut);
    assertThat(outcomes.sequencedKeySet()).containsExactly(B, A);
    assertThat(groups.asked()).extracting(Request::group).containsExactly(B, A);
  }

  @Test
  void oneThatIsNotHeardOfHidesNoOther() {
    groups.fail(request -> request.group() == A, Groups.Fate.REQUEST_LOST);
    var outcomes = partitions.changes(List.of(A, B), PartitionsTest::checkOrPut);
    assertThat(outcomes.get(A)).isInstanceOf(WriteOutcome.Unknown.class);
    assertThat(outcomes.get(B)).isInstanceOf(WriteOutcome.Transacted.class);
  }

  @Test
  void whoAsksNobodyHasNoAnswer() {
    assertThat(partitions.changes(List.of(), PartitionsTest::checkOrPut)).isEmpty();
    assertThat(partitions.looks(List.of())).isEmpty();
    assertThat(groups.asked()).isEmpty();
  }

  @Test
  void severalAreLookedAtAtOnceAndAnsweredInTheOrderGiven() {
    partitions.change(put(A, "a", "1"));
    partitions.change(put(B, "b", "2"));
    turnAnswersRound();
    assertThat(partitions.looks(List.of(look(A, "a"), look(B, "b"))))
        .extracting(PartitionsTest::value)
        .containsExactly("1", "2");
  }

  @Test
  void aLookAtALockedItemIsAConflictAndHidesNoOther() {
    partitions.change(put(B, "b", "2"));
    Transaction other = groups.transaction("other");
    groups.prepare(other, Groups.put(Groups.A, "a", "other"));
    List<TogetherOutcome> outcomes = partitions.looks(List.of(look(A, "a"), look(B, "b")));
    assertThat(outcomes.getFirst()).isEqualTo(new TogetherOutcome.Conflict(0));
    assertThat(value(outcomes.getLast())).isEqualTo("2");
  }

  @Test
  void aReadIsConsistentAndOfTheKeyGiven() {
    partitions.change(put(A, "a", "new"));
    groups.asked().clear();
    assertThat(partitions.read(Groups.A, new AttributeValue.S("a")))
        .isInstanceOfSatisfying(
            ReadOutcome.Item.class,
            read ->
                assertThat(read.item())
                    .isNotNull()
                    .extracting(item -> item.get("v"))
                    .isEqualTo(new AttributeValue.S("new")));
    assertThat(groups.asked())
        .singleElement()
        .isInstanceOfSatisfying(
            Request.Read.class, request -> assertThat(request.consistent()).isTrue());
    assertThat(partitions.read(Groups.A, new AttributeValue.S("none")))
        .isEqualTo(new ReadOutcome.Item(null));
  }

  @Test
  void aReadThatFailsIsNoMissingItem() {
    groups.fail(Request.Read.class::isInstance, Groups.Fate.UNAVAILABLE);
    assertThat(partitions.read(Groups.A, new AttributeValue.S("a")))
        .isInstanceOf(ReadOutcome.Failed.class);
  }

  // A node that is told to stop.

  private void stop() {
    groups.hold(_ -> true);
    Thread.currentThread().interrupt();
  }

  private static void requireToldToStop() {
    assertThat(Thread.currentThread().isInterrupted()).as("the caller is told too").isTrue();
  }

  @Test
  void aChangeThatMayStillHappenIsUnknownWhenTheNodeStops() {
    stop();
    assertThat(partitions.change(put(A, "a", "new"))).isEqualTo(new WriteOutcome.Unknown(STOPS));
    requireToldToStop();
  }

  @Test
  void eachOfSeveralChangesIsUnknownWhenTheNodeStops() {
    stop();
    assertThat(partitions.changes(List.of(A, B), PartitionsTest::checkOrPut).values())
        .containsExactly(new WriteOutcome.Unknown(STOPS), new WriteOutcome.Unknown(STOPS));
    requireToldToStop();
  }

  @Test
  void readsFailWhenTheNodeStops() {
    stop();
    assertThat(partitions.read(Groups.A, new AttributeValue.S("a")))
        .isEqualTo(new ReadOutcome.Failed(STOPS));
    assertThat(partitions.looks(List.of(look(A, "a"), look(B, "b"))))
        .containsExactly(new TogetherOutcome.Failed(STOPS), new TogetherOutcome.Failed(STOPS));
    requireToldToStop();
  }
}
