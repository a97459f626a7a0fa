package dev.evenkeel.model;

import org.jspecify.annotations.Nullable;

/// A global secondary index as the catalogue knows it.
///
/// ```
///           partition made            filled           asked to delete
/// CREATING ───────────────▶ CREATING, ──────▶ ACTIVE ─────────────────▶ DELETING ──▶ gone
///                           backfilling          ▲ ▼ capacity changed
///                                             UPDATING
/// ```
///
/// @param definition what its entries are
/// @param status where it is in its life
/// @param backfilling whether the entries of items that were there before it are still to come
/// @param capacity in force
/// @param pending what `capacity` becomes when the index leaves UPDATING, or null
/// @param history when capacity changed
public record TableIndex(
    GlobalIndex definition,
    Status status,
    boolean backfilling,
    TableCapacity capacity,
    @Nullable TableCapacity pending,
    TableSettings.History history) {
  /// The life of an index; `name()` is the wire's word.
  public enum Status {
    CREATING,
    UPDATING,
    DELETING,
    ACTIVE
  }

  /// An index that is asked for.
  public static TableIndex creating(GlobalIndex definition, TableCapacity capacity) {
    return new TableIndex(
        definition, Status.CREATING, false, capacity, null, TableSettings.History.NONE);
  }

  public String name() {
    return definition.name();
  }

  /// Of its partition, and of what that stores.
  public long id() {
    return definition.id();
  }

  /// Whether it can be read.
  public boolean serves() {
    return status == Status.ACTIVE || status == Status.UPDATING;
  }

  /// Every item of the table has its entry.
  public TableIndex filled() {
    return new TableIndex(definition, Status.ACTIVE, false, capacity, pending, history);
  }

  /// Its partition is there; the entries of older items are to come.
  public TableIndex toBeFilled() {
    return new TableIndex(definition, Status.CREATING, true, capacity, pending, history);
  }

  public TableIndex deleting() {
    return new TableIndex(definition, Status.DELETING, false, capacity, null, history);
  }

  /// With a change of capacity to come; one that is being filled stays CREATING.
  public TableIndex pending(TableCapacity next) {
    Status during = status == Status.ACTIVE ? Status.UPDATING : status;
    return new TableIndex(definition, during, backfilling, capacity, next, history);
  }

  /// With the pending capacity, if there is one, in force from `nowMillis` on.
  public TableIndex applied(long nowMillis) {
    Status after = status == Status.UPDATING ? Status.ACTIVE : status;
    return pending == null
        ? new TableIndex(definition, after, backfilling, capacity, null, history)
        : new TableIndex(
            definition,
            after,
            backfilling,
            pending,
            null,
            history.changed(capacity, pending, nowMillis));
  }
}
