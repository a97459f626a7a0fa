package dev.evenkeel.expression;

import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.KeySchema;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Ranges of attributes against a key schema: the partition key by equality, the sort key by any
/// range, nothing else.
final class KeyRanges {
  private static final String NOT_SUPPORTED = "Query key condition not supported";

  private KeyRanges() {}

  static KeyCondition match(SequencedMap<String, SortRange> ranges, KeySchema keys) {
    if (ranges.size() > 2) {
      throw ApiException.validation("Conditions can be of length 1 or 2 only");
    }
    SortRange partition = range(ranges, keys.partition());
    checkTypes(partition, keys.partition());
    @Nullable SortRange sort = null;
    KeySchema.@Nullable KeyAttribute sortKey = keys.sort();
    if (ranges.size() == 2) {
      if (sortKey == null) {
        throw ApiException.validation(NOT_SUPPORTED);
      }
      sort = range(ranges, sortKey);
      checkTypes(sort, sortKey);
    }
    if (partition.operator() != SortRange.Operator.EQ) {
      throw ApiException.validation(NOT_SUPPORTED);
    }
    return new KeyCondition(partition.operand(), sort);
  }

  private static SortRange range(
      SequencedMap<String, SortRange> ranges, KeySchema.KeyAttribute attribute) {
    @Nullable SortRange range = ranges.get(attribute.name());
    if (range == null) {
      throw ApiException.validation(
          "Query condition missed key schema element: " + attribute.name());
    }
    return range;
  }

  private static void checkTypes(SortRange range, KeySchema.KeyAttribute attribute) {
    checkType(range.operand(), attribute);
    if (range.upper() != null) {
      checkType(range.upper(), attribute);
    }
  }

  private static void checkType(AttributeValue value, KeySchema.KeyAttribute attribute) {
    if (value.type() != attribute.type()) {
      throw ApiException.validation(
          "One or more parameter values were invalid: Condition parameter type does not match"
              + " schema type");
    }
    boolean empty =
        switch (value) {
          case AttributeValue.S(String text) -> text.isEmpty();
          case AttributeValue.B bytes -> bytes.value().length() == 0;
          default -> false;
        };
    if (empty) {
      throw ApiException.validation(
          "One or more parameter values are not valid. The AttributeValue for a key attribute"
              + " cannot contain an empty "
              + (value.type() == AttributeValue.Type.S ? "string" : "binary")
              + " value. Key: "
              + attribute.name());
    }
  }
}
