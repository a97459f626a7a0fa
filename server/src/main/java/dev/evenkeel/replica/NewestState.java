package dev.evenkeel.replica;

import dev.evenkeel.model.AttributeValue.Bytes;
import dev.evenkeel.storage.ItemStore;
import dev.evenkeel.storage.Lookup;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Applied state plus the entries in flight: what a condition is judged by.
final class NewestState {
  private final ItemStore store;

  /// By slot.
  private final Deque<Proposal> proposals = new ArrayDeque<>();

  /// The newest change in flight of each stored key.
  private final Map<Bytes, InFlight> inFlight = new HashMap<>();

  /// @param value null for a deletion
  @SuppressWarnings("ArrayRecordComponent")
  private record InFlight(Proposal proposal, byte @Nullable [] value) {}

  /// What is known of a key.
  sealed interface Known {
    /// @param value null where there is none
    /// @param dependsOn the entry in flight that says so, or null when it is applied state
    @SuppressWarnings("ArrayRecordComponent")
    record Value(byte @Nullable [] value, @Nullable Proposal dependsOn) implements Known {}

    /// Only the disk can tell.
    record OnDisk() implements Known {}
  }

  NewestState(ItemStore store) {
    this.store = store;
  }

  int proposals() {
    return proposals.size();
  }

  /// The oldest entry that is not applied, or null.
  @Nullable Proposal oldest() {
    return proposals.peek();
  }

  /// The newest entry that is not applied, or null.
  @Nullable Proposal newest() {
    return proposals.peekLast();
  }

  void add(Proposal proposal) {
    proposals.add(proposal);
    for (Command.Mutation mutation : proposal.command.mutations()) {
      switch (mutation) {
        case Command.Mutation.Put(var key, var value) ->
            inFlight.put(new Bytes(key), new InFlight(proposal, value));
        case Command.Mutation.Delete(var key) ->
            inFlight.put(new Bytes(key), new InFlight(proposal, null));
        case Command.Mutation.DeleteRange _, Command.Mutation.Note _, Command.Mutation.Stamp _ -> {}
      }
    }
  }

  /// Takes the oldest entry out: it is applied, or lost.
  void removeOldest() {
    Proposal proposal = proposals.remove();
    for (Command.Mutation mutation : proposal.command.mutations()) {
      switch (mutation) {
        case Command.Mutation.Put(var key, _) -> forget(key, proposal);
        case Command.Mutation.Delete(var key) -> forget(key, proposal);
        case Command.Mutation.DeleteRange _, Command.Mutation.Note _, Command.Mutation.Stamp _ -> {}
      }
    }
  }

  /// Takes all out: this replica does not lead any more.
  List<Proposal> removeAll() {
    List<Proposal> all = List.copyOf(proposals);
    proposals.clear();
    inFlight.clear();
    return all;
  }

  Iterable<Proposal> inSlotOrder() {
    return proposals;
  }

  /// @param mayTouchDisk never answers `OnDisk`
  Known look(byte[] key, boolean mayTouchDisk) throws IOException {
    InFlight newest = inFlight.get(new Bytes(key));
    if (newest != null) {
      return new Known.Value(newest.value, newest.proposal);
    }
    if (mayTouchDisk) {
      return new Known.Value(store.get(key), null);
    }
    return switch (store.lookup(key)) {
      case Lookup.Found found -> new Known.Value(found.value(), null);
      case Lookup.Absent _ -> new Known.Value(null, null);
      case Lookup.OnDisk _ -> new Known.OnDisk();
    };
  }

  private void forget(byte[] key, Proposal proposal) {
    Bytes bytes = new Bytes(key);
    InFlight newest = inFlight.get(bytes);
    if (newest != null && newest.proposal == proposal) {
      inFlight.remove(bytes);
    }
  }
}
