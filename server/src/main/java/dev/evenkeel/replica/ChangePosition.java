package dev.evenkeel.replica;

/// Where a change of an item stands in the log of its partition.
///
/// @param slot of the entry that made it
/// @param number within the entry, from 0
public record ChangePosition(long slot, int number) implements Comparable<ChangePosition> {
  /// Before every change.
  public static final ChangePosition START = new ChangePosition(0, 0);

  /// Behind every change.
  public static final ChangePosition END = new ChangePosition(Long.MAX_VALUE, Integer.MAX_VALUE);

  /// Behind the changes of that slot.
  public static ChangePosition endOf(long slot) {
    return new ChangePosition(slot, Integer.MAX_VALUE);
  }

  @Override
  public int compareTo(ChangePosition other) {
    int bySlot = Long.compare(slot, other.slot);
    return bySlot != 0 ? bySlot : Integer.compare(number, other.number);
  }
}
