package dev.evenkeel.expression;

import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.GlobalIndex;
import dev.evenkeel.model.KeySchema;
import java.util.List;

/// What expressions may not do with key attributes, which only the table's definition tells.
///
/// Every method throws a ValidationException, with AWS's text, when it is done.
public final class KeyAttributes {
  private KeyAttributes() {}

  /// A FilterExpression of Query may not look at the keys: that is what the key condition is for.
  public static void refuseInFilter(Condition filter, KeySchema keys) {
    refuse("Filter Expression", filter, keys);
  }

  /// The same for a QueryFilter.
  public static void refuseInQueryFilter(Condition filter, KeySchema keys) {
    refuse("QueryFilter", filter, keys);
  }

  /// Paths do not go below a key attribute.
  public static void requireScalars(Condition condition, KeySchema keys, List<KeySchema> indexes) {
    requireScalars(Attributes.paths(condition), keys, indexes);
  }

  public static void requireScalars(
      Projection projection, KeySchema keys, List<KeySchema> indexes) {
    requireScalars(projection.paths(), keys, indexes);
  }

  public static void requireScalars(Update update, KeySchema keys, List<KeySchema> indexes) {
    requireScalars(update.nestedPaths(), keys, indexes);
  }

  private static void requireScalars(List<Path> paths, KeySchema keys, List<KeySchema> indexes) {
    for (Path path : paths) {
      if (path.isNested()) {
        requireScalar(path, "Key", keys);
        indexes.forEach(index -> requireScalar(path, "IndexKey", index));
      }
    }
  }

  private static void requireScalar(Path path, String which, KeySchema keys) {
    if (keys.contains(path.head())) {
      throw ApiException.validation(
          "Key attributes must be scalars; list random access '[]' and map lookup '.' are not"
              + " allowed: "
              + which
              + ": "
              + path.head());
    }
  }

  /// The same for the keys of a global index.
  public static void refuseInFilter(Condition filter, GlobalIndex index, boolean legacy) {
    List<String> keys = index.keys().own().stream().map(KeySchema.KeyAttribute::name).toList();
    refuse(legacy ? "QueryFilter" : "Filter Expression", filter, keys);
  }

  private static void refuse(String parameter, Condition filter, KeySchema keys) {
    refuse(
        parameter, filter, keys.attributes().stream().map(KeySchema.KeyAttribute::name).toList());
  }

  private static void refuse(String parameter, Condition filter, List<String> keys) {
    for (String name : Attributes.of(filter)) {
      if (keys.contains(name)) {
        throw ApiException.validation(
            parameter
                + " can only contain non-primary key attributes: Primary key attribute: "
                + name);
      }
    }
  }
}
