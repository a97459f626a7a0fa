package dev.evenkeel.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.replica.Request;
import dev.evenkeel.replica.Transaction;
import dev.evenkeel.replica.TransactionAction;
import dev.evenkeel.replica.Unsettled;
import dev.evenkeel.replica.WriteOutcome;
import dev.evenkeel.router.ReservedGroups;
import dev.evenkeel.transaction.LedgerEntry.State;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// All actions or none, one effect per token, reads of one moment: `docs/transactions.md`.
class CoordinatorTest {
  private static final long A = Groups.A.id();
  private static final long B = Groups.B.id();
  private static final long LEDGER = ReservedGroups.LEDGER;
  private static final String TOKEN = "t";
  private static final String KEY = "token/t";

  @RegisterExtension final Groups groups = new Groups();
  private final Coordinator coordinator = groups.coordinator;

  private void requireNothing() {
    assertThat(groups.values()).isEmpty();
    assertThat(groups.unsettled()).isEmpty();
  }

  /// The transaction of another coordinator, which holds a lock on `a`.
  private Transaction locked() {
    Transaction other = groups.transaction("other");
    groups.ledger.begin(Groups.begun(other));
    groups.prepare(other, Groups.put(Groups.A, "a", "other"));
    return other;
  }

  private void requireCommitted(WriteResult result) {
    assertThat(result).isInstanceOf(WriteResult.Committed.class);
  }

  private void requireUnavailable(WriteResult result) {
    assertThat(result).isInstanceOf(WriteResult.Unavailable.class);
  }

  // One group.

  @Test
  void oneGroupWithoutATokenIsOneRequest() {
    requireCommitted(coordinator.write(null, Groups.one("new")));
    assertThat(groups.asked()).containsExactly(new Request.Transact(A, null, Groups.one("new")));
  }

  @Test
  void aTokenIsToldToTheLedgerFirst() {
    requireCommitted(coordinator.write(TOKEN, Groups.one("new")));
    assertThat(groups.asked()).extracting(Request::group).containsExactly(LEDGER, A);
    assertThat(groups.state(KEY)).isEqualTo(State.BEGUN);
    assertThat(groups.unsettled()).hasSize(1);
  }

  @Test
  void oneGroupIsAskedForTheMarkWhereItsAnswerIsLost() {
    groups.fail(Request.Transact.class::isInstance, Groups.Fate.ANSWER_LOST);
    assertThat(coordinator.write(TOKEN, Groups.one("new")))
        .isInstanceOf(WriteResult.Repeated.class);
    assertThat(groups.values()).isEqualTo("new");
  }

  @Test
  void oneGroupThatDidNotHearOfItWillNotDoItLater() {
    groups.fail(Request.Transact.class::isInstance, Groups.Fate.REQUEST_LOST);
    requireUnavailable(coordinator.write(TOKEN, Groups.one("new")));
    assertThat(groups.state(KEY)).isEqualTo(State.CANCELED);
    requireNothing();
  }

  @Test
  void aCoordinatorThatDoesNotKnowItsGroupsEpochBeginsAnew() {
    LedgerEntry other = Groups.alone(groups.transaction("other"));
    groups.ledger.begin(other);
    groups.settlement.settle(other, true);
    requireCommitted(coordinator.write(TOKEN, Groups.one("new")));
    assertThat(groups.values()).isEqualTo("new");
  }

  @Test
  void aConditionThatFailsInOneGroupFreesTheToken() {
    List<TransactionAction> actions = List.of(Groups.check(Groups.A, "a", "attribute_exists(pk)"));
    assertThat(coordinator.write(TOKEN, actions)).isInstanceOf(WriteResult.Canceled.class);
    assertThat(groups.state(KEY)).isEqualTo(State.CANCELED);
  }

  // Several groups.

  @Test
  void severalGroupsAreBegunPreparedCommittedFinished() {
    requireCommitted(coordinator.write(null, Groups.both("new")));
    assertThat(groups.asked())
        .<Object>extracting(request -> request.getClass().getSimpleName() + " " + request.group())
        .containsExactly(
            "Write " + LEDGER,
            "Prepare " + A,
            "Prepare " + B,
            "Write " + LEDGER,
            "Finish " + A,
            "Finish " + B);
    assertThat(groups.values()).isEqualTo("newnew");
    assertThat(groups.unsettled()).isEmpty();
  }

  @Test
  void theCommitTimeIsAboveAllThatWasPrepared() {
    List<Unsettled> prepared = new ArrayList<>();
    groups.before(this::isCommit, () -> prepared.addAll(groups.unsettled()));
    requireCommitted(coordinator.write(TOKEN, Groups.both("new")));
    LedgerEntry entry = groups.entry(KEY);
    assertThat(entry).isNotNull();
    assertThat(prepared)
        .hasSize(2)
        .allMatch(lock -> entry != null && lock.sinceMicros() < entry.commitMicros());
  }

