package dev.evenkeel.api;

import dev.evenkeel.api.TableShapes.Definition;
import dev.evenkeel.api.TableShapes.KeyElement;
import dev.evenkeel.api.wire.Member;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.api.wire.Shape;
import dev.evenkeel.api.wire.Structure;
import dev.evenkeel.environment.Environment;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.Derivation;
import dev.evenkeel.model.KeySchema;
import dev.evenkeel.model.Limits;
import dev.evenkeel.model.LocalIndex;
import dev.evenkeel.model.Table;
import dev.evenkeel.model.TableCapacity;
import dev.evenkeel.model.TableIndex;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.model.TableSettings;
import dev.evenkeel.router.Catalogue;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Adds a table to the catalogue; autoadmin then makes its partition.
final class CreateTable implements Operation.Blocking {
  private static final Structure.Builder INPUT = Structure.of("CreateTableInput");
  private static final Member<List<Members>> DEFINITIONS =
      INPUT.optional("AttributeDefinitions", Definition.LIST);
  private static final Member<String> TABLE_NAME = INPUT.required("TableName", Shape.tableName());
  private static final Member<List<Members>> KEY_SCHEMA =
      INPUT.optional("KeySchema", KeyElement.LIST);
  private static final GlobalIndexShape GLOBAL_INDEX =
      new GlobalIndexShape("GlobalSecondaryIndex", true);
  private static final Member<List<Members>> GLOBAL_INDEXES =
      INPUT.optional("GlobalSecondaryIndexes", Shape.list(GLOBAL_INDEX.structure));
  private static final Member<List<Members>> LOCAL_INDEXES =
      INPUT.optional("LocalSecondaryIndexes", LocalIndexRules.LIST);
  private static final Member<String> BILLING_MODE =
      INPUT.optional("BillingMode", TableShapes.BILLING_MODE);
  private static final Member<Members> PROVISIONED =
      INPUT.optional("ProvisionedThroughput", TableShapes.Throughput.SHAPE);
  private static final Member<Members> STREAM =
      INPUT.optional("StreamSpecification", TableShapes.Stream.SHAPE);
  private static final Member<Members> ENCRYPTION =
      INPUT.optional("SSESpecification", TableShapes.Encryption.SHAPE);
  private static final Member<List<Members>> TAGS = INPUT.optional("Tags", TableShapes.Tag.LIST);
  private static final Member<String> TABLE_CLASS =
      INPUT.optional("TableClass", TableShapes.TABLE_CLASS);
  private static final Member<Boolean> DELETION_PROTECTION =
      INPUT.optional("DeletionProtectionEnabled", Shape.bool());
  private static final Member<Members> WARM =
      INPUT.optional("WarmThroughput", TableShapes.Warm.SHAPE);
  private static final Member<String> POLICY = INPUT.optional("ResourcePolicy", Shape.string());
  private static final Member<Members> ON_DEMAND =
      INPUT.optional("OnDemandThroughput", TableShapes.OnDemand.SHAPE);
  private static final Member<String> GLOBAL_SOURCE =
      INPUT.optional("GlobalTableSourceArn", Shape.tableName());
  private static final Member<String> GLOBAL_MODE =
      INPUT.optional("GlobalTableSettingsReplicationMode", TableShapes.REPLICATION_MODE);
  private static final Member<List<Members>> VECTOR_INDEXES =
      INPUT.optional("VectorIndexes", AbsentShapes.VECTOR_INDEXES);
  private static final Structure SHAPE = INPUT.build();

  private final Environment environment;
  private final Catalogue catalogue;
  private final Arns arns;
  private final TableJson json;
  private final Settling settling;
  private final RandomGenerator random;

  /// Guards `random`.
  private final ReentrantLock drawing = new ReentrantLock();

  CreateTable(
      Environment environment, Catalogue catalogue, Arns arns, TableJson json, Settling settling) {
    this.environment = environment;
    this.catalogue = catalogue;
    this.arns = arns;
    this.json = json;
    this.settling = settling;
    this.random = environment.entropy().stream("table-ids");
  }

  /// What a request asks for, found sound.
  private record Wanted(
      String name,
      KeySchema keys,
      List<KeySchema.KeyAttribute> definitions,
      List<LocalIndex> indexes,
      List<TableIndex> globalIndexes,
      TableSettings settings,
      StreamRules stream) {}

  @Override
  public String name() {
    return "CreateTable";
  }

  @Override
  public Structure input() {
    return SHAPE;
  }

