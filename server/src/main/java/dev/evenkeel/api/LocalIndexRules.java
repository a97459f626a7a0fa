package dev.evenkeel.api;

import dev.evenkeel.api.TableShapes.KeyElement;
import dev.evenkeel.api.TableShapes.Projection;
import dev.evenkeel.api.wire.Member;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.api.wire.Shape;
import dev.evenkeel.api.wire.Structure;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.KeySchema;
import dev.evenkeel.model.Limits;
import dev.evenkeel.model.LocalIndex;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What local indexes must be, in AWS's order of checks and with its texts.
///
/// @param keys the attributes that are defined
/// @param table the table's key
record LocalIndexRules(KeyRules keys, KeySchema table) {
  private static final String INVALID = "One or more parameter values were invalid: ";

  private static final Structure.Builder INPUT = Structure.of("LocalSecondaryIndex");
  private static final Member<String> NAME = INPUT.required("IndexName", TableShapes.INDEX_NAME);
  private static final Member<List<Members>> KEYS = INPUT.required("KeySchema", KeyElement.LIST);
  private static final Member<Members> PROJECTION = INPUT.required("Projection", Projection.SHAPE);
  static final Shape<List<Members>> LIST = Shape.list(INPUT.build());

  /// The local indexes of a new table.
  ///
  /// @param requested null when the request names none
  List<LocalIndex> ofNewTable(@Nullable List<Members> requested) {
    if (requested == null) {
      return List.of();
    }
    if (requested.isEmpty()) {
      throw ApiException.validation(INVALID + "List of LocalSecondaryIndexes is empty");
    }
    if (!table.hasSort()) {
      throw ApiException.validation(
          INVALID
              + "Table KeySchema does not have a range key, which is required when specifying a"
              + " LocalSecondaryIndex");
    }
    List<LocalIndex> indexes = new ArrayList<>();
    for (int i = 0; i < requested.size(); i++) {
      String path = "LocalSecondaryIndexes." + (i + 1) + ".member.KeySchema";
      KeyRules.checkLength(requested.get(i).need(KEYS), path);
    }
    for (Members one : requested) {
      indexes.add(index(one, indexes));
    }
    if (indexes.size() > Limits.LOCAL_INDEXES_MAX) {
      throw ApiException.validation(
          INVALID
              + "Number of LocalSecondaryIndexes exceeds per-table limit of "
              + Limits.LOCAL_INDEXES_MAX);
    }
    return indexes;
  }

  private LocalIndex index(Members requested, List<LocalIndex> before) {
    String name = requested.need(NAME);
    KeySchema own = keys.keys(requested.need(KEYS));
    if (!own.hasSort()) {
      throw ApiException.validation(
          INVALID + "Index KeySchema does not have a range key for index: " + name);
    }
    if (!own.partition().equals(table.partition())) {
      throw ApiException.validation(
          INVALID
              + "Index KeySchema does not have the same leading hash key as table KeySchema for"
              + " index: "
              + name
              + ". index hash key: "
              + own.partition().name()
              + ", table hash key: "
              + table.partition().name());
    }
    Members projection = requested.need(PROJECTION);
    LocalIndex.Projection type = ProjectionRules.type(projection);
    List<String> attributes = ProjectionRules.attributes(projection);
    if (before.stream().anyMatch(index -> index.name().equals(name))) {
      throw ApiException.validation(INVALID + "Duplicate index name: " + name);
    }
    return new LocalIndex(name, before.size() + 1, own, type, attributes);
  }
}