  @Test
  void reasonsComeInTheOrderOfTheActions() {
    List<TransactionAction> actions =
        List.of(
            Groups.put(Groups.A, "a", "new"),
            Groups.check(Groups.B, "b", "attribute_exists(pk)"),
            Groups.put(Groups.A, "c", "new"));
    assertThat(coordinator.write(null, actions))
        .isEqualTo(
            new WriteResult.Canceled(
                List.of(
                    WriteOutcome.Reason.None.INSTANCE,
                    new WriteOutcome.Reason.ConditionFailed(null),
                    WriteOutcome.Reason.None.INSTANCE)));
    requireNothing();
  }

  @Test
  void nobodyWaitsForALock() {
    Transaction other = locked();
    assertThat(coordinator.write(TOKEN, Groups.both("new")))
        .isEqualTo(
            new WriteResult.Canceled(
                List.of(WriteOutcome.Reason.Conflict.INSTANCE, WriteOutcome.Reason.None.INSTANCE)));
    assertThat(groups.state(KEY)).isEqualTo(State.CANCELED);
    assertThat(groups.unsettled()).extracting(left -> left.transaction()).containsExactly(other);
    assertThat(groups.state(other.ledgerKey())).isEqualTo(State.BEGUN);
  }

  @Test
  void aPrepareOfWhichNothingIsHeardCancels() {
    for (Groups.Fate fate : Groups.Fate.values()) {
      groups.mend();
      groups.fail(request -> request instanceof Request.Prepare && request.group() == B, fate);
      requireUnavailable(coordinator.write(TOKEN, Groups.both("new")));
      assertThat(groups.state(KEY)).as(fate.name()).isEqualTo(State.CANCELED);
      requireNothing();
    }
  }

  @Test
  void whatTheLedgerDoesNotTakeUpIsNotPrepared() {
    for (Groups.Fate fate : List.of(Groups.Fate.UNAVAILABLE, Groups.Fate.REQUEST_LOST)) {
      groups.mend();
      groups.fail(request -> request.group() == LEDGER, fate);
      requireUnavailable(coordinator.write(TOKEN, Groups.both("new")));
    }
    assertThat(groups.asked()).allMatch(request -> request.group() == LEDGER);
  }

  private void failCommit(Groups.Fate fate) {
    boolean[] failed = new boolean[1];
    groups.fail(request -> !failed[0] && (failed[0] = isCommit(request)), fate);
  }

  @Test
  void aCommitOfWhichNothingIsHeardIsLookedUp() {
    failCommit(Groups.Fate.ANSWER_LOST);
    requireCommitted(coordinator.write(TOKEN, Groups.both("new")));
    assertThat(groups.values()).isEqualTo("newnew");
    assertThat(groups.unsettled()).isEmpty();
  }

  @Test
  void aCommitThatGotLostDoesNotHappen() {
    failCommit(Groups.Fate.REQUEST_LOST);
    requireUnavailable(coordinator.write(TOKEN, Groups.both("new")));
    assertThat(groups.state(KEY)).isEqualTo(State.CANCELED);
    requireNothing();
  }

  private boolean isCommit(Request request) {
    return request instanceof Request.Write
        && groups.asked().stream().anyMatch(Request.Prepare.class::isInstance);
  }

