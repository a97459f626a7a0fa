package dev.evenkeel.simulation.invariant;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Says whether the operations on one key can be put in an order that explains all their outcomes
/// and keeps each one between its call and its return.
///
/// The search of Wing and Gong with Lowe's memory: a set of operations that were ordered together
/// with the state they led to is never looked at twice. An operation with unknown outcome may be
/// left out.
public final class Linearizability {
  /// Operations per history at most.
  public static final int OPERATIONS_MAX = 62;

  private final List<Operation> operations;
  private final long all;
  private final Set<Seen> seen = new HashSet<>();

  private record Seen(long done, String state) {}

  private Linearizability(List<Operation> operations) {
    if (operations.size() > OPERATIONS_MAX) {
      throw new IllegalArgumentException("a history of " + operations.size() + " operations");
    }
    this.operations = operations;
    this.all = (1L << operations.size()) - 1;
  }

  /// @param initial the state before the first operation
  public static boolean holds(List<Operation> operations, String initial) {
    return new Linearizability(operations).search(0, initial);
  }

  private boolean search(long done, String state) {
    if (done == all) {
      return true;
    }
    if (!seen.add(new Seen(done, state))) {
      return false;
    }
    long firstReturn = firstReturn(done);
    for (int i = 0; i < operations.size(); i++) {
      Operation operation = operations.get(i);
      if (isIn(done, i) || operation.invoked() > firstReturn) {
        continue;
      }
      long then = done | 1L << i;
      String after = operation.apply(state);
      if ((after != null && search(then, after))
          || (operation.isOptional() && search(then, state))) {
        return true;
      }
    }
    return false;
  }

  private long firstReturn(long done) {
    long first = Long.MAX_VALUE;
    for (int i = 0; i < operations.size(); i++) {
      if (!isIn(done, i)) {
        first = Math.min(first, operations.get(i).returned());
      }
    }
    return first;
  }

  private static boolean isIn(long set, int number) {
    return (set & 1L << number) != 0;
  }
}
