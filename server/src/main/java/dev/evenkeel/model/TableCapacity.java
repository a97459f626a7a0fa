package dev.evenkeel.model;

/// How much a table may be used.
///
/// @param mode how it is bounded
/// @param readUnits provisioned units a second; 0 on demand
/// @param writeUnits provisioned units a second; 0 on demand
/// @param maximum bound on use on demand
/// @param warm what the table takes at once
public record TableCapacity(
    BillingMode mode, long readUnits, long writeUnits, OnDemandMaximum maximum, Warm warm) {
  /// `name()` is the wire's word.
  public enum BillingMode {
    PROVISIONED,
    PAY_PER_REQUEST
  }

  /// Request units a second on demand; [#UNBOUNDED] where the caller set none.
  public record OnDemandMaximum(long readUnits, long writeUnits) {
    public static final long UNBOUNDED = -1;
    public static final OnDemandMaximum NONE = new OnDemandMaximum(UNBOUNDED, UNBOUNDED);
  }

  /// Warm throughput: units a second that need no time to be reached. Never decreases.
  public record Warm(long readUnits, long writeUnits) {
    /// A new table on demand.
    public static final Warm ON_DEMAND = new Warm(12_000, 4_000);

    /// The greater of both, separately for reads and writes.
    public Warm atLeast(Warm other) {
      return new Warm(Math.max(readUnits, other.readUnits), Math.max(writeUnits, other.writeUnits));
    }
  }

  public static TableCapacity provisioned(long readUnits, long writeUnits, Warm warm) {
    return new TableCapacity(
        BillingMode.PROVISIONED, readUnits, writeUnits, OnDemandMaximum.NONE, warm);
  }

  public static TableCapacity onDemand(OnDemandMaximum maximum, Warm warm) {
    return new TableCapacity(BillingMode.PAY_PER_REQUEST, 0, 0, maximum, warm);
  }

  public boolean onDemand() {
    return mode == BillingMode.PAY_PER_REQUEST;
  }
}
