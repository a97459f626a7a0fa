package dev.evenkeel.expression;

import dev.evenkeel.model.AttributeValue;
import java.util.List;

/// The key values that a query of a global index wants, of the types that its keys say.
///
/// @param partition one value of each attribute of its partition key
/// @param sort ranges of the first attributes of its sort key, of which only the last may be other
///   than an equality
public record IndexCondition(List<AttributeValue> partition, List<SortRange> sort) {
  public IndexCondition {
    partition = List.copyOf(partition);
    sort = List.copyOf(sort);
  }
}
