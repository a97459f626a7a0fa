package dev.evenkeel.model;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// All that is known of a table: the catalogue's entry, of which requests and descriptions are
/// served.
///
/// ```
///           partition made            capacity changed
/// CREATING ───────────────▶ ACTIVE ◀──────────────────▶ UPDATING
///                             │
///                             ▼  asked to delete
///                          DELETING ──▶ gone
/// ```
///
/// @param identity what never changes
/// @param definitions the attributes of all keys, in the order in which the caller defined them
/// @param settings what UpdateTable changes
/// @param derivation global indexes, stream, expiry
/// @param tags by key
/// @param status where it is in its life
public record Table(
    Identity identity,
    List<KeySchema.KeyAttribute> definitions,
    TableSettings settings,
    Derivation derivation,
    SortedMap<String, String> tags,
    Status status) {
  /// The life of a table; `name()` is the wire's word.
  public enum Status {
    CREATING,
    ACTIVE,
    UPDATING,
    DELETING
  }

  /// What a table is born with.
  ///
  /// @param schema its number, name, keys and local indexes
  /// @param uuid the TableId of the API
  /// @param arn the name that is unique over regions and accounts
  /// @param createdMillis wall-clock milliseconds since 1970
  public record Identity(TableSchema schema, String uuid, String arn, long createdMillis) {}

  public Table {
    definitions = List.copyOf(definitions);
    tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
  }

  public TableSchema schema() {
    return identity.schema();
  }

  /// Unique for ever, also after the table is gone.
  public long id() {
    return identity.schema().id();
  }

  public String name() {
    return identity.schema().name();
  }

  public String arn() {
    return identity.arn();
  }

  /// The ARN of an index of this table.
  public String indexArn(String index) {
    return arn() + "/index/" + index;
  }

  /// Whether items can be read and written.
  public boolean servesItems() {
    return status == Status.ACTIVE || status == Status.UPDATING;
  }

  public Table with(Status next) {
    return new Table(identity, definitions, settings, derivation, tags, next);
  }

  public Table withSettings(UnaryOperator<TableSettings> change) {
    return new Table(identity, definitions, change.apply(settings), derivation, tags, status);
  }

  public Table withDerivation(UnaryOperator<Derivation> change) {
    return new Table(identity, definitions, settings, change.apply(derivation), tags, status);
  }

  public Table withDefinitions(List<KeySchema.KeyAttribute> next) {
    return new Table(identity, next, settings, derivation, tags, status);
  }

  /// Without definitions of attributes that are part of no key any more.
  public Table withOnlyUsedDefinitions() {
    Set<String> used = new HashSet<>();
    schema().keys().attributes().forEach(key -> used.add(key.name()));
    schema().indexKeys().forEach(keys -> keys.attributes().forEach(key -> used.add(key.name())));
    for (TableIndex index : derivation.globalIndexes()) {
      index.definition().keys().own().forEach(key -> used.add(key.name()));
    }
    return withDefinitions(definitions.stream().filter(key -> used.contains(key.name())).toList());
  }

  /// What its partitions are told of indexes, stream and expiry.
  public PartitionSchema partitionSchema() {
    return derivation.schema();
  }

  public Table withTags(SortedMap<String, String> next) {
    return new Table(identity, definitions, settings, derivation, next, status);
  }
}
