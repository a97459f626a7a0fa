package dev.evenkeel.model;

import java.util.Collections;
import java.util.List;
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
/// @param tags by key
/// @param status where it is in its life
public record Table(
    Identity identity,
    List<KeySchema.KeyAttribute> definitions,
    TableSettings settings,
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

  /// Whether items can be read and written.
  public boolean servesItems() {
    return status == Status.ACTIVE || status == Status.UPDATING;
  }

  public Table with(Status next) {
    return new Table(identity, definitions, settings, tags, next);
  }

  public Table withSettings(UnaryOperator<TableSettings> change) {
    return new Table(identity, definitions, change.apply(settings), tags, status);
  }

  public Table withTags(SortedMap<String, String> next) {
    return new Table(identity, definitions, settings, next, status);
  }
}
