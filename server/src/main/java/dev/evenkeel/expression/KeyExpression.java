package dev.evenkeel.expression;

import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.GlobalIndex;
import dev.evenkeel.model.KeySchema;
import java.util.SequencedMap;

/// A key condition that is well formed, before it is known which attributes are keys.
public final class KeyExpression {
  private final SequencedMap<String, SortRange> ranges;

  /// @param ranges what is wanted of each attribute
  public KeyExpression(SequencedMap<String, SortRange> ranges) {
    this.ranges = ranges;
  }

  /// The condition on those keys, which are a table's or an index's.
  ///
  /// @throws ApiException a ValidationException, when its attributes or its types do not fit
  public KeyCondition on(KeySchema keys) {
    return KeyRanges.match(ranges, keys);
  }

  /// The condition on the keys of a global index, each of which may be of several attributes.
  ///
  /// @throws ApiException a ValidationException, when its attributes or its types do not fit
  public IndexCondition on(GlobalIndex index) {
    return KeyRanges.match(ranges, index.keys());
  }
}
