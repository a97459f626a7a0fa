package dev.evenkeel.model;

import org.jspecify.annotations.Nullable;

/// What UpdateTable changes of a table.
///
/// @param capacity in force
/// @param pending what `capacity` becomes when the table leaves UPDATING, or null
/// @param history when capacity changed
/// @param tableClass the caller's choice, or null where none was made
/// @param deletionProtected whether DeleteTable is refused
public record TableSettings(
    TableCapacity capacity,
    @Nullable TableCapacity pending,
    History history,
    @Nullable ChosenClass tableClass,
    boolean deletionProtected) {
  private static final long DAY_MILLIS = 86_400_000L;

  /// Classes of storage cost; they change nothing else. `name()` is the wire's word.
  public enum TableClass {
    STANDARD,
    STANDARD_INFREQUENT_ACCESS
  }

  /// A class, and when it was chosen in place of another (0: with the table).
  public record ChosenClass(TableClass tableClass, long changedMillis) {}

  /// When capacity changed: wall-clock milliseconds since 1970, 0 for never.
  ///
  /// @param decreases decreases on the UTC day of `lastDecreaseMillis`
  public record History(
      long lastIncreaseMillis, long lastDecreaseMillis, int decreases, long lastOnDemandMillis) {
    public static final History NONE = new History(0, 0, 0, 0);

    /// Decreases on the UTC day of `nowMillis`.
    public int decreasesOn(long nowMillis) {
      return sameDay(lastDecreaseMillis, nowMillis) ? decreases : 0;
    }

    /// With a change from one capacity to another.
    History changed(TableCapacity from, TableCapacity to, long nowMillis) {
      boolean toOnDemand = to.onDemand() && !from.onDemand();
      boolean provisioned = !to.onDemand() && !from.onDemand();
      boolean up =
          provisioned && (to.readUnits() > from.readUnits() || to.writeUnits() > from.writeUnits());
      boolean down =
          provisioned && (to.readUnits() < from.readUnits() || to.writeUnits() < from.writeUnits());
      return new History(
          up ? nowMillis : lastIncreaseMillis,
          down ? nowMillis : lastDecreaseMillis,
          down ? decreasesOn(nowMillis) + 1 : decreases,
          toOnDemand ? nowMillis : lastOnDemandMillis);
    }

    private static boolean sameDay(long one, long other) {
      return one != 0 && Math.floorDiv(one, DAY_MILLIS) == Math.floorDiv(other, DAY_MILLIS);
    }
  }

  /// With a change of capacity to come.
  public TableSettings pending(TableCapacity next) {
    return new TableSettings(capacity, next, history, tableClass, deletionProtected);
  }

  public TableSettings withDeletionProtected(boolean next) {
    return new TableSettings(capacity, pending, history, tableClass, next);
  }

  public TableSettings withTableClass(ChosenClass next) {
    return new TableSettings(capacity, pending, history, next, deletionProtected);
  }

  /// With the pending capacity, if there is one, in force from `nowMillis` on.
  public TableSettings applied(long nowMillis) {
    if (pending == null) {
      return this;
    }
    return new TableSettings(
        pending,
        null,
        history.changed(capacity, pending, nowMillis),
        tableClass,
        deletionProtected);
  }
}
