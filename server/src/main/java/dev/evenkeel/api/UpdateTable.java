package dev.evenkeel.api;

import dev.evenkeel.api.wire.Member;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.api.wire.Shape;
import dev.evenkeel.api.wire.Structure;
import dev.evenkeel.environment.Clock;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.Table;
import dev.evenkeel.model.TableCapacity;
import dev.evenkeel.model.TableSettings;
import dev.evenkeel.router.Catalogue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Changes a table's settings. A change of capacity is in force when autoadmin has made the table
/// ACTIVE again; deletion protection and class are so at once. Global indexes are made, filled and
/// removed while the table serves.
///
/// Attribute definitions are of no use without an index to be created; AWS drops them, too.
final class UpdateTable implements Operation.Blocking {
  private static final Structure.Builder INPUT = Structure.of("UpdateTableInput");
  private static final Member<List<Members>> DEFINITIONS =
      INPUT.optional("AttributeDefinitions", TableShapes.Definition.LIST);
  private static final Member<String> TABLE_NAME = INPUT.required("TableName", Shape.tableName());
  private static final Member<String> BILLING_MODE =
      INPUT.optional("BillingMode", TableShapes.BILLING_MODE);
  private static final Member<Members> PROVISIONED =
      INPUT.optional("ProvisionedThroughput", TableShapes.Throughput.SHAPE);
  private static final Member<List<Members>> GLOBAL_INDEX_UPDATES =
      INPUT.optional("GlobalSecondaryIndexUpdates", GlobalIndexShape.Updates.LIST);
  private static final Member<Members> STREAM =
      INPUT.optional("StreamSpecification", TableShapes.Stream.SHAPE);
  private static final Member<Members> ENCRYPTION =
      INPUT.optional("SSESpecification", TableShapes.Encryption.SHAPE);
  private static final Member<List<Members>> REPLICA_UPDATES =
      INPUT.optional("ReplicaUpdates", AbsentShapes.REPLICA_UPDATES);
  private static final Member<String> TABLE_CLASS =
      INPUT.optional("TableClass", TableShapes.TABLE_CLASS);
  private static final Member<Boolean> DELETION_PROTECTION =
      INPUT.optional("DeletionProtectionEnabled", Shape.bool());
  private static final Member<String> CONSISTENCY =
      INPUT.optional("MultiRegionConsistency", Shape.enumeration("EVENTUAL", "STRONG"));
  private static final Member<List<Members>> WITNESS_UPDATES =
      INPUT.optional("GlobalTableWitnessUpdates", AbsentShapes.WITNESS_UPDATES);
  private static final Member<Members> ON_DEMAND =
      INPUT.optional("OnDemandThroughput", TableShapes.OnDemand.SHAPE);
  private static final Member<Members> WARM =
      INPUT.optional("WarmThroughput", TableShapes.Warm.SHAPE);
  private static final Member<String> GLOBAL_MODE =
      INPUT.optional("GlobalTableSettingsReplicationMode", TableShapes.REPLICATION_MODE);
  private static final Member<List<Members>> VECTOR_INDEX_UPDATES =
      INPUT.optional("VectorIndexUpdates", AbsentShapes.VECTOR_INDEX_UPDATES);
  private static final Member<Boolean> DISASSOCIATION_PROTECTION =
      INPUT.optional("DisassociationProtectionEnabled", Shape.bool());
  private static final Structure SHAPE = INPUT.build();

  private final Clock clock;
  private final Catalogue catalogue;
  private final TableJson json;
  private final Settling settling;

  UpdateTable(Clock clock, Catalogue catalogue, TableJson json, Settling settling) {
    this.clock = clock;
    this.catalogue = catalogue;
    this.json = json;
    this.settling = settling;
  }

  @Override
  public String name() {
    return "UpdateTable";
  }

  @Override
  public Structure input() {
    return SHAPE;
  }

  @Override
  public Response run(Members request) {
    refuseAbsentFeatures(request);
    CapacityRules capacity =
        new CapacityRules(
            request.get(BILLING_MODE),
            request.get(PROVISIONED),
            request.get(ON_DEMAND),
            request.get(WARM));
    GlobalIndexUpdates indexes =
        new GlobalIndexUpdates(
            request.get(GLOBAL_INDEX_UPDATES, List.of()), request.get(DEFINITIONS, List.of()));
    StreamRules stream = StreamRules.of(request, STREAM, "updated");
    long nowMillis = clock.wallMillis();
    checkAnythingGiven(request, capacity, indexes);
    long newIndex = indexes.creates() ? catalogue.newTableId() : 0;
    Table updated =
        catalogue.change(
            request.need(TABLE_NAME),
            table -> {
              indexes.checkOneAtATime(table);
              TableStates.checkChangeable(table);
              Table next =
                  table
                      .withSettings(settings -> changed(request, capacity, settings))
                      .withDerivation(before -> stream.updated(before, table.name(), nowMillis));
              TableCapacity pending = next.settings().pending();
              return indexes
                  .applied(next, pending == null ? table.settings().capacity() : pending, newIndex)
                  .with(Table.Status.UPDATING);
            });
    settling.await(updated);
    return json.answer("TableDescription", updated);
  }

  private TableSettings changed(Members request, CapacityRules capacity, TableSettings settings) {
    TableSettings next = settings;
    if (capacity.given()) {
      next = next.pending(capacity.changed(settings.capacity()));
    }
    @Nullable Boolean deletionProtected = request.get(DELETION_PROTECTION);
    if (deletionProtected != null) {
      next = next.withDeletionProtected(deletionProtected);
    }
    @Nullable String tableClass = request.get(TABLE_CLASS);
    if (tableClass != null) {
      next =
          next.withTableClass(
              new TableSettings.ChosenClass(
                  TableSettings.TableClass.valueOf(tableClass), clock.wallMillis()));
    }
    return next;
  }

  private static void refuseAbsentFeatures(Members request) {
    if (request.has(VECTOR_INDEX_UPDATES) && !request.need(VECTOR_INDEX_UPDATES).isEmpty()) {
      AbsentFeatures.refuse(request, VECTOR_INDEX_UPDATES);
    }
    AbsentFeatures.refuseEncryption(request, ENCRYPTION);
    AbsentFeatures.refuse(request, REPLICA_UPDATES);
    AbsentFeatures.refuse(request, CONSISTENCY);
    AbsentFeatures.refuse(request, WITNESS_UPDATES);
    AbsentFeatures.refuse(request, GLOBAL_MODE);
    AbsentFeatures.refuse(request, DISASSOCIATION_PROTECTION);
  }

  private static void checkAnythingGiven(
      Members request, CapacityRules capacity, GlobalIndexUpdates indexes) {
    boolean given =
        capacity.given()
            || !indexes.isEmpty()
            || request.has(STREAM)
            || request.has(ENCRYPTION)
            || request.has(TABLE_CLASS)
            || request.has(DELETION_PROTECTION);
    if (!given) {
      throw ApiException.validation(
          "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled,"
              + " GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required");
    }
  }
}
