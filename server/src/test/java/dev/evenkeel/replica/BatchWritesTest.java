package dev.evenkeel.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Limits;
import dev.evenkeel.model.PartitionSchema;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Writes that travel together are one entry, and yet each succeeds or fails alone.
class BatchWritesTest {
  private static final long GROUP = OnePartition.TABLE.id();

  private final OnePartition partition;

  BatchWritesTest() throws IOException {
    partition = new OnePartition();
  }

  @AfterEach
  void close() throws IOException {
    partition.close();
  }

  private static ItemWrite put(String key, String value) {
    return write(key, new ItemWrite.Change.Put(OnePartition.item(key, value)));
  }

  private static ItemWrite delete(String key) {
    return write(key, ItemWrite.Change.Delete.INSTANCE);
  }

  private static ItemWrite write(String key, ItemWrite.Change change) {
    return new ItemWrite(OnePartition.TABLE, new AttributeValue.S(key), null, null, change);
  }

  private List<WriteOutcome.Part> writeEach(ItemWrite... writes) {
    WriteOutcome outcome = partition.change(new Request.WriteEach(GROUP, List.of(writes)));
    if (outcome instanceof WriteOutcome.Each(var parts)) {
      return parts;
    }
    throw new AssertionError(outcome.toString());
  }

  private long appliedSlot() {
    return partition.replica().state().appliedSlot();
  }

  private static WriteOutcome.Part done(long bytesBefore, long bytesAfter) {
    return new WriteOutcome.Part.Done(
        new WriteOutcome.Effect(bytesBefore, bytesAfter, Map.of(), -1));
  }

  @Test
  void allAreOneEntry() {
    partition.put("a", "1");
    long before = appliedSlot();
    long bytes = OnePartition.item("a", "1").size();
    assertThat(writeEach(put("b", "2"), delete("a"), put("c", "3"), delete("nothing")))
        .containsExactly(done(0, bytes), done(bytes, 0), done(0, bytes), done(0, 0));
    assertThat(appliedSlot()).isEqualTo(before + 1);
    assertThat(partition.read("a")).isNull();
    assertThat(partition.read("b")).isEqualTo(OnePartition.item("b", "2"));
    assertThat(partition.read("c")).isEqualTo(OnePartition.item("c", "3"));
    assertThat(partition.replica().state().items()).isEqualTo(new ReplicaState.Total(2, 2 * bytes));
  }

  @Test
  void whatChangesNothingIsNoEntry() {
    long before = appliedSlot();
    assertThat(writeEach(delete("a"), delete("b"))).containsExactly(done(0, 0), done(0, 0));
    assertThat(appliedSlot()).isEqualTo(before);
  }

  @Test
  void aLockedItemIsRefusedAloneAndTheOthersAreWritten() {
    Transaction transaction = new Transaction(new TransactionId(1_000, 1), "token/first");
    partition.change(
        new Request.Prepare(
            GROUP, transaction, List.of(new TransactionAction(put("locked", "1"), false))));
    long bytes = OnePartition.item("a", "2").size();
    assertThat(writeEach(put("a", "2"), put("locked", "2"), put("b", "2")))
        .containsExactly(
            done(0, bytes),
            new WriteOutcome.Part.NotDone(new WriteOutcome.Conflict()),
            done(0, bytes));
    assertThat(partition.read("a")).isNotNull();
    assertThat(partition.read("b")).isNotNull();
    assertThat(partition.read("locked")).isNull();
  }

  /// A collection that is full takes nothing; what was drafted before and after stays.
  @Test
  void aRefusedWriteLeavesItsDraftAsItWas() {
    Draft draft = Draft.open();
    assertThat(change(draft, "a", 0)).isInstanceOf(WriteOutcome.Applied.class);
    List<Command.Mutation> mutations = List.copyOf(draft.mutations());
    Growth growth = draft.growth();
    assertThat(change(draft, "b", Limits.ITEM_COLLECTION_BYTES_MAX))
        .isInstanceOf(WriteOutcome.Rejected.class);
    assertThat(draft.mutations()).isEqualTo(mutations);
    assertThat(draft.growth()).isEqualTo(growth);
    assertThat(change(draft, "c", 0)).isInstanceOf(WriteOutcome.Applied.class);
    assertThat(draft.mutations()).hasSize(2 * mutations.size());
  }

  private static WriteOutcome change(Draft draft, String key, long collectionBytes) {
    AttributeValue partitionKey = new AttributeValue.S(key);
    BinaryItem item =
        BinaryItem.of(
            Map.of(
                "pk",
                partitionKey,
                "sk",
                Messages.SORT,
                "i1",
                new AttributeValue.S("of an index")));
    ItemWrite write =
        new ItemWrite(
            Messages.INDEXED, partitionKey, Messages.SORT, null, new ItemWrite.Change.Put(item));
    return draft.change(
        write, new Draft.Newest(write.storedKey(), null, collectionBytes, PartitionSchema.NONE));
  }
}
