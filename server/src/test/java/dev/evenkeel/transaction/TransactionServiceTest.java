package dev.evenkeel.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.replica.Request;
import dev.evenkeel.replica.Transaction;
import dev.evenkeel.telemetry.Telemetry;
import dev.evenkeel.transaction.LedgerEntry.State;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The parts of a node's transactions work together, from the start until they are closed.
class TransactionServiceTest {
  private static final long A = Groups.A.id();
  private static final long B = Groups.B.id();
  private static final String TOKEN = "t";
  private static final String KEY = "token/t";

  @RegisterExtension final Groups groups = new Groups();
  private final Telemetry telemetry = new Telemetry();
  private final TransactionService service = groups.service(telemetry);

  private void write() {
    assertThat(service.coordinator().write(TOKEN, Groups.one("new")))
        .isInstanceOf(WriteResult.Committed.class);
  }

  /// The transaction of a coordinator that died when it had prepared.
  private Transaction left() {
    Transaction dead = groups.transaction("dead");
    groups.ledger.begin(Groups.begun(dead));
    groups.prepare(dead);
    return dead;
  }

  @Test
  void theCoordinatorAnswersBeforeTheLoopsAreStarted() {
    write();
    assertThat(groups.values()).isEqualTo("new");
    assertThat(groups.state(KEY)).isEqualTo(State.BEGUN);
    assertThat(groups.loops()).isEmpty();
  }

  @Test
  void whatTheCoordinatorHasDoneIsWrittenDownByTheLoop() {
    write();
    CompletableFuture<Request> unmarked = groups.answered(Request.Unmark.class::isInstance);
    service.start();
    unmarked.join();
    assertThat(groups.state(KEY)).isEqualTo(State.DONE);
    assertThat(groups.unsettled()).isEmpty();
  }

  @Test
  void whatAnotherCoordinatorHasLeftIsSettledByTheLoop() {
    Transaction dead = left();
    CompletableFuture<Request> inA = groups.answered(request -> Groups.isFinishOf(request, A));
    CompletableFuture<Request> inB = groups.answered(request -> Groups.isFinishOf(request, B));
    service.start();
    inA.join();
    inB.join();
    assertThat(groups.state(dead)).isEqualTo(State.CANCELED);
    assertThat(groups.unsettled()).isEmpty();
    assertThat(groups.values()).isEmpty();
  }

  @Test
  void aTableThatIsGoneHoldsNothingUp() {
    Transaction dead = left();
    LedgerEntry begun = Groups.begun(dead);
    groups.ledger.commit(begun, 1);
    groups.fail(request -> Groups.isFinishOf(request, B), Groups.Fate.REQUEST_LOST);
    groups.drop(B);
    CompletableFuture<Request> done = groups.answered(Request.Transact.class::isInstance);
    service.start();
    done.join();
    assertThat(groups.state(dead)).isEqualTo(State.DONE);
    assertThat(groups.value(Groups.A, "a")).isEqualTo("new");
  }

  @Test
  void theEventsOfAllPartsAreTheNodes() {
    left();
    Transaction unknown = groups.transaction("unknown");
    groups.prepare(unknown, Groups.put(Groups.A, "c", "new"));
    assertThat(service.coordinator().write(TOKEN, Groups.both("new")))
        .isInstanceOf(WriteResult.Canceled.class);
    CompletableFuture<Request> ofDead = groups.answered(request -> Groups.isFinishOf(request, B));
    CompletableFuture<Request> ofUnknown =
        groups.answered(request ->
            request instanceof Request.Finish finish && finish.transaction().equals(unknown.id()));
    service.start();
    ofDead.join();
    ofUnknown.join();
    assertThat(telemetry.probes().counts())
        .containsKeys("transaction.canceled", "transaction.given-up", "transaction.lock-given-up");
  }

  @Test
  void aServiceThatIsClosedHasNoLoop() {
    service.start();
    assertThat(groups.loops())
        .containsExactlyInAnyOrder("transaction-bookkeeping", "transaction-recovery");
    service.close();
    groups.awaitLoops();
  }
}
