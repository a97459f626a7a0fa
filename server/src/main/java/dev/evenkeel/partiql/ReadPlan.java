package dev.evenkeel.partiql;

import dev.evenkeel.expression.Condition;
import dev.evenkeel.expression.KeyCondition;
import dev.evenkeel.model.AttributeValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a SELECT reads of a table or an index.
public sealed interface ReadPlan {
  /// One item of a table, whatever else it holds.
  record Item(AttributeValue partition, @Nullable AttributeValue sort) implements ReadPlan {}

  /// The items of some keys, range by range.
  ///
  /// @param ranges in the order of the statement
  /// @param merged the same items as whole item collections, where AWS reads ranges together that
  ///   overlap; else null: overlapping ranges are a mistake
  /// @param partitionsDescending the order of partition keys, by value
  /// @param descending the order within one partition key
  record Ranges(
      List<KeyRange> ranges,
      @Nullable List<KeyRange> merged,
      boolean partitionsDescending,
      boolean descending)
      implements ReadPlan {
    public Ranges {
      ranges = List.copyOf(ranges);
    }
  }

  /// All items that pass.
  record Whole(@Nullable Condition filter) implements ReadPlan {}

  /// @param filter which of them are returned, or null: all
  record KeyRange(KeyCondition keys, @Nullable Condition filter) {}
}
