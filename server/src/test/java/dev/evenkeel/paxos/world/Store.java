package dev.evenkeel.paxos.world;

import dev.evenkeel.paxos.Ballot;
import dev.evenkeel.paxos.Configuration;
import dev.evenkeel.paxos.Entry;
import dev.evenkeel.paxos.Member;
import dev.evenkeel.paxos.Value;
import java.util.Arrays;

/// A replica's applied state: a hash over everything that was applied. What was not flushed is gone
/// after a crash.
final class Store {
  /// @param applied everything up to this slot; −1 while there is no state
  /// @param hash over it
  /// @param ballot in which the entry at `applied` was accepted
  /// @param configurationSlot slot of the entry that brought the configuration
  record State(
      long applied,
      Ballot ballot,
      long hash,
      long configurationSlot,
      Configuration configuration) {}

  private State durable;
  private State state;

  Store(State state) {
    this.state = state;
    this.durable = state;
  }

  static State beginning(Configuration first) {
    return new State(0, Ballot.NONE, 0, 0, first);
  }

  static State nothing(Configuration first) {
    return new State(-1, Ballot.NONE, 0, 0, first);
  }

  static long hash(long before, Entry entry) {
    long mixed = (before ^ entry.slot()) * 0x9E3779B97F4A7C15L + digest(entry.value());
    return mixed ^ mixed >>> 29;
  }

  /// The same in every run.
  static long digest(Value value) {
    return switch (value) {
      case Value.Noop _ -> 1;
      case Value.Command(var bytes) -> 31L * Arrays.hashCode(bytes) + 2;
      case Value.Reconfigure(var next) -> {
        long digest = 3 + next.generation();
        for (Member member : next.members()) {
          digest =
              1_000_003 * digest + 2 * member.node() + (member.kind() == Member.Kind.LOG ? 1 : 0);
        }
        yield digest;
      }
    };
  }

  State state() {
    return state;
  }

  State durable() {
    return durable;
  }

  void apply(Entry entry) {
    boolean changes = entry.value() instanceof Value.Reconfigure;
    state =
        new State(
            entry.slot(),
            entry.ballot(),
            hash(state.hash, entry),
            changes ? entry.slot() : state.configurationSlot,
            entry.value() instanceof Value.Reconfigure(var next) ? next : state.configuration);
  }

  void flush() {
    durable = state;
  }

  /// Takes over another replica's state, durably.
  void install(State other) {
    state = other;
    durable = other;
  }

  void crash() {
    state = durable;
  }
}
