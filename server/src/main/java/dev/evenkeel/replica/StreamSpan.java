package dev.evenkeel.replica;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.model.StreamSettings;
import dev.evenkeel.storage.Cursor;
import dev.evenkeel.storage.ItemStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The part of a partition's log that a stream shows: the changes behind `start` and before `end`.
///
/// @param end null while the stream is on
public record StreamSpan(StreamSettings settings, Bound start, @Nullable Bound end) {
  /// Where a stream was turned on or off.
  ///
  /// @param slot of the entry that did it
  /// @param micros commit time of that entry, µs since 1970
  public record Bound(long slot, long micros) {}

  /// Whether the stream shows the change at that position.
  public boolean shows(ChangePosition position) {
    return position.slot() > start.slot && (end == null || position.slot() < end.slot);
  }

  /// What turns a stream on, null for none, in place of the one that is on.
  static void change(
      long group,
      @Nullable StreamSettings from,
      @Nullable StreamSettings to,
      List<Command.Mutation> mutations) {
    if (from != null && (to == null || !to.label().equals(from.label()))) {
      byte[] key = StoredKeys.streamBound(group, from.label(), true);
      mutations.add(new Command.Mutation.Stamp(key, new byte[0]));
    }
    if (to != null && (from == null || !to.label().equals(from.label()))) {
      byte[] key = StoredKeys.streamBound(group, to.label(), false);
      mutations.add(new Command.Mutation.Stamp(key, to.view().name().getBytes(UTF_8)));
    }
  }

  /// Forgets the streams that ended before a position.
  static void forget(
      long group, ItemStore store, ChangePosition upTo, List<Command.Mutation> mutations)
      throws IOException {
    for (StreamSpan span : all(group, store)) {
      if (span.end != null && span.end.slot <= upTo.slot()) {
        for (boolean end : new boolean[] {false, true}) {
          mutations.add(
              new Command.Mutation.Delete(
                  StoredKeys.streamBound(group, span.settings.label(), end)));
        }
      }
    }
  }

  /// All streams that the partition knows, by label. Blocks on the disk.
  static List<StreamSpan> all(long group, ItemStore store) throws IOException {
    List<StreamSpan> spans = new ArrayList<>();
    StoredKeys.Range range = StoredKeys.all(group, StoredKeys.Kind.STREAM);
    try (Cursor cursor = store.scan(range.from(), range.to(), false)) {
      while (cursor.next()) {
        byte[] key = cursor.key();
        ByteBuffer value = ByteBuffer.wrap(cursor.value());
        Bound bound = new Bound(value.getLong(), value.getLong());
        if (key[key.length - 1] == 0) {
          int labelAt = range.from().length;
          String label = new String(key, labelAt, key.length - labelAt - 2, UTF_8);
          StreamSettings.View view = StreamSettings.View.valueOf(UTF_8.decode(value).toString());
          spans.add(new StreamSpan(new StreamSettings(label, view), bound, null));
        } else {
          // The end of a stream lies right behind its start.
          spans.add(spans.removeLast().ended(bound));
        }
      }
    }
    return spans;
  }

  private StreamSpan ended(Bound bound) {
    return new StreamSpan(settings, start, bound);
  }
}
