package dev.evenkeel.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.paxos.Ballot;
import dev.evenkeel.paxos.Entry;
import dev.evenkeel.paxos.Value;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a checkpoint may count on.
public class StoreProgressTest {
  /// What is done in the replica's own thread.
  private interface Work<T> {
    T run() throws IOException;
  }

  private final OnePartition partition;
  private final StorageReplica replica;

  StoreProgressTest() throws IOException {
    partition = new OnePartition();
    replica = partition.replica();
  }

  @AfterEach
  void close() throws IOException {
    partition.close();
  }

  /// Called in a mutant's own classes: what is found; empty for nothing. A replica that has died of
  /// the bug, in this thread or in another, answers nothing any more and is not closed.
  public static String verdict(long ignored) throws IOException {
    try {
      new StoreProgressTest().applyBeforeTheTurnOfACheckpoint();
      return "";
    } catch (AssertionError | CompletionException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private <T> T onSerial(Work<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    replica
        .serial()
        .execute(() -> {
          try {
            result.complete(work.run());
          } catch (IOException | AssertionError e) {
            result.completeExceptionally(e);
          }
        });
    return result.orTimeout(30, TimeUnit.SECONDS).join();
  }

  private static Entry noop(long slot) {
    return new Entry(slot, new Ballot(1, 1), new Value.Noop());
  }

  /// An entry is applied between the checkpoint's question and its turn. The state of before would
  /// have the store forget that entry.
  @Test
  void aCheckpointSavesWhatIsAppliedWhenItsTurnComes() {
    applyBeforeTheTurnOfACheckpoint();
  }

  private void applyBeforeTheTurnOfACheckpoint() {
    long next = replica.state().appliedSlot() + 1;
    CompletableFuture<StoreProgress.Saved> asked =
        onSerial(() -> {
          CompletableFuture<StoreProgress.Saved> saved = replica.progress().save();
          replica.applier().choose(noop(next));
          replica.applier().apply();
          return saved;
        });
    ReplicaState after = onSerial(replica::state);
    assertThat(asked).isCompletedWithValueMatching(saved -> saved.slot() == next);
    assertThat(after.appliedSlot()).isEqualTo(next);
    assertThat(after.promised()).isEqualTo(replica.participant().ballot());
  }

  @Test
  void aStoreDoesNotForgetWhatItHasApplied() {
    ReplicaState before = replica.state();
    partition.put("a", "1");
    onSerial(() ->
        assertThatThrownBy(() -> replica.applier().replace(before, null))
            .hasMessageContaining("the state goes back from SERVING"));
  }

  @Test
  void noEntryIsTakenTwiceAndNoneIsLeftOut() {
    Applier applier = replica.applier();
    long next = replica.state().appliedSlot() + 1;
    List<Entry> taken =
        onSerial(() -> {
          assertThatThrownBy(() -> applier.choose(noop(next + 1)))
              .isInstanceOf(AssertionError.class);
          applier.choose(noop(next));
          assertThatThrownBy(() -> applier.choose(noop(next))).isInstanceOf(AssertionError.class);
          return applier.takeChosen();
        });
    assertThat(taken).containsExactly(noop(next));
  }
}
