package dev.evenkeel.replica;

import dev.evenkeel.codec.BinaryItem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes that were sent together, at the leader of their group: those that can be done are one
/// entry. Serial executor only.
final class BatchWrites {
  private final Writes writes;

  BatchWrites(Writes writes) {
    this.writes = writes;
  }

  /// See [Request.WriteEach].
  void write(Request.WriteEach request, Writes.Waiting done) {
    write(request, done, false);
  }

  private void write(Request.WriteEach request, Writes.Waiting done, boolean mayTouchDisk) {
    List<byte[]> keys = request.writes().stream().map(ItemWrite::storedKey).toList();
    try {
      List<NewestState.Known.Value> known =
          writes.known(keys, mayTouchDisk, done, () -> write(request, done, true));
      if (known != null) {
        conclude(request.writes(), keys, known, done);
      }
    } catch (IOException e) {
      done.accept(new WriteOutcome.Unavailable(String.valueOf(e.getMessage())));
    }
  }

  private void conclude(
      List<ItemWrite> each,
      List<byte[]> keys,
      List<NewestState.Known.Value> known,
      Writes.Waiting done)
      throws IOException {
    Draft draft = Draft.open();
    List<WriteOutcome.Part> parts = new ArrayList<>(each.size());
    Proposal dependsOn = null;
    for (int i = 0; i < each.size(); i++) {
      parts.add(part(draft, each.get(i), keys.get(i), known.get(i).value()));
      dependsOn = Proposal.later(dependsOn, known.get(i).dependsOn());
    }
    WriteOutcome outcome = new WriteOutcome.Each(parts);
    if (draft.isEmpty()) {
      writes.answer(outcome, dependsOn, done);
    } else {
      writes.propose(draft, 0, outcome, done);
    }
  }

  private WriteOutcome.Part part(Draft draft, ItemWrite write, byte[] key, byte @Nullable [] value)
      throws IOException {
    if (writes.locks().isLocked(key)) {
      return new WriteOutcome.Part.NotDone(new WriteOutcome.Conflict());
    }
    BinaryItem before = value == null ? null : BinaryItem.wrap(value);
    Draft.Newest newest =
        new Draft.Newest(key, before, writes.collectionBytes(write), writes.schema());
    WriteOutcome outcome = draft.change(write, newest);
    return outcome instanceof WriteOutcome.Applied applied
        ? new WriteOutcome.Part.Done(WriteOutcome.Effect.of(applied))
        : new WriteOutcome.Part.NotDone(outcome);
  }
}
