package dev.evenkeel.api;

import dev.evenkeel.api.TableShapes.Definition;
import dev.evenkeel.api.TableShapes.KeyElement;
import dev.evenkeel.api.TableShapes.Projection;
import dev.evenkeel.api.wire.Member;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.api.wire.Shape;
import dev.evenkeel.api.wire.Structure;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.KeySchema;
import dev.evenkeel.model.Limits;
import dev.evenkeel.model.LocalIndex;
import dev.evenkeel.model.TableIndex;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the keys of a new table and of its local indexes must be, in AWS's order of checks and with
/// its texts.
final class KeyRules {
  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final int KEY_ATTRIBUTES_MAX = 2;

  /// A local index as CreateTable asks for it.
  static final class IndexInput {
    private static final Structure.Builder INPUT = Structure.of("LocalSecondaryIndex");
    static final Member<String> NAME = INPUT.required("IndexName", TableShapes.INDEX_NAME);
    static final Member<List<Members>> KEYS = INPUT.required("KeySchema", KeyElement.LIST);
    static final Member<Members> PROJECTION = INPUT.required("Projection", Projection.SHAPE);
    static final Shape<List<Members>> LIST = Shape.list(INPUT.build());

    private IndexInput() {}
  }

  private final List<KeySchema.KeyAttribute> definitions;
  private final List<String> defined;

  KeyRules(List<Members> definitions) {
    this.definitions =
        definitions.stream()
            .map(member ->
                new KeySchema.KeyAttribute(
                    member.need(Definition.NAME),
                    AttributeValue.Type.valueOf(member.need(Definition.TYPE))))
            .toList();
    this.defined = this.definitions.stream().map(KeySchema.KeyAttribute::name).toList();
    repeated(defined)
        .ifPresent(name -> {
          throw ApiException.validation("Attribute Name is duplicated: " + name);
        });
  }

  private KeyRules(List<KeySchema.KeyAttribute> definitions, List<String> defined) {
    this.definitions = definitions;
    this.defined = defined;
  }

  /// Over attributes that are known already.
  static KeyRules of(List<KeySchema.KeyAttribute> definitions) {
    return new KeyRules(
        definitions, definitions.stream().map(KeySchema.KeyAttribute::name).toList());
  }

  List<KeySchema.KeyAttribute> definitions() {
    return definitions;
  }

  /// The key of a table.
  KeySchema tableKeys(List<Members> elements) {
    checkLength(elements, "KeySchema");
    if (defined.size() < elements.size()) {
      throw ApiException.validation(
          "Invalid KeySchema: Some index key attribute have no definition");
    }
    return keys(elements);
  }

