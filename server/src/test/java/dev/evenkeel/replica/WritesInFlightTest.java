package dev.evenkeel.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.paxos.Options;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WritesInFlightTest {
  private static final int VALUE_BYTES = 400_000;

  @Test
  void whatIsTooManyBytesIsRefusedForNowAndTakenLater() throws IOException {
    try (OnePartition partition = new OnePartition()) {
      StorageReplica replica = partition.replica();
      int fit = Math.toIntExact(Options.DEFAULT.openBytes() / VALUE_BYTES);
      List<CompletableFuture<WriteOutcome>> outcomes = new ArrayList<>();
      // All are in the queue before any runs, and so before any is said to be durable.
      replica
          .serial()
          .execute(() -> {
            for (int i = 0; i < fit + 5; i++) {
              outcomes.add(put(partition, "k" + i));
            }
          });
      List<WriteOutcome> all =
          outcomes.stream().map(each -> each.orTimeout(30, TimeUnit.SECONDS).join()).toList();
      assertThat(all.subList(0, fit)).allMatch(WriteOutcome.Applied.class::isInstance);
      assertThat(all.getLast())
          .isEqualTo(new WriteOutcome.Unavailable("too many writes are in flight"));
      assertThat(put(partition, "k").join()).isInstanceOf(WriteOutcome.Applied.class);
    }
  }

  private static CompletableFuture<WriteOutcome> put(OnePartition partition, String key) {
    ItemWrite.Change change =
        new ItemWrite.Change.Put(OnePartition.item(key, "v".repeat(VALUE_BYTES)));
    AttributeValue pk = new AttributeValue.S(key);
    Request.Write write =
        new Request.Write(
            OnePartition.TABLE.id(), new ItemWrite(OnePartition.TABLE, pk, null, null, change));
    CompletableFuture<WriteOutcome> outcome = new CompletableFuture<>();
    partition.replica().change(write, Long.MAX_VALUE, outcome::complete);
    return outcome;
  }
}
