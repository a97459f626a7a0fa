package dev.evenkeel.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.expression.Condition;
import dev.evenkeel.expression.ExpressionScope;
import dev.evenkeel.expression.Expressions;
import dev.evenkeel.expression.Update;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.PartitionSchema;
import dev.evenkeel.model.StreamSettings;
import dev.evenkeel.paxos.Options;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What transactions do to one partition.
class TransactionsTest {
  private static final long GROUP = OnePartition.TABLE.id();
  private static final Expressions EXPRESSIONS = new Expressions();
  private static final Transaction FIRST =
      new Transaction(new TransactionId(1_000, 1), "token/first");
  private static final Transaction SECOND =
      new Transaction(new TransactionId(2_000, 2), "token/second");

  private final OnePartition partition;

  TransactionsTest() throws IOException {
    partition = new OnePartition();
  }

  @AfterEach
  void close() throws IOException {
    partition.close();
  }

  private static TransactionAction action(String key, String condition, ItemWrite.Change change) {
    Condition bound =
        condition.isEmpty() ? null : EXPRESSIONS.condition(condition, ExpressionScope.empty());
    return new TransactionAction(
        new ItemWrite(OnePartition.TABLE, new AttributeValue.S(key), null, bound, change), true);
  }

  private static TransactionAction put(String key, String value) {
    return action(key, "", new ItemWrite.Change.Put(OnePartition.item(key, value)));
  }

  private static TransactionAction delete(String key) {
    return action(key, "", ItemWrite.Change.Delete.INSTANCE);
  }

  private static TransactionAction check(String key, String condition) {
    return action(key, condition, ItemWrite.Change.Check.INSTANCE);
  }

  private WriteOutcome prepare(Transaction transaction, TransactionAction... actions) {
    return partition.change(new Request.Prepare(GROUP, transaction, List.of(actions)));
  }

  private WriteOutcome transact(@Nullable Transaction transaction, TransactionAction... actions) {
    return transactIn(0, transaction, actions);
  }

  private WriteOutcome transactIn(
      long epoch, @Nullable Transaction transaction, TransactionAction... actions) {
    Mark mark = transaction == null ? null : new Mark(transaction, epoch);
    return partition.change(new Request.Transact(GROUP, mark, List.of(actions)));
  }

  private WriteOutcome finish(Transaction transaction, boolean commits) {
    return partition.change(new Request.Finish(GROUP, transaction.id(), commits, 1));
  }

  private boolean happened(Transaction transaction, boolean ends) {
    WriteOutcome outcome =
        partition.change(new Request.AskMark(GROUP, new Mark(transaction, 0), ends));
    if (outcome instanceof WriteOutcome.Happened(boolean happened)) {
      return happened;
    }
    throw new AssertionError(outcome.toString());
  }

  private String value(String key) {
    BinaryItem item = partition.read(key);
    return item != null && item.get("v") instanceof AttributeValue.S(var value) ? value : "";
  }

  private static byte[] stored(String key) {
    return StoredKeys.item(GROUP, new AttributeValue.S(key), null);
  }

  @Test
  void aTransactionOfOneGroupIsAppliedAtOnceAndAsAWhole() {
    partition.put("a", "1");
    partition.put("b", "1");
    assertThat(transact(null, put("a", "2"), delete("b"), check("c", "attribute_not_exists(pk)")))
        .isInstanceOf(WriteOutcome.Transacted.class);
    assertThat(value("a") + value("b")).isEqualTo("2");

    assertThat(transact(null, put("a", "3"), check("b", "attribute_exists(pk)")))
        .isEqualTo(
            new WriteOutcome.Canceled(
                List.of(
                    WriteOutcome.Reason.None.INSTANCE,
                    new WriteOutcome.Reason.ConditionFailed(null))));
    assertThat(value("a")).isEqualTo("2");
    assertThat(partition.unsettled()).isEmpty();
  }

  /// The bound on what is open stands in the way of a request, not of its second half.
  @Test
  void aTransactionOfMoreBytesThanMayBeOpenGoesOnAsItBegan() {
    int bytes = 390_000;
    int count = Math.toIntExact(Options.DEFAULT.openBytes() / bytes) + 2;
    TransactionAction[] puts = new TransactionAction[count];
    for (int i = 0; i < count; i++) {
      puts[i] = put("k" + i, "v".repeat(bytes));
    }
    assertThat(prepare(FIRST, puts)).isInstanceOf(WriteOutcome.Transacted.class);
    finish(FIRST, true);
    for (int i = 0; i < count; i++) {
      assertThat(value("k" + i)).hasSize(bytes);
    }
    assertThat(partition.unsettled()).isEmpty();
  }

