package dev.evenkeel.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.PartitionSchema;
import dev.evenkeel.model.StreamSettings;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a partition keeps of its changes, and what it is told to keep.
class ChangeRecordsTest {
  private static final StreamSettings STREAM =
      new StreamSettings("2026-01-01T00:00:00.000", StreamSettings.View.NEW_AND_OLD_IMAGES);

  private final OnePartition partition;

  ChangeRecordsTest() throws IOException {
    partition = new OnePartition();
  }

  @AfterEach
  void close() throws IOException {
    partition.close();
  }

  private WriteOutcome configure(long generation, boolean stream) {
    return partition.change(
        new Request.Configure(
            OnePartition.TABLE.id(),
            new PartitionSchema(generation, List.of(), stream ? STREAM : null, null)));
  }

  @Test
  void changesLeaveRecordsInTheirOrderFromTheConfigurationOn() throws IOException {
    partition.put("a", "1");
    assertThat(configure(1, true)).isInstanceOf(WriteOutcome.Applied.class);
    partition.put("a", "2");
    partition.put("b", "1");
    partition.delete("a");

    List<ChangeRecord> records = partition.changes(ChangePosition.START);
    assertThat(records)
        .extracting(ChangeRecord::before)
        .containsExactly(OnePartition.item("a", "1"), null, OnePartition.item("a", "2"));
    assertThat(records)
        .extracting(ChangeRecord::after)
        .containsExactly(OnePartition.item("a", "2"), OnePartition.item("b", "1"), null);
    assertThat(records).extracting(ChangeRecord::commitMicros).isSorted().doesNotHaveDuplicates();
    assertThat(partition.changes(records.get(1).position())).isEqualTo(records.subList(2, 3));
  }

  @Test
  void aWriteThatChangesNothingLeavesNoRecord() throws IOException {
    configure(1, true);
    partition.put("a", "1");
    partition.put("a", "1");
    partition.delete("b");
    assertThat(partition.changes(ChangePosition.START)).hasSize(1);
  }

  @Test
  void anOlderSchemaChangesNothing() throws IOException {
    configure(3, true);
    assertThat(configure(2, false)).isInstanceOf(WriteOutcome.Applied.class);
    assertThat(partition.replica().schema().generation()).isEqualTo(3);
    partition.put("a", "1");
    assertThat(partition.changes(ChangePosition.START)).hasSize(1);
    configure(4, false);
    partition.put("a", "2");
    assertThat(partition.changes(ChangePosition.START)).hasSize(1);
  }

  private static Request.Forget forget(List<ChangeRecord> records, long generation) {
    return new Request.Forget(OnePartition.TABLE.id(), records.get(1).position(), generation);
  }

  @Test
  void recordsAreKeptForFollowersThatCameMeanwhile() throws IOException {
    configure(1, true);
    partition.put("a", "1");
    partition.put("a", "2");
    List<ChangeRecord> records = partition.changes(ChangePosition.START);
    configure(2, true);
    assertThat(partition.change(forget(records, 1)))
        .isInstanceOf(WriteOutcome.ConditionFailed.class);
    assertThat(partition.changes(ChangePosition.START)).isEqualTo(records);
  }

  @Test
  void recordsAreForgottenUpToAPosition() throws IOException {
    configure(1, true);
    partition.put("a", "1");
    partition.put("a", "2");
    partition.put("a", "3");
    List<ChangeRecord> records = partition.changes(ChangePosition.START);
    partition.change(forget(records, 1));
    assertThat(partition.changes(ChangePosition.START)).isEqualTo(records.subList(2, 3));
    assertThat(partition.read("a")).isEqualTo(OnePartition.item("a", "3"));
  }
}
