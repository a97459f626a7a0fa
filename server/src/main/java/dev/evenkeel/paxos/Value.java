package dev.evenkeel.paxos;

import java.util.Arrays;

/// What is agreed on for a slot.
public sealed interface Value {
  /// Nothing: fills a hole, or is a new leader's barrier.
  record Noop() implements Value {}

  /// The owner's own bytes; never changed after they were handed over.
  @SuppressWarnings("ArrayRecordComponent")
  record Command(byte[] bytes) implements Value {
    @Override
    public boolean equals(Object other) {
      return other instanceof Command(var theirs) && Arrays.equals(bytes, theirs);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
      return "Command[" + bytes.length + " bytes]";
    }
  }

  /// The configuration that is in force from the next slot on, once this is chosen (R6).
  record Reconfigure(Configuration next) implements Value {}

  /// About what it takes in memory and in a message.
  default int size() {
    return switch (this) {
      case Noop _ -> 16;
      case Command(var bytes) -> 16 + bytes.length;
      case Reconfigure(var next) -> 32 + 16 * next.members().size();
    };
  }
}