  private Transaction prepared() {
    return groups.asked().stream()
        .filter(Request.Prepare.class::isInstance)
        .map(request -> ((Request.Prepare) request).transaction())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatAnotherHasCanceledDoesNotCommit() {
    groups.before(this::isCommit, () -> groups.settlement.cancel(Groups.begun(prepared())));
    requireUnavailable(coordinator.write(TOKEN, Groups.both("new")));
    requireNothing();
  }

  @Test
  void whatHappenedAndIsNotVisibleEverywhereIsNotAnsweredAsDone() {
    groups.fail(
        request -> request instanceof Request.Finish && request.group() == B,
        Groups.Fate.REQUEST_LOST);
    assertThat(coordinator.write(TOKEN, Groups.both("new")))
        .isInstanceOf(WriteResult.Unknown.class);
    assertThat(groups.state(KEY)).isEqualTo(State.COMMITTED);
    groups.mend();
    assertThat(coordinator.write(TOKEN, Groups.both("new")))
        .isInstanceOf(WriteResult.Repeated.class);
    assertThat(groups.values()).isEqualTo("newnew");
  }

  // Tokens.

  @Test
  void aTokenHasOneEffect() {
    for (List<TransactionAction> actions : List.of(Groups.one("new"), Groups.both("new"))) {
      String token = "of-" + actions.size();
      requireCommitted(coordinator.write(token, actions));
      coordinator.write(null, List.of(Groups.put(Groups.A, "a", "later")));
      assertThat(coordinator.write(token, actions)).isInstanceOf(WriteResult.Repeated.class);
      assertThat(groups.value(Groups.A, "a")).isEqualTo("later");
    }
  }

  @Test
  void aTokenIsOfCertainActions() {
    coordinator.write(TOKEN, Groups.both("new"));
    assertThat(coordinator.write(TOKEN, Groups.both("other")))
        .isInstanceOf(WriteResult.Mismatch.class);
    assertThat(coordinator.write(TOKEN, Groups.one("new")))
        .isInstanceOf(WriteResult.Mismatch.class);
    assertThat(groups.values()).isEqualTo("newnew");
  }

  @Test
  void aTokenWhoseTransactionWasCanceledBeginsAnew() {
    Transaction other = locked();
    assertThat(coordinator.write(TOKEN, Groups.both("new")))
        .isInstanceOf(WriteResult.Canceled.class);
    groups.settlement.cancel(Groups.begun(other));
    requireCommitted(coordinator.write(TOKEN, Groups.both("new")));
    assertThat(groups.values()).isEqualTo("newnew");
  }

  /// Another coordinator died when it had prepared.
  private void beginElsewhere() {
    groups.fail(
        request -> request instanceof Request.Finish || isCommit(request),
        Groups.Fate.REQUEST_LOST);
    coordinator.write(TOKEN, Groups.both("new"));
    groups.mend();
    assertThat(groups.state(KEY)).isEqualTo(State.BEGUN);
  }

  @Test
  void aTokenWhoseTransactionIsUnderWayIsInProgress() {
    beginElsewhere();
    assertThat(coordinator.write(TOKEN, Groups.both("new")))
        .isInstanceOf(WriteResult.InProgress.class);
  }

  @Test
  void aTokenWhoseTransactionWasLeftIsSettledFirst() {
    beginElsewhere();
    groups.pass(Recovery.AGE_MAX.plusMillis(1));
    requireCommitted(coordinator.write(TOKEN, Groups.both("new")));
    assertThat(groups.values()).isEqualTo("newnew");
    assertThat(groups.unsettled()).isEmpty();
  }

  // Reads.

  private static ItemKey key(TableSchema table, String key) {
    return new ItemKey(table, new AttributeValue.S(key), null);
  }

  private ReadResult read() {
    return coordinator.read(List.of(key(Groups.B, "b"), key(Groups.A, "a"), key(Groups.B, "none")));
  }

  private static String read(ReadResult result) {
    if (!(result instanceof ReadResult.Items(var items))) {
      throw new AssertionError(result.toString());
    }
    StringBuilder read = new StringBuilder();
    for (BinaryItem item : items) {
      read.append(
          item != null && item.get("v") instanceof AttributeValue.S(var value) ? value : "-");
    }
    return read.toString();
  }

  @Test
  void itemsComeInTheOrderOfTheirKeys() {
    coordinator.write(
        null, List.of(Groups.put(Groups.A, "a", "1"), Groups.put(Groups.B, "b", "2")));
    assertThat(read(read())).isEqualTo("21-");
  }

  @Test
  void aReaderThatMeetsADeadCoordinatorsLockIsToldOfTheConflictUntilItIsGivenUp() {
    coordinator.write(null, Groups.both("1"));
    Transaction dead = locked();
    assertThat(read()).isEqualTo(new ReadResult.Conflict(1));
    groups.settlement.settle(Groups.begun(dead), true);
    assertThat(read(read())).isEqualTo("11-");
  }

  @Test
  void whatChangesBetweenTwoLooksIsReadAgain() {
    coordinator.write(null, Groups.both("1"));
    groups.before(
        Request.StillTogether.class::isInstance, () -> coordinator.write(null, Groups.both("2")));
    assertThat(read(read())).isEqualTo("22-");
  }

  @Test
  void oneGroupIsReadInOneLook() {
    coordinator.write(null, Groups.both("1"));
    groups.asked().clear();
    coordinator.read(List.of(key(Groups.A, "a"), key(Groups.A, "b")));
    assertThat(groups.asked()).hasSize(1);
  }

  @Test
  void aGroupThatDoesNotAnswerFailsTheRead() {
    groups.fail(Request.StillTogether.class::isInstance, Groups.Fate.UNAVAILABLE);
    assertThat(read()).isInstanceOf(ReadResult.Failed.class);
  }
}
