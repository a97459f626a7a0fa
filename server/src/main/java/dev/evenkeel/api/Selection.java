package dev.evenkeel.api;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.expression.Projection;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.GlobalIndex;
import dev.evenkeel.model.KeySchema.KeyAttribute;
import dev.evenkeel.model.LocalIndex;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.replica.PageRead;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a Query or a Scan returns of the items it finds: the request's Select and projection.
///
/// @param countOnly no items, only their number
/// @param projection the part of each item, or null: all of it
/// @param all every attribute of the item is wanted, also from an index that does not hold them
record Selection(boolean countOnly, @Nullable Projection projection, boolean all) {
  private static final String INVALID = "One or more parameter values were invalid: ";

  /// @param select the request's Select, or null
  /// @param projection from ProjectionExpression or AttributesToGet, or null
  /// @param parameter the name of the parameter that gave the projection
  /// @param indexed whether the request names an index
  /// @throws ApiException a ValidationException, when the two do not go together
  static Selection of(
      @Nullable String select, @Nullable Projection projection, String parameter, boolean indexed) {
    if (projection != null && select != null && !select.equals("SPECIFIC_ATTRIBUTES")) {
      throw ApiException.validation(
          select.equals("COUNT")
              ? "Cannot specify the " + parameter + " when choosing to get only the Count"
              : "Cannot specify the " + parameter + " when choosing to get " + select);
    }
    if (projection == null && "SPECIFIC_ATTRIBUTES".equals(select)) {
      throw ApiException.validation(
          "Must specify the AttributesToGet or ProjectionExpression when choosing to get"
              + " SPECIFIC_ATTRIBUTES");
    }
    if ("ALL_PROJECTED_ATTRIBUTES".equals(select) && !indexed) {
      throw ApiException.validation(
          INVALID + "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
    }
    return new Selection("COUNT".equals(select), projection, "ALL_ATTRIBUTES".equals(select));
  }

  /// How to get from an entry of the index to its item, where the entry does not hold what is
  /// wanted; else null.
  PageRead.@Nullable Fetch fetch(TableSchema table, @Nullable LocalIndex index) {
    if (index == null || index.projection() == LocalIndex.Projection.ALL) {
      return null;
    }
    boolean wanted =
        all || (projection != null && !holds(table, index, projection.topLevelNames()));
    return wanted ? new PageRead.Fetch(table.id(), table.keys()) : null;
  }

  /// @throws ApiException a ValidationException, when more is wanted than the index holds
  void requireHeldBy(GlobalIndex index) {
    if (index.projection() == LocalIndex.Projection.ALL) {
      return;
    }
    if (all) {
      throw ApiException.validation(
          INVALID
              + "Select type ALL_ATTRIBUTES is not supported for global secondary index "
              + index.name()
              + " because its projection type is not ALL");
    }
    if (projection != null) {
      Set<String> held = new HashSet<>(index.nonKeyAttributes());
      index.keys().table().attributes().forEach(attribute -> held.add(attribute.name()));
      index.keys().own().forEach(attribute -> held.add(attribute.name()));
      List<String> missing =
          projection.topLevelNames().stream().filter(name -> !held.contains(name)).toList();
      if (!missing.isEmpty()) {
        throw ApiException.validation(
            INVALID + "Global secondary index " + index.name() + " does not project " + missing);
      }
    }
  }

  BinaryItem apply(BinaryItem item) {
    return projection == null ? item : projection.apply(item);
  }

  private static boolean holds(TableSchema table, LocalIndex index, Collection<String> names) {
    Set<String> held = new HashSet<>(index.nonKeyAttributes());
    for (List<KeyAttribute> keys : List.of(table.keys().attributes(), index.keys().attributes())) {
      keys.forEach(attribute -> held.add(attribute.name()));
    }
    return held.containsAll(names);
  }
}