  @Override
  public Response run(Members request) {
    refuseAbsentFeatures(request);
    Wanted wanted = wanted(request);
    SortedMap<String, String> tags = TagRules.tags(request.get(TAGS, List.of()));
    checkNew(wanted.name());
    TableSchema schema =
        new TableSchema(catalogue.newTableId(), wanted.name(), wanted.keys(), wanted.indexes());
    Table table =
        new Table(
            new Table.Identity(
                schema,
                uuid().toString(),
                arns.table(wanted.name()),
                environment.clock().wallMillis()),
            wanted.definitions(),
            wanted.settings(),
            derivation(wanted, environment.clock().wallMillis()),
            tags,
            Table.Status.CREATING);
    if (!catalogue.create(table)) {
      throw exists(wanted.name());
    }
    settling.await(table);
    return json.answer("TableDescription", table);
  }

  private static void refuseAbsentFeatures(Members request) {
    AbsentFeatures.refuseIndexes(request, VECTOR_INDEXES);
    AbsentFeatures.refuseEncryption(request, ENCRYPTION);
    AbsentFeatures.refuse(request, POLICY);
    AbsentFeatures.refuse(request, GLOBAL_SOURCE);
    AbsentFeatures.refuse(request, GLOBAL_MODE);
  }

  private Wanted wanted(Members request) {
    checkKeysGiven(request);
    String name = arns.tableName(request.need(TABLE_NAME));
    StreamRules stream = StreamRules.of(request, STREAM, "created");
    TableCapacity capacity =
        new CapacityRules(
                request.get(BILLING_MODE),
                request.get(PROVISIONED),
                request.get(ON_DEMAND),
                request.get(WARM))
            .created();
    KeyRules rules = new KeyRules(request.need(DEFINITIONS));
    KeySchema keys = rules.tableKeys(request.need(KEY_SCHEMA));
    List<LocalIndex> indexes =
        new LocalIndexRules(rules, keys).ofNewTable(request.get(LOCAL_INDEXES));
    @Nullable List<Members> requested = request.get(GLOBAL_INDEXES);
    List<TableIndex> global =
        new GlobalIndexRules(rules, keys, capacity.mode())
            .ofNewTable(
                requested == null ? null : requested.stream().map(GLOBAL_INDEX::read).toList(),
                indexes);
    ProjectionRules.checkProjected(indexes, global);
    rules.checkAllUsed(keys, indexes, global);
    return new Wanted(
        name, keys, rules.definitions(), indexes, global, settings(request, capacity), stream);
  }

  private Derivation derivation(Wanted wanted, long nowMillis) {
    Derivation derivation = wanted.stream().created(Derivation.NONE, nowMillis);
    for (TableIndex index : wanted.globalIndexes()) {
      derivation = derivation.plus(GlobalIndexRules.numbered(index, catalogue.newTableId()));
    }
    return derivation;
  }

  private TableSettings settings(Members request, TableCapacity capacity) {
    long onDemandSince = capacity.onDemand() ? environment.clock().wallMillis() : 0;
    @Nullable String tableClass = request.get(TABLE_CLASS);
    return new TableSettings(
        capacity,
        null,
        new TableSettings.History(0, 0, 0, onDemandSince),
        tableClass == null
            ? null
            : new TableSettings.ChosenClass(TableSettings.TableClass.valueOf(tableClass), 0),
        request.get(DELETION_PROTECTION, false));
  }

  /// The model requires neither, because a replica of a global table takes both from its source.
  private static void checkKeysGiven(Members request) {
    for (Member<?> member : List.of(DEFINITIONS, KEY_SCHEMA)) {
      if (!request.has(member)) {
        throw ApiException.constraint(null, member.name(), "Member must not be null");
      }
    }
  }

  private void checkNew(String name) {
    if (catalogue.find(name) != null) {
      throw exists(name);
    }
    if (catalogue.tables().size() >= Limits.TABLES_MAX) {
      throw ApiException.of(
          ApiException.Kind.LIMIT_EXCEEDED,
          "Subscriber limit exceeded: There is a limit of "
              + Limits.TABLES_MAX
              + " tables per subscriber");
    }
  }

  private static ApiException exists(String name) {
    return ApiException.of(ApiException.Kind.RESOURCE_IN_USE, "Table already exists: " + name);
  }

  private UUID uuid() {
    drawing.lock();
    try {
      // Version 4, variant 2: RFC 9562.
      long high = (random.nextLong() & ~0xf000L) | 0x4000L;
      long low = (random.nextLong() & ~(3L << 62)) | (2L << 62);
      return new UUID(high, low);
    } finally {
      drawing.unlock();
    }
  }
}
