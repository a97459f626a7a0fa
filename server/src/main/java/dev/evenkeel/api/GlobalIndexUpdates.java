package dev.evenkeel.api;

import dev.evenkeel.api.GlobalIndexShape.Updates;
import dev.evenkeel.api.TableShapes.KeyElement;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.Derivation;
import dev.evenkeel.model.KeySchema.KeyAttribute;
import dev.evenkeel.model.Limits;
import dev.evenkeel.model.Table;
import dev.evenkeel.model.TableCapacity;
import dev.evenkeel.model.TableIndex;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What one UpdateTable does to a table's global indexes, with AWS's texts: at most one is made or
/// deleted, any number get another capacity.
final class GlobalIndexUpdates {
  private static final String INVALID = "One or more parameter values were invalid: ";

  private final Map<String, GlobalIndexShape.Given> updated = new LinkedHashMap<>();
  private final List<String> deleted = new ArrayList<>();
  private final List<GlobalIndexShape.Given> created = new ArrayList<>();
  private final List<Members> definitions;

  /// @param updates the request's GlobalSecondaryIndexUpdates
  /// @param definitions the request's AttributeDefinitions
  GlobalIndexUpdates(List<Members> updates, List<Members> definitions) {
    this.definitions = definitions;
    Set<String> names = new HashSet<>();
    for (Members update : updates) {
      String name = add(update);
      if (!names.add(name)) {
        throw ApiException.validation(
            INVALID
                + "Only one global secondary index update per index is allowed simultaneously."
                + " Index: "
                + name);
      }
    }
    if (created.size() + deleted.size() > 1) {
      throw oneAtATime();
    }
  }

  private String add(Members update) {
    int actions =
        (update.has(Updates.UPDATED) ? 1 : 0)
            + (update.has(Updates.CREATED) ? 1 : 0)
            + (update.has(Updates.DELETE) ? 1 : 0);
    if (actions == 0) {
      throw ApiException.validation(
          INVALID
              + "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create,"
              + " GlobalSecondaryIndexUpdate.Delete must not be null");
    }
    if (actions > 1) {
      throw ApiException.validation(
          INVALID
              + "Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate"
              + " object");
    }
    if (update.has(Updates.DELETE)) {
      String name = update.need(Updates.DELETE).need(Updates.DELETED);
      deleted.add(name);
      return name;
    }
    if (update.has(Updates.CREATED)) {
      GlobalIndexShape.Given given = Updates.CREATE.read(update.need(Updates.CREATED));
      created.add(given);
      return given.name();
    }
    GlobalIndexShape.Given given = Updates.UPDATE.read(update.need(Updates.UPDATED));
    updated.put(given.name(), given);
    return given.name();
  }

  boolean isEmpty() {
    return updated.isEmpty() && deleted.isEmpty() && created.isEmpty();
  }

  boolean creates() {
    return !created.isEmpty();
  }

  /// Whether another index is made or deleted at this time; checked before the table's own state.
  ///
  /// @throws ApiException a LimitExceededException
  void checkOneAtATime(Table table) {
    boolean more = !created.isEmpty() || !deleted.isEmpty();
    for (TableIndex index : table.derivation().globalIndexes()) {
      boolean changes =
          index.status() == TableIndex.Status.CREATING
              || index.status() == TableIndex.Status.DELETING;
      boolean gives = index.backfilling() && deleted.contains(index.name());
      if (more && changes && !gives) {
        throw oneAtATime();
      }
    }
  }

  /// @param capacity the table's after this request
  /// @param id the number of an index that is made
  Table applied(Table table, TableCapacity capacity, long id) {
    Table next = table;
    for (String name : deleted) {
      need(table, name);
      next = next.withDerivation(derivation -> derivation.deleting(name));
    }
    for (GlobalIndexShape.Given given : created) {
      next = with(given, next, capacity, id);
    }
    updated.keySet().forEach(name -> need(table, name));
    GlobalIndexRules rules = rules(next.definitions(), table, capacity);
    return next.withDerivation(
        derivation -> derivation.each(index -> changed(index, rules, capacity)));
  }

