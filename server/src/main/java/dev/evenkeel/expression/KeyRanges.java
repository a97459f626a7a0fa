package dev.evenkeel.expression;

import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.GlobalIndex;
import dev.evenkeel.model.KeySchema;
import java.util.ArrayList;
import java.util.List;
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

  static IndexCondition match(SequencedMap<String, SortRange> ranges, GlobalIndex.Keys keys) {
    if (keys.partition().size() == 1 && keys.sort().size() <= 1) {
      KeySchema.@Nullable KeyAttribute sort = keys.sort().isEmpty() ? null : keys.sort().getFirst();
      KeyCondition one = match(ranges, new KeySchema(keys.partition().getFirst(), sort));
      SortRange sorted = one.sort();
      return new IndexCondition(
          List.of(one.partition()), sorted == null ? List.of() : List.of(sorted));
    }
    List<AttributeValue> partition = new ArrayList<>();
    for (KeySchema.KeyAttribute attribute : keys.partition()) {
      SortRange range = range(ranges, attribute);
      checkTypes(range, attribute);
      if (range.operator() != SortRange.Operator.EQ) {
        throw ApiException.validation(NOT_SUPPORTED);
      }
      partition.add(range.operand());
    }
    return new IndexCondition(partition, sort(ranges, keys));
  }

  /// From left to right without a gap; nothing follows what is no equality.
  private static List<SortRange> sort(
      SequencedMap<String, SortRange> ranges, GlobalIndex.Keys keys) {
    List<SortRange> sort = new ArrayList<>();
    int left = ranges.size() - keys.partition().size();
    for (KeySchema.KeyAttribute attribute : keys.sort()) {
      if (left == 0) {
        return sort;
      }
      SortRange range = range(ranges, attribute);
      checkTypes(range, attribute);
      left--;
      if (left > 0 && range.operator() != SortRange.Operator.EQ) {
        throw ApiException.validation(NOT_SUPPORTED);
      }
      sort.add(range);
    }
    if (left > 0) {
      throw ApiException.validation(NOT_SUPPORTED);
    }
    return sort;
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
