package dev.evenkeel.chaos;

import dev.evenkeel.simulation.invariant.Linearizability;
import dev.evenkeel.simulation.invariant.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// An item that all clients write and read, with the history of what they saw. Every value is
/// written once. Absence is the empty value.
///
/// Writes and consistent reads have to be linearizable. Eventual reads may go back, from one
/// replica to another, but show nothing that nobody wrote, or whose write was refused.
final class SharedKey {
  /// Unknown outcomes after which the key gets no more operations: each doubles the search.
  private static final int UNKNOWN_MAX = 8;

  /// Room for what is in flight, and for the read at the end.
  private static final int ROOM = 12;

  private final String name;
  private final List<Operation> operations = new ArrayList<>();

  /// Values whose writes were carried out, may have been, or may still be.
  private final Set<String> written = new HashSet<>();

  private final Set<String> seenLate = new HashSet<>();
  private int unknown;
  private String lastSeen = "";

  SharedKey(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  synchronized boolean isFull() {
    return operations.size() >= Linearizability.OPERATIONS_MAX - ROOM || unknown >= UNKNOWN_MAX;
  }

  /// The value that was seen last, by anybody.
  synchronized String lastSeen() {
    return lastSeen;
  }

  synchronized Operation beginWrite(String text, long when, String value, Operation.Step step) {
    written.add(value);
    return begin(text, when, step);
  }

  synchronized Operation begin(String text, long when, Operation.Step step) {
    Operation operation = new Operation(text, when, step);
    operations.add(operation);
    return operation;
  }

  synchronized void end(Operation operation, long when, Operation.Step observed) {
    operation.returned(when, observed);
  }

  /// The value's condition did not hold: it was never there, and never will be.
  synchronized void refused(String value) {
    written.remove(value);
  }

  synchronized void sees(String value) {
    lastSeen = value;
  }

  /// It was certainly not carried out, or nothing was learnt of it.
  synchronized void forget(Operation operation) {
    operations.remove(operation);
  }

  synchronized void unknown(Operation operation) {
    unknown++;
    operation.unknown();
  }

  /// A read that may be stale returned that value.
  synchronized void seesLate(String value) {
    seenLate.add(value);
  }

  synchronized boolean isLinearizable() {
    return Linearizability.holds(operations, "");
  }

  /// Whether eventual reads returned nothing but what somebody wrote. Once all requests have ended.
  synchronized boolean areLateReadsTrue() {
    return seenLate.stream().allMatch(value -> value.isEmpty() || written.contains(value));
  }

  synchronized String text() {
    return operations.stream()
        .map(Operation::toString)
        .collect(Collectors.joining("\n", name + "\n", ""));
  }
}
