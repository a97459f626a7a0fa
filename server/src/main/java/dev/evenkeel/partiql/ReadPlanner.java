package dev.evenkeel.partiql;

import dev.evenkeel.expression.Condition;
import dev.evenkeel.expression.KeyCondition;
import dev.evenkeel.expression.KeyExpression;
import dev.evenkeel.expression.SortRange;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.KeySchema;
import dev.evenkeel.partiql.ReadPlan.KeyRange;
import dev.evenkeel.partiql.Statement.Ordering;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the keys that a condition names: of each alternative of an OR the partition keys, by
/// equality or IN, and the sort keys, by what a key condition may say. What it does not understand
/// is left to the filter, so that at worst too much is read.
final class ReadPlanner {
  /// Partition keys that one IN may name; AWS's limit.
  static final int PARTITIONS_MAX = 50;

  private final KeySchema keys;

  private ReadPlanner(KeySchema keys) {
    this.keys = keys;
  }

  /// One alternative.
  ///
  /// @param sorts null: all sort keys
  private record Branch(
      List<SortRange> partitions, @Nullable List<SortRange> sorts, List<Condition> rest) {}

  /// @param whole whether the keys are a table's, so that all of them name one item
  /// @throws ApiException a ValidationException, when a key has the wrong type, or the order cannot
  ///   be had
  static ReadPlan plan(
      @Nullable Condition where, List<Ordering> orderBy, KeySchema keys, boolean whole) {
    ReadPlanner planner = new ReadPlanner(keys);
    planner.checkOrdering(where, orderBy);
    @Nullable List<Branch> branches = where == null ? null : planner.branches(where);
    if (where == null || branches == null) {
      if (!orderBy.isEmpty()) {
        throw ApiException.validation(
            "Must have at least one non-optional hash key condition in WHERE clause when using"
                + " ORDER BY clause.");
      }
      return new ReadPlan.Whole(where);
    }
    List<KeyRange> ranges = planner.ranges(branches);
    if (whole && ranges.size() == 1 && orderBy.isEmpty()) {
      @Nullable ReadPlan item = planner.item(ranges.getFirst());
      if (item != null) {
        return item;
      }
    }
    return planner.ordered(ranges, planner.merged(branches, ranges, where), orderBy);
  }

  private void checkOrdering(@Nullable Condition where, List<Ordering> orderBy) {
    if (!orderBy.isEmpty() && where == null) {
      throw ApiException.validation(
          "Must have WHERE clause in the statement when using ORDER BY clause.");
    }
    for (Ordering ordering : orderBy) {
      if (ordering.path().isNested() || !keys.contains(ordering.path().head())) {
        throw ApiException.validation(
            "Attribute "
                + ordering.path().head()
                + " in ORDER BY clause must be part of the primary key");
      }
    }
  }

  /// Null where one of them names no partition key.
  private @Nullable List<Branch> branches(Condition where) {
    List<Condition> alternatives =
        where instanceof Condition.Or(List<Condition> terms) ? terms : List.of(where);
    List<Branch> branches = new ArrayList<>(alternatives.size());
    for (Condition alternative : alternatives) {
      @Nullable Branch branch = branch(KeyTerms.all(alternative));
      if (branch == null) {
        return null;
      }
      branches.add(branch);
    }
    return branches;
  }

  private @Nullable Branch branch(List<Condition> terms) {
    @Nullable List<SortRange> partitions = null;
    @Nullable List<SortRange> sorts = null;
    List<Condition> rest = new ArrayList<>();
    for (Condition term : terms) {
      @Nullable List<SortRange> ofPartition =
          partitions == null ? equalities(term, keys.partition().name()) : null;
      @Nullable List<SortRange> ofSort =
          sorts == null && keys.sort() != null ? KeyTerms.ranges(term, keys.sort().name()) : null;
      if (ofPartition != null) {
        partitions = ofPartition;
      } else if (ofSort != null) {
        sorts = ofSort;
      } else {
        rest.add(term);
      }
    }
    return partitions == null ? null : new Branch(partitions, sorts, rest);
  }

  private static @Nullable List<SortRange> equalities(Condition term, String attribute) {
    @Nullable List<SortRange> ranges = KeyTerms.ranges(term, attribute);
    if (ranges == null
        || ranges.stream().anyMatch(range -> range.operator() != SortRange.Operator.EQ)) {
      return null;
    }
    if (ranges.size() > PARTITIONS_MAX) {
      throw ConditionCompiler.tooManyCandidates(ranges.size());
    }
    return ranges;
  }

  private List<KeyRange> ranges(List<Branch> branches) {
    List<KeyRange> ranges = new ArrayList<>();
    for (Branch branch : branches) {
      @Nullable Condition filter = KeyTerms.and(branch.rest);
      for (SortRange partition : branch.partitions) {
        if (branch.sorts == null) {
          ranges.add(new KeyRange(keyCondition(partition, null), filter));
        } else {
          for (SortRange sort : branch.sorts) {
            ranges.add(new KeyRange(keyCondition(partition, sort), filter));
          }
        }
      }
    }
    return ranges;
  }

  private KeyCondition keyCondition(SortRange partition, @Nullable SortRange sort) {
    SequencedMap<String, SortRange> ranges = new LinkedHashMap<>();
    ranges.put(keys.partition().name(), partition);
    if (sort != null && keys.sort() != null) {
      ranges.put(keys.sort().name(), sort);
    }
    return new KeyExpression(ranges).on(keys);
  }

  /// The whole item collections, where an alternative only excludes sort keys: AWS takes these
  /// together with what they overlap.
  private @Nullable List<KeyRange> merged(
      List<Branch> branches, List<KeyRange> ranges, Condition where) {
    KeySchema.@Nullable KeyAttribute sort = keys.sort();
    boolean excludes =
        sort != null
            && branches.stream()
                .flatMap(branch -> branch.rest.stream())
                .anyMatch(term -> KeyTerms.excludes(term, sort.name()));
    return excludes
        ? partitions(ranges).stream()
            .map(partition -> new KeyRange(new KeyCondition(partition, null), where))
            .toList()
        : null;
  }

  private static Set<AttributeValue> partitions(List<KeyRange> ranges) {
    Set<AttributeValue> partitions = new LinkedHashSet<>();
    ranges.forEach(range -> partitions.add(range.keys().partition()));
    return partitions;
  }

  private @Nullable ReadPlan item(KeyRange range) {
    if (range.filter() != null) {
      return null;
    }
    @Nullable SortRange sort = range.keys().sort();
    if (!keys.hasSort()) {
      return new ReadPlan.Item(range.keys().partition(), null);
    }
    return sort != null && sort.operator() == SortRange.Operator.EQ
        ? new ReadPlan.Item(range.keys().partition(), sort.operand())
        : null;
  }

  private ReadPlan ordered(
      List<KeyRange> ranges, @Nullable List<KeyRange> merged, List<Ordering> orderBy) {
    boolean byPartition = false;
    boolean partitionsDescending = false;
    boolean descending = false;
    for (Ordering ordering : orderBy) {
      if (ordering.path().head().equals(keys.partition().name())) {
        byPartition = true;
        partitionsDescending = ordering.descending();
      } else {
        descending = ordering.descending();
      }
    }
    if (!orderBy.isEmpty() && !byPartition && partitions(ranges).size() > 1) {
      throw ApiException.validation(
          "Several partition keys are ordered by the partition key first: ORDER BY lacks it");
    }
    return new ReadPlan.Ranges(ranges, merged, partitionsDescending, descending);
  }
}