  @Test
  void whatIsPreparedShowsWhenItIsCommitted() {
    partition.put("a", "1");
    WriteOutcome prepared = prepare(FIRST, put("a", "2"), put("b", "2"));
    assertThat(prepared)
        .isInstanceOfSatisfying(
            WriteOutcome.Transacted.class,
            done -> assertThat(done.effects()).hasSize(2).allMatch(each -> each.bytesAfter() > 0));
    assertThat(value("a") + value("b")).isEqualTo("1");
    assertThat(finish(FIRST, true)).isInstanceOf(WriteOutcome.Applied.class);
    assertThat(value("a") + value("b")).isEqualTo("22");
    assertThat(partition.unsettled()).isEmpty();
    assertThat(finish(FIRST, true)).isInstanceOf(WriteOutcome.Applied.class);
    assertThat(finish(FIRST, false)).isInstanceOf(WriteOutcome.Applied.class);
    assertThat(value("a") + value("b")).isEqualTo("22");
  }

  @Test
  void whatIsGivenUpLeavesNothing() {
    partition.put("a", "1");
    prepare(FIRST, put("a", "2"), put("b", "2"));
    finish(FIRST, false);
    assertThat(value("a") + value("b")).isEqualTo("1");
    assertThat(partition.unsettled()).isEmpty();
    assertThat(partition.put("a", "3")).isInstanceOf(WriteOutcome.Applied.class);
  }

  @Test
  void aLockedItemTakesNoOtherWrite() {
    partition.put("a", "1");
    partition.put("b", "1");
    prepare(FIRST, put("a", "2"), check("b", "attribute_exists(pk)"));
    assertThat(partition.put("a", "3")).isInstanceOf(WriteOutcome.Conflict.class);
    assertThat(partition.delete("b")).isInstanceOf(WriteOutcome.Conflict.class);
    WriteOutcome conflict =
        new WriteOutcome.Canceled(
            List.of(WriteOutcome.Reason.None.INSTANCE, WriteOutcome.Reason.Conflict.INSTANCE));
    assertThat(prepare(SECOND, put("c", "3"), put("a", "3"))).isEqualTo(conflict);
    assertThat(transact(null, put("c", "3"), put("b", "3"))).isEqualTo(conflict);
    assertThat(partition.unsettled()).hasSize(1);
    finish(FIRST, true);
    assertThat(value("a") + value("b") + value("c")).isEqualTo("21");
    assertThat(partition.delete("b")).isInstanceOf(WriteOutcome.Applied.class);
  }

  @Test
  void locksAreInTheStoreToo() {
    partition.put("a", "1");
    prepare(FIRST, put("a", "2"), delete("b"));
    transact(SECOND, put("c", "2"));
    partition.reload();
    assertThat(partition.unsettled())
        .extracting(Unsettled::transaction, Unsettled::kind)
        .containsExactlyInAnyOrder(
            tuple(FIRST, Unsettled.Kind.LOCKS), tuple(SECOND, Unsettled.Kind.MARK));
    assertThat(partition.put("a", "3")).isInstanceOf(WriteOutcome.Conflict.class);
    assertThat(partition.put("b", "3")).isInstanceOf(WriteOutcome.Conflict.class);
    finish(FIRST, true);
    assertThat(value("a")).isEqualTo("2");
    assertThat(happened(SECOND, false)).isTrue();
  }

  @Test
  void aMarkTellsThatATransactionHasHappened() {
    assertThat(happened(FIRST, false)).isFalse();
    transact(FIRST, put("a", "1"));
    assertThat(happened(FIRST, true)).isTrue();
    assertThat(partition.change(new Request.Unmark(GROUP, List.of(FIRST.id(), SECOND.id()))))
        .isInstanceOf(WriteOutcome.Applied.class);
    assertThat(partition.unsettled()).isEmpty();
  }

  @Test
  void aTransactionThatWasEndedDoesNotHappenLater() {
    assertThat(happened(FIRST, true)).isFalse();
    WriteOutcome other = new WriteOutcome.OtherEpoch(1);
    assertThat(transact(FIRST, put("a", "1"))).isEqualTo(other);
    partition.reload();
    assertThat(transact(FIRST, put("a", "1"))).isEqualTo(other);
    assertThat(transactIn(1, SECOND, put("a", "2"))).isInstanceOf(WriteOutcome.Transacted.class);
    assertThat(happened(FIRST, true)).isFalse();
    assertThat(value("a")).isEqualTo("2");
  }

