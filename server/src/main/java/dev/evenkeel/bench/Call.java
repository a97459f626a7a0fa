package dev.evenkeel.bench;

/// One operation in flight. Mutable and reused, so that the generator makes no garbage per
/// operation.
final class Call {
  /// What is being done.
  Operation operation = Operation.READ;

  /// On which key.
  long key;

  /// Nanoseconds: when it was due. Its latency counts from here.
  long dueAt;

  /// Nanoseconds: when its newest request was sent. Its time-out counts from here.
  long sentAt;

  /// Whether this is the second request of a read-modify-write.
  boolean second;
}
