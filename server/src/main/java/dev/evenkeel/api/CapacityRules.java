package dev.evenkeel.api;

import dev.evenkeel.api.TableShapes.OnDemand;
import dev.evenkeel.api.TableShapes.Throughput;
import dev.evenkeel.api.TableShapes.Warm;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.TableCapacity;
import dev.evenkeel.model.TableCapacity.BillingMode;
import dev.evenkeel.model.TableCapacity.OnDemandMaximum;
import org.jspecify.annotations.Nullable;

/// What a request may ask of a table's capacity, with AWS's texts.
///
/// @param mode BillingMode
/// @param provisioned ProvisionedThroughput
/// @param maximum OnDemandThroughput
/// @param warm WarmThroughput
record CapacityRules(
    @Nullable String mode,
    @Nullable Members provisioned,
    @Nullable Members maximum,
    @Nullable Members warm) {
  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final long UNITS_MAX = 1_000_000_000_000L;

  CapacityRules {
    if (provisioned != null) {
      checkBounds(provisioned.need(Throughput.READS), "ReadCapacityUnits");
      checkBounds(provisioned.need(Throughput.WRITES), "WriteCapacityUnits");
    }
  }

  /// Whether the request says anything about capacity.
  boolean given() {
    return mode != null || provisioned != null || maximum != null || warm != null;
  }

  /// The capacity of a new table.
  TableCapacity created() {
    BillingMode chosen = mode == null ? BillingMode.PROVISIONED : BillingMode.valueOf(mode);
    checkProvisioned(chosen, true);
    if (chosen == BillingMode.PAY_PER_REQUEST) {
      return TableCapacity.onDemand(
          maximum(OnDemandMaximum.NONE, 1), warm(TableCapacity.Warm.ON_DEMAND));
    }
    checkNoMaximum();
    return provisioned(new TableCapacity.Warm(0, 0));
  }

  /// The capacity of a table that has `current`.
  TableCapacity changed(TableCapacity current) {
    BillingMode chosen = mode == null ? current.mode() : BillingMode.valueOf(mode);
    boolean switched = chosen != current.mode();
    checkProvisioned(chosen, switched);
    if (chosen == BillingMode.PAY_PER_REQUEST) {
      TableCapacity.Warm base =
          switched ? current.warm().atLeast(TableCapacity.Warm.ON_DEMAND) : current.warm();
      return TableCapacity.onDemand(
          maximum(current.maximum(), OnDemandMaximum.UNBOUNDED), warm(base));
    }
    checkNoMaximum();
    if (provisioned == null) {
      return TableCapacity.provisioned(
          current.readUnits(), current.writeUnits(), warm(current.warm()));
    }
    TableCapacity next = provisioned(current.warm());
    if (!switched && warm == null) {
      checkDifferent(current, next);
    }
    return next;
  }

  private TableCapacity provisioned(TableCapacity.Warm before) {
    if (provisioned == null) {
      throw new IllegalStateException("provisioned throughput was checked to be there");
    }
    long reads = provisioned.need(Throughput.READS);
    long writes = provisioned.need(Throughput.WRITES);
    TableCapacity.Warm base = before.atLeast(new TableCapacity.Warm(reads, writes));
    return TableCapacity.provisioned(reads, writes, warm(base));
  }

  private void checkProvisioned(BillingMode chosen, boolean needed) {
    if (chosen == BillingMode.PAY_PER_REQUEST && provisioned != null) {
      throw ApiException.validation(
          INVALID
              + "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when"
              + " BillingMode is PAY_PER_REQUEST");
    }
    if (chosen == BillingMode.PROVISIONED && provisioned == null && needed) {
      throw ApiException.validation(
          mode == null
              ? "No provisioned throughput specified for the table"
              : INVALID
                  + "ReadCapacityUnits and WriteCapacityUnits must both be specified when"
                  + " BillingMode is PROVISIONED");
    }
  }

  private void checkNoMaximum() {
    if (maximum != null && (maximum.has(OnDemand.READS) || maximum.has(OnDemand.WRITES))) {
      throw ApiException.validation(
          INVALID
              + "Neither MaxReadRequestUnits nor MaxWriteRequestUnits can be specified when"
              + " BillingMode is PROVISIONED");
    }
  }

  /// @param least the least value but 0: −1 lifts a bound that was set before
  private OnDemandMaximum maximum(OnDemandMaximum before, long least) {
    if (maximum == null) {
      return before;
    }
    long reads = maximum.get(OnDemand.READS, before.readUnits());
    long writes = maximum.get(OnDemand.WRITES, before.writeUnits());
    if (maximum.has(OnDemand.READS)) {
      checkMaximum(reads, least, "MaxReadRequestUnits");
    }
    if (maximum.has(OnDemand.WRITES)) {
      checkMaximum(writes, least, "MaxWriteRequestUnits");
    }
    return new OnDemandMaximum(reads, writes);
  }

  private static void checkMaximum(long value, long least, String name) {
    if (value < least || value == 0) {
      throw ApiException.validation(
          INVALID + name + " must be greater than or equal to 1. Requested value: " + value);
    }
    checkBounds(value, name);
  }

  private TableCapacity.Warm warm(TableCapacity.Warm base) {
    if (warm == null) {
      return base;
    }
    long reads = warm.get(Warm.READS, base.readUnits());
    long writes = warm.get(Warm.WRITES, base.writeUnits());
    checkWarm(reads, base.readUnits(), "ReadUnitsPerSecond");
    checkWarm(writes, base.writeUnits(), "WriteUnitsPerSecond");
    return new TableCapacity.Warm(reads, writes);
  }

  private static void checkWarm(long requested, long current, String name) {
    if (requested < current) {
      throw ApiException.validation(
          INVALID
              + "Requested "
              + name
              + " for WarmThroughput for table is lower than current WarmThroughput, decreasing"
              + " WarmThroughput is not supported");
    }
    checkBounds(requested, name);
  }

  private static void checkDifferent(TableCapacity current, TableCapacity next) {
    if (next.readUnits() == current.readUnits() && next.writeUnits() == current.writeUnits()) {
      throw ApiException.validation(
          "The provisioned throughput for the table will not change. The requested value equals"
              + " the current value. Current ReadCapacityUnits provisioned for the table: "
              + current.readUnits()
              + ". Requested ReadCapacityUnits: "
              + next.readUnits()
              + ". Current WriteCapacityUnits provisioned for the table: "
              + current.writeUnits()
              + ". Requested WriteCapacityUnits: "
              + next.writeUnits()
              + ". Refer to the Amazon DynamoDB Developer Guide for current limits and how to"
              + " request higher limits.");
    }
  }

  private static void checkBounds(long units, String name) {
    if (units > UNITS_MAX) {
      throw ApiException.validation("Given value " + units + " for " + name + " is out of bounds");
    }
  }
}