  /// The local indexes of a table with that key.
  ///
  /// @param requested null when the request names none
  List<LocalIndex> localIndexes(@Nullable List<Members> requested, KeySchema table) {
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
      checkLength(requested.get(i).need(IndexInput.KEYS), path);
    }
    for (Members one : requested) {
      indexes.add(localIndex(one, table, indexes));
    }
    if (indexes.size() > Limits.LOCAL_INDEXES_MAX) {
      throw ApiException.validation(
          INVALID
              + "Number of LocalSecondaryIndexes exceeds per-table limit of "
              + Limits.LOCAL_INDEXES_MAX);
    }
    return indexes;
  }

  private LocalIndex localIndex(Members requested, KeySchema table, List<LocalIndex> before) {
    String name = requested.need(IndexInput.NAME);
    KeySchema keys = keys(requested.need(IndexInput.KEYS));
    if (!keys.hasSort()) {
      throw ApiException.validation(
          INVALID + "Index KeySchema does not have a range key for index: " + name);
    }
    if (!keys.partition().equals(table.partition())) {
      throw ApiException.validation(
          INVALID
              + "Index KeySchema does not have the same leading hash key as table KeySchema for"
              + " index: "
              + name
              + ". index hash key: "
              + keys.partition().name()
              + ", table hash key: "
              + table.partition().name());
    }
    Members projection = requested.need(IndexInput.PROJECTION);
    LocalIndex.Projection type = projection(projection);
    List<String> attributes = attributes(projection);
    if (before.stream().anyMatch(index -> index.name().equals(name))) {
      throw ApiException.validation(INVALID + "Duplicate index name: " + name);
    }
    return new LocalIndex(name, before.size() + 1, keys, type, attributes);
  }

  /// The names of a projection.
  static List<String> attributes(Members projection) {
    List<String> attributes = projection.get(Projection.ATTRIBUTES, List.of());
    if (repeated(attributes).isPresent()) {
      throw ApiException.validation("Cannot have two attributes with the same name");
    }
    return attributes;
  }

  /// A name that comes a second time.
  private static Optional<String> repeated(List<String> names) {
    Set<String> seen = new HashSet<>();
    return names.stream().filter(name -> !seen.add(name)).findFirst();
  }

  static LocalIndex.Projection projection(Members projection) {
    @Nullable String type = projection.get(Projection.TYPE);
    boolean attributes = projection.has(Projection.ATTRIBUTES);
    if (type == null) {
      throw ApiException.validation(INVALID + "Unknown ProjectionType: null");
    }
    if (attributes && !type.equals("INCLUDE")) {
      throw ApiException.validation(
          INVALID + "ProjectionType is " + type + ", but NonKeyAttributes is specified");
    }
    if (!attributes && type.equals("INCLUDE")) {
      throw ApiException.validation(
          INVALID + "ProjectionType is INCLUDE, but NonKeyAttributes is not specified");
    }
    return LocalIndex.Projection.valueOf(type);
  }

  /// Every attribute of a key has to be defined.
  ///
  /// @return their names
  SequencedSet<String> checkDefined(List<Members> elements) {
    SequencedSet<String> names = new LinkedHashSet<>();
    elements.forEach(element -> names.add(element.need(KeyElement.NAME)));
    if (!defined.containsAll(names)) {
      throw ApiException.validation(
          INVALID
              + "Some index key attributes are not defined in AttributeDefinitions. Keys: "
              + names
              + ", AttributeDefinitions: "
              + defined);
    }
    return names;
  }

  private KeySchema keys(List<Members> elements) {
    SequencedSet<String> names = checkDefined(elements);
    if (!elements.getFirst().need(KeyElement.TYPE).equals("HASH")) {
      throw ApiException.validation(
          "Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
    }
    if (elements.size() == 1) {
      return new KeySchema(definition(elements.getFirst()), null);
    }
    if (names.size() == 1) {
      throw ApiException.validation(
          "Both the Hash Key and the Range Key element in the KeySchema have the same name");
    }
    if (!elements.getLast().need(KeyElement.TYPE).equals("RANGE")) {
      throw ApiException.validation(
          "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
    }
    return new KeySchema(definition(elements.getFirst()), definition(elements.getLast()));
  }

  KeySchema.KeyAttribute definition(Members element) {
    return definitions.get(defined.indexOf(element.need(KeyElement.NAME)));
  }

  /// The service's bound; the model's is that of global indexes.
  private static void checkLength(List<Members> elements, String path) {
    if (elements.size() > KEY_ATTRIBUTES_MAX) {
      throw ApiException.constraint(
          KeyElement.LIST.shown(elements),
          path,
          "Member must have length less than or equal to " + KEY_ATTRIBUTES_MAX);
    }
  }

  /// Every attribute that is defined has to be part of a key.
  void checkAllUsed(KeySchema table, List<LocalIndex> indexes, List<TableIndex> global) {
    SequencedSet<String> used = new LinkedHashSet<>();
    table.attributes().forEach(attribute -> used.add(attribute.name()));
    indexes.forEach(
        index -> index.keys().attributes().forEach(attribute -> used.add(attribute.name())));
    used.addAll(GlobalIndexRules.used(global));
    if (used.size() == defined.size()) {
      return;
    }
    throw ApiException.validation(
        indexes.isEmpty() && global.isEmpty()
            ? INVALID
                + "Number of attributes in KeySchema does not exactly match number of attributes"
                + " defined in AttributeDefinitions"
            : INVALID
                + "Some AttributeDefinitions are not used. AttributeDefinitions: "
                + defined
                + ", keys used: "
                + used);
  }
}
