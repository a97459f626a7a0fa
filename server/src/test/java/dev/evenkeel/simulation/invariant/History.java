package dev.evenkeel.simulation.invariant;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The operations on one key, over the key's whole life.
public final class History {
  /// Unknown outcomes after which a key gets no more operations: each doubles the search.
  private static final int UNKNOWN_MAX = 8;

  private final String key;
  private final String initial;
  private final List<Operation> operations = new ArrayList<>();

  History(String key, String initial) {
    this.key = key;
    this.initial = initial;
  }

  public String key() {
    return key;
  }

  /// Begins an operation.
  public Operation invoke(String text, long when, Operation.Step step) {
    Operation operation = new Operation(text, when, step);
    operations.add(operation);
    return operation;
  }

  /// It was certainly not carried out.
  public void forget(Operation operation) {
    operations.remove(operation);
  }

  /// Whether the key should be given up for a fresh one.
  public boolean isFull() {
    return operations.size() >= Linearizability.OPERATIONS_MAX - 12
        || operations.stream().filter(Operation::isOptional).count() >= UNKNOWN_MAX;
  }

  boolean isSettled() {
    return operations.stream().noneMatch(Operation::isOpen);
  }

  void settle(long when) {
    operations.forEach(operation -> operation.settle(when));
  }

  /// @throws AssertionError when no order explains what the clients saw
  void check() {
    if (!Linearizability.holds(operations, initial)) {
      throw new AssertionError("the history of " + key + " is not linearizable:\n" + text());
    }
  }

  private String text() {
    return operations.stream().map(Operation::toString).collect(Collectors.joining("\n"));
  }
}
