package dev.evenkeel.api;

import dev.evenkeel.api.TableShapes.KeyElement;
import dev.evenkeel.api.wire.Member;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.api.wire.Shape;
import dev.evenkeel.api.wire.Structure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A global index as a request describes it: to be created, or to be changed.
final class GlobalIndexShape {
  private final Member<String> name;
  private final @Nullable Member<List<Members>> keys;
  private final @Nullable Member<Members> projection;
  private final Member<Members> provisioned;
  private final Member<Members> maximum;
  private final Member<Members> warm;
  final Structure structure;

  /// @param defines whether keys and projection belong to it
  GlobalIndexShape(String structure, boolean defines) {
    Structure.Builder index = Structure.of(structure);
    name = index.required("IndexName", TableShapes.INDEX_NAME);
    keys = defines ? index.required("KeySchema", KeyElement.LIST) : null;
    projection = defines ? index.required("Projection", TableShapes.Projection.SHAPE) : null;
    provisioned = index.optional("ProvisionedThroughput", TableShapes.Throughput.SHAPE);
    maximum = index.optional("OnDemandThroughput", TableShapes.OnDemand.SHAPE);
    warm = index.optional("WarmThroughput", TableShapes.Warm.SHAPE);
    this.structure = index.build();
  }

  /// What one request says of one index.
  ///
  /// @param keys its KeySchema; empty where the structure has none
  /// @param projection its Projection, or null where the structure has none
  record Given(
      String name,
      List<Members> keys,
      @Nullable Members projection,
      @Nullable Members provisioned,
      @Nullable Members maximum,
      @Nullable Members warm) {
    /// @param mode of the table
    CapacityRules capacity(@Nullable String mode) {
      return new CapacityRules(mode, provisioned, maximum, warm);
    }
  }

  Given read(Members index) {
    return new Given(
        index.need(name),
        keys == null ? List.of() : index.need(keys),
        projection == null ? null : index.need(projection),
        index.get(provisioned),
        index.get(maximum),
        index.get(warm));
  }

  /// The actions of UpdateTable on global indexes.
  static final class Updates {
    static final GlobalIndexShape UPDATE =
        new GlobalIndexShape("UpdateGlobalSecondaryIndexAction", false);
    static final GlobalIndexShape CREATE =
        new GlobalIndexShape("CreateGlobalSecondaryIndexAction", true);
    private static final Structure.Builder DELETE_INPUT =
        Structure.of("DeleteGlobalSecondaryIndexAction");
    static final Member<String> DELETED =
        DELETE_INPUT.required("IndexName", TableShapes.INDEX_NAME);
    private static final Structure.Builder INPUT = Structure.of("GlobalSecondaryIndexUpdate");
    static final Member<Members> UPDATED = INPUT.optional("Update", UPDATE.structure);
    static final Member<Members> CREATED = INPUT.optional("Create", CREATE.structure);
    static final Member<Members> DELETE = INPUT.optional("Delete", DELETE_INPUT.build());
    static final Shape<List<Members>> LIST = Shape.list(INPUT.build());

    private Updates() {}
  }
}