  private TableIndex changed(TableIndex index, GlobalIndexRules rules, TableCapacity table) {
    GlobalIndexShape.@Nullable Given given = updated.get(index.name());
    boolean switched = index.capacity().mode() != table.mode();
    return index.status() != TableIndex.Status.DELETING && (given != null || switched)
        ? index.pending(rules.changed(index, given))
        : index;
  }

  private Table with(GlobalIndexShape.Given given, Table table, TableCapacity capacity, long id) {
    Derivation derivation = table.derivation();
    boolean exists =
        derivation.index(given.name()) != null
            || table.schema().localIndexes().stream()
                .anyMatch(index -> index.name().equals(given.name()));
    if (exists) {
      throw ApiException.validation("Attempting to create an index which already exists");
    }
    if (derivation.globalIndexes().size() >= Limits.GLOBAL_INDEXES_MAX) {
      throw ApiException.of(
          ApiException.Kind.LIMIT_EXCEEDED,
          INVALID
              + "GlobalSecondaryIndex count exceeds the per-table limit of "
              + Limits.GLOBAL_INDEXES_MAX);
    }
    List<KeyAttribute> defined = defined(table, given);
    TableIndex index = rules(defined, table, capacity).added(given);
    List<TableIndex> all = new ArrayList<>(derivation.globalIndexes());
    all.add(index);
    ProjectionRules.checkProjected(table.schema().localIndexes(), all);
    TableIndex numbered = GlobalIndexRules.numbered(index, id);
    return table
        .withDefinitions(defined)
        .withDerivation(before -> before.plus(numbered))
        .withOnlyUsedDefinitions();
  }

  private static GlobalIndexRules rules(
      List<KeyAttribute> defined, Table table, TableCapacity capacity) {
    return new GlobalIndexRules(KeyRules.of(defined), table.schema().keys(), capacity.mode());
  }

  /// What the table defines, then what the request adds. A type that the table gives otherwise is
  /// passed over, unless the index that is made has a key of it.
  private List<KeyAttribute> defined(Table table, GlobalIndexShape.Given index) {
    Map<String, KeyAttribute> before = byName(table.definitions());
    List<KeyAttribute> given = new KeyRules(definitions).definitions();
    List<Members> keys = index.keys();
    boolean redefined =
        given.stream()
            .filter(each ->
                keys.stream().anyMatch(key -> key.need(KeyElement.NAME).equals(each.name())))
            .anyMatch(each -> !before.getOrDefault(each.name(), each).equals(each));
    if (redefined) {
      throw ApiException.validation(
          INVALID
              + "Attributes cannot be redefined. Please check that your attribute has the same"
              + " type as previously defined. Existing schema: "
              + schema(keys, before, byName(given))
              + " New schema: "
              + schema(keys, byName(given), before));
    }
    Map<String, KeyAttribute> all = new LinkedHashMap<>(before);
    given.forEach(each -> all.putIfAbsent(each.name(), each));
    return List.copyOf(all.values());
  }

  private static Map<String, KeyAttribute> byName(List<KeyAttribute> definitions) {
    Map<String, KeyAttribute> byName = new LinkedHashMap<>();
    definitions.forEach(each -> byName.put(each.name(), each));
    return byName;
  }

  /// Keys with their types as AWS shows them.
  private static String schema(
      List<Members> keys, Map<String, KeyAttribute> types, Map<String, KeyAttribute> otherTypes) {
    List<String> elements = new ArrayList<>();
    for (Members key : keys) {
      String name = key.need(KeyElement.NAME);
      KeyAttribute known = types.getOrDefault(name, otherTypes.get(name));
      if (known != null) {
        elements.add(
            "SchemaElement: key{"
                + name
                + ":"
                + known.type()
                + ":"
                + key.need(KeyElement.TYPE)
                + "}");
      }
    }
    return "Schema:" + elements;
  }

  private static void need(Table table, String index) {
    TableIndex known = table.derivation().index(index);
    if (known == null || known.status() == TableIndex.Status.DELETING) {
      throw ApiException.resourceNotFound();
    }
  }

  private static ApiException oneAtATime() {
    return ApiException.of(
        ApiException.Kind.LIMIT_EXCEEDED,
        "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously"
            + " per table");
  }
}
