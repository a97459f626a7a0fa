package dev.evenkeel.api;

import dev.evenkeel.api.TableShapes.Definition;
import dev.evenkeel.api.TableShapes.KeyElement;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.KeySchema;
import dev.evenkeel.model.LocalIndex;
import dev.evenkeel.model.TableIndex;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;

/// What the attributes that a request defines must be, and the keys that are made of them, in AWS's
/// order of checks and with its texts.
final class KeyRules {
  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final int KEY_ATTRIBUTES_MAX = 2;

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

  /// A name that comes a second time.
  static Optional<String> repeated(List<String> names) {
    Set<String> seen = new HashSet<>();
    return names.stream().filter(name -> !seen.add(name)).findFirst();
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

  /// A key of one or two attributes.
  KeySchema keys(List<Members> elements) {
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
  static void checkLength(List<Members> elements, String path) {
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