  @Test
  void aCommitLeavesChangeRecordsOfOneTimeThatIsNotBelowTheTransactions() throws IOException {
    partition.put("a", "1");
    partition.change(
        new Request.Configure(
            GROUP,
            new PartitionSchema(
                1,
                List.of(),
                new StreamSettings("label", StreamSettings.View.NEW_AND_OLD_IMAGES),
                null)));
    prepare(FIRST, put("a", "2"), put("b", "2"), check("c", "attribute_not_exists(pk)"));
    long far = 1L << 60;
    partition.change(new Request.Finish(GROUP, FIRST.id(), true, far));
    assertThat(partition.changes(ChangePosition.START))
        .extracting(ChangeRecord::after, ChangeRecord::before, ChangeRecord::commitMicros)
        .containsExactly(
            tuple(OnePartition.item("a", "2"), OnePartition.item("a", "1"), far),
            tuple(OnePartition.item("b", "2"), null, far));
    assertThat(prepare(SECOND, put("a", "3")))
        .isInstanceOfSatisfying(
            WriteOutcome.Transacted.class,
            prepared -> assertThat(prepared.commitMicros()).isGreaterThan(far));
  }

  @Test
  void itemsAreReadTogetherUnlessATransactionIsOngoing() {
    partition.put("a", "1");
    Request.ReadTogether both = new Request.ReadTogether(GROUP, List.of(stored("a"), stored("b")));
    if (!(partition.ask(both) instanceof TogetherOutcome.Items(long slot, var items))) {
      throw new AssertionError("not read");
    }
    assertThat(items).containsExactly(OnePartition.item("a", "1"), null);
    Request.StillTogether still = new Request.StillTogether(GROUP, both.keys(), slot);
    partition.put("c", "1");
    assertThat(partition.ask(still)).isEqualTo(new TogetherOutcome.Items(slot, List.of()));
    prepare(FIRST, put("b", "2"));
    assertThat(partition.ask(still)).isEqualTo(new TogetherOutcome.Conflict(1));
    assertThat(partition.ask(both)).isEqualTo(new TogetherOutcome.Conflict(1));
    finish(FIRST, true);
    assertThat(partition.ask(still)).isEqualTo(new TogetherOutcome.Conflict(1));
    assertThat(partition.ask(both))
        .isInstanceOfSatisfying(
            TogetherOutcome.Items.class,
            read ->
                assertThat(read.items())
                    .containsExactly(OnePartition.item("a", "1"), OnePartition.item("b", "2")));
  }

  @Test
  void whatWasBeforeTheFirstLookIsUnknown() {
    partition.put("a", "1");
    assertThat(partition.ask(new Request.StillTogether(GROUP, List.of(stored("a")), 0)))
        .isEqualTo(new TogetherOutcome.Conflict(0));
  }

  @Test
  void updatesAreJudgedAndCountedOneByOne() {
    partition.put("a", "1");
    Update add =
        EXPRESSIONS.update(
            "SET v = :v", ExpressionScope.of(null, Map.of(":v", new AttributeValue.S("longer"))));
    Update wrong =
        EXPRESSIONS.update(
            "SET v = v + :v", ExpressionScope.of(null, Map.of(":v", AttributeValue.N.of(1))));
    WriteOutcome refused =
        transact(
            null,
            action("a", "", new ItemWrite.Change.Modify(add)),
            action("b", "", new ItemWrite.Change.Modify(wrong)));
    assertThat(refused)
        .isInstanceOfSatisfying(
            WriteOutcome.Canceled.class,
            canceled ->
                assertThat(canceled.reasons().get(1))
                    .isInstanceOf(WriteOutcome.Reason.Rejected.class));
    transact(null, action("a", "", new ItemWrite.Change.Modify(add)), put("b", "1"));
    assertThat(value("a") + value("b")).isEqualTo("longer1");
    assertThat(partition.replica().state().items().count()).isEqualTo(2);
  }

  @Test
  void aTransactionLargerThanAnEntryIsPreparedAndFinishedInSeveral() {
    String large = "x".repeat(300_000);
    TransactionAction[] puts = new TransactionAction[8];
    for (int i = 0; i < puts.length; i++) {
      puts[i] = put("k" + i, large + i);
    }
    assertThat(transact(null, puts)).isInstanceOf(WriteOutcome.TooLarge.class);
    assertThat(partition.read("k0")).isNull();
    assertThat(prepare(FIRST, puts)).isInstanceOf(WriteOutcome.Transacted.class);
    finish(FIRST, true);
    for (int i = 0; i < puts.length; i++) {
      assertThat(value("k" + i)).isEqualTo(large + i);
    }
    assertThat(partition.unsettled()).isEmpty();
  }
}
