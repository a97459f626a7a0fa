package dev.evenkeel.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.PartitionSchema;
import dev.evenkeel.model.StreamSettings;
import dev.evenkeel.storage.Cursor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Entries of items that expire, and what a leader deletes.
class ItemExpiryTest {
  private static final long NOW = 1_800_000_000L;
  private static final long TABLE = OnePartition.TABLE.id();

  private final OnePartition partition;

  ItemExpiryTest() throws IOException {
    partition = new OnePartition();
  }

  @AfterEach
  void close() throws IOException {
    partition.close();
  }

  private void configure(long generation, @Nullable String attribute) {
    StreamSettings stream = new StreamSettings("label", StreamSettings.View.KEYS_ONLY);
    partition.change(
        new Request.Configure(
            TABLE, new PartitionSchema(generation, List.of(), stream, attribute)));
  }

  /// Second and key of each entry, in order.
  private List<String> entries() throws IOException {
    List<String> entries = new ArrayList<>();
    StoredKeys.Range all = StoredKeys.all(TABLE, StoredKeys.Kind.EXPIRY_ENTRY);
    try (Cursor cursor = partition.replica().store().scan(all.from(), all.to(), false)) {
      while (cursor.next()) {
        byte[] item = partition.replica().store().get(StoredKeys.expiringItem(cursor.key()));
        String key =
            item == null ? "?" : String.valueOf(BinaryItem.wrap(item).get("pk")).substring(8, 9);
        entries.add(StoredKeys.expirySecond(cursor.key()) + key);
      }
    }
    return entries;
  }

  private void fill(String attribute) throws IOException {
    for (int steps = 0; steps < 100; steps++) {
      Request.FillExpiry step = ExpiryFilling.next(partition.replica(), attribute, 2);
      if (step == null) {
        return;
      }
      partition.change(step);
    }
    throw new AssertionError("the filling does not end");
  }

  @Test
  void entriesFollowTheirItems() throws IOException {
    configure(1, "until");
    partition.put("a", OnePartition.item("a", "until", 300));
    partition.put("b", OnePartition.item("b", "until", 200));
    partition.put("c", OnePartition.item("c", "other", 100));
    assertThat(entries()).containsExactly("200b", "300a");
    partition.put("a", OnePartition.item("a", "until", 100));
    assertThat(entries()).containsExactly("100a", "200b");
    partition.put("a", OnePartition.item("a", "other", 100));
    partition.delete("b");
    assertThat(entries()).isEmpty();
  }

  @Test
  void onlyNumbersOfSecondsToComeOrPastMakeAnItemExpire() {
    assertThat(second(AttributeValue.N.of("1800000000.9"))).isEqualTo(NOW);
    assertThat(second(AttributeValue.N.of(0))).isEqualTo(ItemExpiry.NEVER);
    assertThat(second(AttributeValue.N.of(-5))).isEqualTo(ItemExpiry.NEVER);
    assertThat(second(AttributeValue.N.of("9E125"))).isEqualTo(ItemExpiry.NEVER);
    assertThat(second(new AttributeValue.S("1800000000"))).isEqualTo(ItemExpiry.NEVER);
    assertThat(ItemExpiry.second(null, "until")).isEqualTo(ItemExpiry.NEVER);
  }

  private static long second(AttributeValue value) {
    return ItemExpiry.second(BinaryItem.of(Map.of("until", value)), "until");
  }

  @Test
  void whatExpiredMoreThanFiveYearsAgoStays() {
    long first = NOW - ItemExpiry.AGE_MAX.toSeconds();
    assertThat(isDue(first - 1)).isFalse();
    assertThat(isDue(first)).isTrue();
    assertThat(isDue(NOW)).isTrue();
    assertThat(isDue(NOW + 1)).isFalse();
  }

  private static boolean isDue(long second) {
    return ItemExpiry.isDue(OnePartition.item("a", "until", second), "until", NOW);
  }

  @Test
  void anItemThatWasRenewedIsNotDeleted() throws IOException {
    configure(1, "until");
    partition.put("a", OnePartition.item("a", "until", NOW));
    assertThat(partition.expire("a", NOW - 1)).isInstanceOf(WriteOutcome.ConditionFailed.class);
    partition.put("a", OnePartition.item("a", "until", NOW + 10));
    assertThat(partition.expire("a", NOW)).isInstanceOf(WriteOutcome.ConditionFailed.class);
    assertThat(partition.read("a")).isNotNull();
    assertThat(partition.expire("a", NOW + 10)).isInstanceOf(WriteOutcome.Applied.class);
    assertThat(partition.read("a")).isNull();
    assertThat(partition.expire("a", NOW + 10)).isInstanceOf(WriteOutcome.ConditionFailed.class);
    assertThat(entries()).isEmpty();
    assertThat(partition.changes(ChangePosition.START))
        .extracting(ChangeRecord::byService)
        .containsExactly(false, false, true);
  }

  @Test
  void nothingExpiresByAnAttributeThatIsNotThePartitions() throws IOException {
    partition.put("a", OnePartition.item("a", "until", NOW));
    assertThat(partition.expire("a", NOW)).isInstanceOf(WriteOutcome.ConditionFailed.class);
    configure(1, "other");
    assertThat(partition.expire("a", NOW)).isInstanceOf(WriteOutcome.ConditionFailed.class);
  }

  @Test
  void itemsThatWereThereBeforeGetTheirEntriesByFilling() throws IOException {
    for (String key : List.of("a", "b", "c", "d", "e")) {
      partition.put(key, OnePartition.item(key, "until", NOW + key.charAt(0)));
    }
    partition.put("f", OnePartition.item("f", "other", NOW));
    configure(1, "until");
    assertThat(entries()).isEmpty();
    partition.put("b", OnePartition.item("b", "until", 7));
    Request.FillExpiry step =
        Objects.requireNonNull(ExpiryFilling.next(partition.replica(), "until", 9));
    // What changes between the look and the step counts.
    partition.put("a", OnePartition.item("a", "until", 8));
    partition.delete("c");
    partition.change(step);
    fill("until");
    assertThat(entries()).containsExactly("7b", "8a", (NOW + 'd') + "d", (NOW + 'e') + "e");
  }

  @Test
  void anotherAttributeStartsAnew() throws IOException {
    configure(1, "until");
    partition.put("a", OnePartition.item("a", "until", 5));
    partition.put("b", OnePartition.item("b", "other", 6));
    configure(2, "other");
    assertThat(entries()).isEmpty();
    assertThat(partition.change(new Request.FillExpiry(TABLE, "until", List.of(), new byte[0])))
        .isInstanceOf(WriteOutcome.ConditionFailed.class);
    fill("other");
    assertThat(entries()).containsExactly("6b");
    configure(3, null);
    assertThat(entries()).isEmpty();
    assertThat(ExpiryFilling.next(partition.replica(), "other", 1)).isNull();
  }
}
