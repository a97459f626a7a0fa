package dev.evenkeel.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.AttributeValue.Bytes;
import dev.evenkeel.model.GlobalIndex;
import dev.evenkeel.model.KeySchema;
import dev.evenkeel.model.KeySchema.KeyAttribute;
import dev.evenkeel.model.LocalIndex;
import dev.evenkeel.replica.ChangePosition;
import dev.evenkeel.replica.ChangeRecord;
import dev.evenkeel.replica.GlobalIndexEntry;
import dev.evenkeel.replica.IndexBatch;
import dev.evenkeel.replica.IndexPosition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A table that changes at random, and an index that follows and is filled at random: at every step
/// the index is what the table's items below its position make, as of its position.
class BatchBuilderTest {
  private static final long BASE = 3;
  private static final int RUNS = 300;
  private static final int STEPS = 60;
  private static final int KEYS = 12;
  private static final KeySchema TABLE =
      new KeySchema(new KeyAttribute("pk", AttributeValue.Type.N), null);
  private static final GlobalIndex INDEX =
      new GlobalIndex(
          "index",
          9,
          new GlobalIndex.Keys(
              List.of(new KeyAttribute("g", AttributeValue.Type.S)), List.of(), TABLE),
          LocalIndex.Projection.INCLUDE,
          List.of("v"));

  /// The table by stored key, and after each of its changes.
  private final SortedMap<Bytes, BinaryItem> table = new TreeMap<>();

  private final List<SortedMap<Bytes, BinaryItem>> versions = new ArrayList<>();
  private final List<ChangeRecord> changes = new ArrayList<>();

  /// The index, as its partition would hold it.
  private final SortedMap<Bytes, BinaryItem> entries = new TreeMap<>();

  private IndexPosition position = new IndexPosition(ChangePosition.START, new Bytes(new byte[0]));
  private IndexBatch.Size size = IndexBatch.Size.NONE;

  @Test
  void indexIsAtEveryStepWhatItsPositionSays() {
    for (long seed = 0; seed < RUNS; seed++) {
      try {
        BatchBuilderTest run = new BatchBuilderTest();
        run.run(RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }

  private void run(RandomGenerator random) {
    versions.add(new TreeMap<>(table));
    for (int step = 0; step < STEPS; step++) {
      if (random.nextInt(3) > 0) {
        change(random);
      } else {
        follow(random);
        check();
      }
    }
    while (!position.isFilled(BASE) || position.upTo().slot() < changes.size()) {
      follow(random);
      check();
    }
    assertThat(entries).hasSameSizeAs(wanted(table));
  }

  private void change(RandomGenerator random) {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    attributes.put("pk", AttributeValue.N.of(random.nextInt(KEYS)));
    if (random.nextInt(4) > 0) {
      // Now and then of a type that the index does not take.
      attributes.put(
          "g",
          random.nextInt(6) == 0
              ? AttributeValue.N.of(1)
              : new AttributeValue.S("g" + random.nextInt(3)));
    }
    attributes.put("v", AttributeValue.N.of(random.nextInt(2)));
    attributes.put("w", AttributeValue.N.of(random.nextInt(2)));
    BinaryItem item = BinaryItem.of(attributes);
    Bytes key = BatchBuilder.stored(INDEX, BASE, item);
    BinaryItem before = table.get(key);
    @Nullable BinaryItem after = random.nextInt(4) == 0 ? null : item;
    if (before == null && after == null) {
      return;
    }
    if (after == null) {
      table.remove(key);
    } else {
      table.put(key, after);
    }
    versions.add(new TreeMap<>(table));
    ChangePosition at = new ChangePosition(versions.size() - 1L, 0);
    changes.add(new ChangeRecord(at, at.slot(), before, after, false));
  }

  private void follow(RandomGenerator random) {
    BatchBuilder builder = new BatchBuilder(INDEX, BASE, position);
    int done = (int) position.upTo().slot();
    int upTo = done + random.nextInt(changes.size() - done + 1);
    if (!position.isFilled(BASE) && random.nextBoolean()) {
      // The page is of some time; the records reach at least to it.
      int time = done + random.nextInt(upTo - done + 1);
      fill(builder, versions.get(time), 1 + random.nextInt(4));
    }
    changes.subList(done, upTo).forEach(builder::follow);
    IndexBatch batch = builder.build();
    if (batch != null) {
      assertThat(batch.from()).isEqualTo(position);
      batch.changes().forEach(this::apply);
      position = batch.to();
      size =
          new IndexBatch.Size(
              size.entries() + batch.size().entries(), size.bytes() + batch.size().bytes());
    }
  }

  private void fill(BatchBuilder builder, SortedMap<Bytes, BinaryItem> then, int count) {
    List<BinaryItem> page = new ArrayList<>();
    Bytes end = IndexPosition.end(BASE);
    for (Map.Entry<Bytes, BinaryItem> item : then.tailMap(position.filled()).entrySet()) {
      page.add(item.getValue());
      if (page.size() == count) {
        end = new Bytes(StoredKeys.successor(item.getKey().array()));
        break;
      }
    }
    builder.fill(page, end);
  }

  private void apply(IndexBatch.Change change) {
    byte[] item = change.item();
    if (item == null) {
      entries.remove(change.key());
    } else {
      entries.put(change.key(), BinaryItem.wrap(item));
    }
  }

  private void check() {
    SortedMap<Bytes, BinaryItem> covered =
        versions.get((int) position.upTo().slot()).headMap(position.filled());
    SortedMap<Bytes, BinaryItem> wanted = wanted(covered);
    assertThat(entries).isEqualTo(wanted);
    assertThat(size)
        .isEqualTo(
            new IndexBatch.Size(
                wanted.size(), wanted.values().stream().mapToLong(BinaryItem::size).sum()));
  }

  private static SortedMap<Bytes, BinaryItem> wanted(SortedMap<Bytes, BinaryItem> items) {
    SortedMap<Bytes, BinaryItem> wanted = new TreeMap<>();
    for (BinaryItem item : items.values()) {
      GlobalIndexEntry entry = GlobalIndexEntry.of(INDEX, item);
      if (entry != null) {
        wanted.put(entry.key(), entry.item());
      }
    }
    return wanted;
  }
}
