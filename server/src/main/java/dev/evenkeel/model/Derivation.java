package dev.evenkeel.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What a table's partitions make of each change of an item besides storing it, as the catalogue
/// knows it: [PartitionSchema] is the part of it that the partitions know.
///
/// @param generation raised with each change of what the partitions have to do
/// @param configured the newest generation that the partitions are known to have
/// @param globalIndexes in the order of their creation
/// @param streams the stream that is on, and those that can still be read
/// @param expiry how items expire, or null
public record Derivation(
    long generation,
    long configured,
    List<TableIndex> globalIndexes,
    TableStreams streams,
    @Nullable Expiry expiry) {
  /// Nothing besides storing.
  public static final Derivation NONE = new Derivation(0, 0, List.of(), TableStreams.NONE, null);

  public Derivation {
    globalIndexes = List.copyOf(globalIndexes);
  }

  /// What the table's partitions are told. An index that is being deleted is not maintained.
  public PartitionSchema schema() {
    return new PartitionSchema(generation, maintained(), streams.current(), expiryAttribute());
  }

  /// The indexes that follow the table.
  public List<GlobalIndex> maintained() {
    return globalIndexes.isEmpty()
        ? List.of()
        : globalIndexes.stream()
            .filter(index -> index.status() != TableIndex.Status.DELETING)
            .map(TableIndex::definition)
            .toList();
  }

  /// Whether the partitions know all of it.
  public boolean isConfigured() {
    return configured >= generation;
  }

  /// The partitions have that generation now.
  public Derivation configured(long known) {
    return new Derivation(generation, Math.max(configured, known), globalIndexes, streams, expiry);
  }

  /// With another stream, or none; to be told to the partitions.
  public Derivation withStreams(TableStreams next) {
    return new Derivation(generation + 1, configured, globalIndexes, next, expiry);
  }

  /// With another attribute that says when an item expires, or none; to be told to the partitions.
  public Derivation withExpiry(@Nullable Expiry next) {
    return new Derivation(generation + 1, configured, globalIndexes, streams, next);
  }

  /// The items that were there before are looked through.
  public Derivation expiryEnabled() {
    return expiry == null
        ? this
        : new Derivation(
            generation, configured, globalIndexes, streams, expiry.with(Expiry.Status.ENABLED));
  }

  /// The attribute that says when an item expires; null where nothing expires any more.
  public @Nullable String expiryAttribute() {
    return expiry == null || expiry.status() == Expiry.Status.DISABLING ? null : expiry.attribute();
  }

  /// With one index more; to be told to the partitions.
  public Derivation plus(TableIndex index) {
    List<TableIndex> all = new ArrayList<>(globalIndexes);
    all.add(index);
    return new Derivation(generation + 1, configured, all, streams, expiry);
  }

  /// With that index on its way out; to be told to the partitions.
  public Derivation deleting(String index) {
    Derivation marked = each(at -> at.name().equals(index) ? at.deleting() : at);
    return new Derivation(generation + 1, configured, marked.globalIndexes, streams, expiry);
  }

  /// With each index changed in what the partitions need not know.
  public Derivation each(UnaryOperator<TableIndex> change) {
    return withIndexes(globalIndexes.stream().map(change).toList());
  }

  /// Without an index that nothing is left of.
  public Derivation without(long index) {
    return withIndexes(globalIndexes.stream().filter(at -> at.id() != index).toList());
  }

  public @Nullable TableIndex index(String name) {
    return globalIndexes.stream().filter(at -> at.name().equals(name)).findFirst().orElse(null);
  }

  private Derivation withIndexes(List<TableIndex> indexes) {
    return new Derivation(generation, configured, indexes, streams, expiry);
  }
}
