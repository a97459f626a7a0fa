package dev.evenkeel.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.AttributeValue.Bytes;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A batch of a global index changes it only from the very position at which it begins.
class IndexBatchTest {
  private static final long BASE = 3;
  private static final IndexPosition FIRST = at(10);
  private static final IndexPosition SECOND = at(20);

  private final OnePartition partition;

  IndexBatchTest() throws IOException {
    partition = new OnePartition();
  }

  @AfterEach
  void close() throws IOException {
    partition.close();
  }

  private static IndexPosition at(long slot) {
    return new IndexPosition(new ChangePosition(slot, 1), IndexPosition.end(BASE));
  }

  private WriteOutcome follow(IndexPosition from, IndexPosition to, String key, String value) {
    byte[] stored = StoredKeys.item(OnePartition.TABLE.id(), new AttributeValue.S(key), null);
    byte[] item = value.isEmpty() ? null : OnePartition.item(key, value).bytes();
    return partition.change(
        new Request.Follow(
            OnePartition.TABLE.id(),
            new IndexBatch(
                BASE,
                from,
                to,
                List.of(new IndexBatch.Change(new Bytes(stored), item)),
                new IndexBatch.Size(item == null ? -1 : 1, item == null ? -10 : 10))));
  }

  private static IndexPosition position(WriteOutcome outcome) {
    if (outcome instanceof WriteOutcome.ConditionFailed(BinaryItem item)) {
      return IndexPosition.of(item);
    }
    throw new AssertionError("the batch was not refused: " + outcome);
  }

  @Test
  void batchMovesTheIndexFromItsPositionOn() {
    assertThat(follow(IndexPosition.START, FIRST, "a", "1"))
        .isInstanceOf(WriteOutcome.Applied.class);
    assertThat(follow(FIRST, SECOND, "a", "2")).isInstanceOf(WriteOutcome.Applied.class);
    assertThat(partition.read("a")).isEqualTo(OnePartition.item("a", "2"));
    assertThat(partition.replica().state().items()).isEqualTo(new ReplicaState.Total(2, 20));
  }

  @Test
  void batchThatComesTwiceOrLateChangesNothingAndTellsThePosition() {
    follow(IndexPosition.START, FIRST, "a", "1");
    follow(FIRST, SECOND, "a", "");
    assertThat(position(follow(FIRST, SECOND, "a", "2"))).isEqualTo(SECOND);
    assertThat(position(follow(IndexPosition.START, FIRST, "a", "1"))).isEqualTo(SECOND);
    assertThat(partition.read("a")).isNull();
    assertThat(partition.replica().state().items()).isEqualTo(new ReplicaState.Total(0, 0));
  }

  @Test
  void batchThatLeavesAGapChangesNothing() {
    assertThat(position(follow(FIRST, SECOND, "a", "2"))).isEqualTo(IndexPosition.START);
    assertThat(partition.read("a")).isNull();
  }

  @Test
  void overloadRefusesWritesOfItemsAndNothingElse() {
    ApiException refusal = ApiException.validation("too far behind");
    partition.replica().overload(refusal);
    assertThat(partition.put("a", "1")).isEqualTo(new WriteOutcome.Rejected(refusal));
    assertThat(follow(IndexPosition.START, FIRST, "a", "1"))
        .isInstanceOf(WriteOutcome.Applied.class);
    partition.replica().overload(null);
    assertThat(partition.put("a", "2")).isInstanceOf(WriteOutcome.Applied.class);
  }
}
