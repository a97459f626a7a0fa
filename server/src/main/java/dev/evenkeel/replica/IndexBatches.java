package dev.evenkeel.replica;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.codec.WireReader;
import dev.evenkeel.codec.WireWriter;
import dev.evenkeel.model.AttributeValue.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Batches of a global index at the leader of its partition, and their wire form: see the package.
final class IndexBatches {
  private IndexBatches() {}

  static byte[] positionKey(long group, IndexBatch batch) {
    return StoredKeys.indexPosition(group, batch.base());
  }

  /// @param stored the newest state of the index's position, or null where there is none
  static Evaluation of(long group, IndexBatch batch, byte @Nullable [] stored) {
    BinaryItem item = stored == null ? null : BinaryItem.wrap(stored);
    if (!IndexPosition.of(item).equals(batch.from())) {
      return new Evaluation.Settled(new WriteOutcome.ConditionFailed(item));
    }
    List<Command.Mutation> mutations = new ArrayList<>(batch.changes().size() + 1);
    for (IndexBatch.Change change : batch.changes()) {
      byte[] key = change.key().array();
      byte[] entry = change.item();
      mutations.add(
          entry == null ? new Command.Mutation.Delete(key) : new Command.Mutation.Put(key, entry));
    }
    BinaryItem after = batch.to().toItem();
    mutations.add(new Command.Mutation.Put(positionKey(group, batch), after.bytes()));
    return new Evaluation.Proposed(
        Growth.ofItems(batch.size().entries(), batch.size().bytes()),
        mutations,
        new WriteOutcome.Applied(null, null, Map.of(), -1));
  }

  static int bytes(IndexBatch batch) {
    int bytes = 0;
    for (IndexBatch.Change change : batch.changes()) {
      byte[] item = change.item();
      bytes += change.key().length() + Long.BYTES + (item == null ? 0 : item.length);
    }
    return bytes;
  }

  static void write(IndexBatch batch, WireWriter out) {
    out.int64(batch.base());
    write(batch.from(), out);
    write(batch.to(), out);
    out.int64(batch.size().entries()).int64(batch.size().bytes()).varint(batch.changes().size());
    for (IndexBatch.Change change : batch.changes()) {
      byte[] item = change.item();
      out.bytes(change.key().array()).bool(item != null);
      if (item != null) {
        out.item(BinaryItem.wrap(item));
      }
    }
  }

  static IndexBatch read(WireReader in) throws IOException {
    long base = in.int64();
    IndexPosition from = position(in);
    IndexPosition to = position(in);
    IndexBatch.Size size = new IndexBatch.Size(in.int64(), in.int64());
    List<IndexBatch.Change> changes = new ArrayList<>();
    for (int left = in.count(); left > 0; left--) {
      Bytes key = new Bytes(in.bytes());
      changes.add(new IndexBatch.Change(key, in.bool() ? in.item().bytes() : null));
    }
    return new IndexBatch(base, from, to, changes, size);
  }

  private static void write(IndexPosition position, WireWriter out) {
    out.int64(position.upTo().slot()).varint(position.upTo().number());
    out.bytes(position.filled().array());
  }

  private static IndexPosition position(WireReader in) throws IOException {
    return new IndexPosition(new ChangePosition(in.int64(), in.varint()), new Bytes(in.bytes()));
  }
}
