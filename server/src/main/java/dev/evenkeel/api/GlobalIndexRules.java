package dev.evenkeel.api;

import dev.evenkeel.api.TableShapes.KeyElement;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.GlobalIndex;
import dev.evenkeel.model.KeySchema;
import dev.evenkeel.model.KeySchema.KeyAttribute;
import dev.evenkeel.model.Limits;
import dev.evenkeel.model.LocalIndex;
import dev.evenkeel.model.TableCapacity;
import dev.evenkeel.model.TableIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What global indexes must be, with AWS's texts.
///
/// @param keys the attributes that are defined
/// @param table the table's key
/// @param mode the table's billing mode
record GlobalIndexRules(KeyRules keys, KeySchema table, TableCapacity.BillingMode mode) {
  private static final String INVALID = "One or more parameter values were invalid: ";

  /// The id of an index that has none yet; see [#numbered].
  private static final long NO_ID = 0;

  /// The indexes of a new table.
  ///
  /// @param requested null when the request names none
  /// @param local the table's local indexes
  List<TableIndex> ofNewTable(
      @Nullable List<GlobalIndexShape.Given> requested, List<LocalIndex> local) {
    if (requested == null) {
      return List.of();
    }
    if (requested.isEmpty()) {
      throw ApiException.validation(INVALID + "List of GlobalSecondaryIndexes is empty");
    }
    List<TableIndex> indexes = new ArrayList<>();
    for (GlobalIndexShape.Given given : requested) {
      boolean known =
          local.stream().anyMatch(index -> index.name().equals(given.name()))
              || indexes.stream().anyMatch(index -> index.name().equals(given.name()));
      GlobalIndex definition = definition(given);
      TableCapacity capacity = capacityOfNew(given);
      if (known) {
        throw ApiException.validation(INVALID + "Duplicate index name: " + given.name());
      }
      indexes.add(TableIndex.creating(definition, capacity));
    }
    if (indexes.size() > Limits.GLOBAL_INDEXES_MAX) {
      throw ApiException.validation(
          INVALID
              + "GlobalSecondaryIndex count exceeds the per-table limit of "
              + Limits.GLOBAL_INDEXES_MAX);
    }
    return indexes;
  }

  /// An index that is added to a table.
  TableIndex added(GlobalIndexShape.Given given) {
    return TableIndex.creating(definition(given), capacityOfAdded(given));
  }

  /// The same with its number.
  static TableIndex numbered(TableIndex index, long id) {
    GlobalIndex of = index.definition();
    return TableIndex.creating(
        new GlobalIndex(of.name(), id, of.keys(), of.projection(), of.nonKeyAttributes()),
        index.capacity());
  }

  private GlobalIndex definition(GlobalIndexShape.Given given) {
    List<Members> elements = given.keys();
    keys.checkDefined(elements);
    List<KeyAttribute> partition = new ArrayList<>();
    List<KeyAttribute> sort = new ArrayList<>();
    for (Members element : elements) {
      boolean hash = element.need(KeyElement.TYPE).equals("HASH");
      if (hash && !sort.isEmpty()) {
        throw ApiException.validation(
            INVALID + "All HASH key attributes must precede RANGE key attributes in the KeySchema");
      }
      (hash ? partition : sort).add(keys.definition(element));
    }
    if (partition.isEmpty()) {
      throw ApiException.validation(
          "Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
    }
    checkDistinct(partition, sort);
    checkCount(partition, "HASH");
    checkCount(sort, "RANGE");
    Members projection =
        Objects.requireNonNull(given.projection(), "an index that is made has a projection");
    return new GlobalIndex(
        given.name(),
        NO_ID,
        new GlobalIndex.Keys(partition, sort, table),
        ProjectionRules.type(projection),
        ProjectionRules.attributes(projection));
  }

  private static void checkDistinct(List<KeyAttribute> partition, List<KeyAttribute> sort) {
    List<KeyAttribute> all = new ArrayList<>(partition);
    all.addAll(sort);
    if (all.stream().distinct().count() < all.size()) {
      throw ApiException.validation(
          partition.size() == 1 && sort.size() == 1
              ? "Both the Hash Key and the Range Key element in the KeySchema have the same name"
              : "The KeySchema contains multiple key attributes with the same name");
    }
  }

  private static void checkCount(List<KeyAttribute> attributes, String type) {
    if (attributes.size() > Limits.GLOBAL_INDEX_KEY_ATTRIBUTES_MAX) {
      throw ApiException.validation(
          INVALID
              + "The KeySchema exceeds the maximum allowed number of "
              + type
              + " key attributes");
    }
  }

  private TableCapacity capacityOfNew(GlobalIndexShape.Given given) {
    if (onDemand() && given.provisioned() != null) {
      throw ApiException.validation(
          INVALID
              + "ProvisionedThroughput should not be specified for index: "
              + given.name()
              + " when BillingMode is PAY_PER_REQUEST");
    }
    if (!onDemand() && given.provisioned() == null) {
      throw ApiException.validation(
          INVALID + "ProvisionedThroughput is not specified for index: " + given.name());
    }
    return given.capacity(mode.name()).created();
  }

  private TableCapacity capacityOfAdded(GlobalIndexShape.Given given) {
    checkAgainstMode(given);
    if (!onDemand() && given.provisioned() == null) {
      throw missing(given.name());
    }
    return given.capacity(mode.name()).created();
  }

  /// What an index of a table that has that mode, or gets it, has afterwards.
  ///
  /// @param given null where the request does not name the index
  TableCapacity changed(TableIndex index, GlobalIndexShape.@Nullable Given given) {
    boolean switched = index.capacity().mode() != mode;
    if (given == null) {
      if (switched && !onDemand()) {
        throw missing(index.name());
      }
      return new CapacityRules(mode.name(), null, null, null).changed(index.capacity());
    }
    checkAgainstMode(given);
    if (switched && !onDemand() && given.provisioned() == null) {
      throw missing(index.name());
    }
    return given.capacity(mode.name()).changed(index.capacity());
  }

  private void checkAgainstMode(GlobalIndexShape.Given given) {
    if (onDemand() && given.provisioned() != null) {
      throw ApiException.validation(
          INVALID
              + "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: "
              + given.name()
              + " when BillingMode is PAY_PER_REQUEST");
    }
  }

  private static ApiException missing(String index) {
    return ApiException.validation(
        INVALID + "ProvisionedThroughput must be specified for index: " + index);
  }

  private boolean onDemand() {
    return mode == TableCapacity.BillingMode.PAY_PER_REQUEST;
  }

  /// The attributes that the indexes' own keys are made of.
  static List<String> used(List<TableIndex> indexes) {
    return indexes.stream()
        .flatMap(index -> index.definition().keys().own().stream())
        .map(KeyAttribute::name)
        .toList();
  }
}
