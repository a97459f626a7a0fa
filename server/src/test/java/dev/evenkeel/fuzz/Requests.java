package dev.evenkeel.fuzz;

import dev.evenkeel.api.wire.ServiceModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes requests by the service model. What the model knows nothing of, such as which table an
/// item is for, it remembers on its way through the shapes.
final class Requests {
  /// Of old; not to be used together with expressions.
  private static final Set<String> LEGACY =
      Set.of(
          "Expected",
          "AttributeUpdates",
          "AttributesToGet",
          "ConditionalOperator",
          "KeyConditions",
          "QueryFilter",
          "ScanFilter");

  private static final Set<String> EXPRESSIONS =
      Set.of(
          "ConditionExpression",
          "UpdateExpression",
          "ProjectionExpression",
          "FilterExpression",
          "KeyConditionExpression");

  /// Refused, or in the way of what comes later, so not worth more than a request now and then.
  private static final Set<String> ABSENT =
      Set.of(
          "DeletionProtectionEnabled",
          "VectorIndexes",
          "VectorIndexUpdates",
          "ReplicaUpdates",
          "ResourcePolicy",
          "SSESpecification",
          "GlobalTableSourceArn",
          "GlobalTableSettingsReplicationMode",
          "GlobalTableWitnessUpdates",
          "MultiRegionConsistency",
          "OnDemandThroughput",
          "WarmThroughput",
          "ProvisionedThroughput");

  /// Inputs of operations that make a table, or do away with it.
  private static final Set<String> LIVES = Set.of("CreateTableInput", "DeleteTableInput");

  private static final String NAMES = "ExpressionAttributeNames";
  private static final String VALUES = "ExpressionAttributeValues";
  private static final int DEPTH_MAX = 12;

  private final ServiceModel model;
  private final Findings findings;
  private final Choices choices;

  /// In how many requests an optional member is there once.
  private final int sparsity;

  private final boolean legacy;

  /// Statements of a batch do not read and write.
  private final boolean reading;

  private TableKind table;

  private Requests(ServiceModel model, Findings findings, Choices choices) {
    this.model = model;
    this.findings = findings;
    this.choices = choices;
    sparsity = 2 + choices.below(8);
    legacy = choices.once(5);
    reading = choices.below(2) == 0;
    table = choices.among(TableKind.ALL);
  }

  /// The members of a request that might well succeed.
  static Map<String, Object> of(
      String operation, ServiceModel model, Findings findings, Choices choices) {
    Requests requests = new Requests(model, findings, choices);
    Map<String, Object> request = requests.structure(model.input(operation), 0);
    if (operation.equals("CreateTable")) {
      requests.define(request);
    }
    return request;
  }

  private Object value(String member, String shape, int depth) {
    Object known = known(member, shape);
    if (known != null) {
      return known;
    }
    if (depth > DEPTH_MAX) {
      return Map.of();
    }
    return switch (model.type(shape)) {
      case "structure" -> structure(shape, depth + 1);
      case "list" -> list(member, shape, depth + 1);
      case "map" -> map(member, shape, depth + 1);
      case "boolean" -> choices.below(2) == 0;
      case "integer", "long" -> number(shape);
      case "double", "timestamp" -> choices.below(2_000_000_000);
      case "blob" -> Values.binary(choices);
      default -> string(shape);
    };
  }

  private Map<String, Object> structure(String shape, int depth) {
    Map<String, String> members = new LinkedHashMap<>(model.members(shape));
    List<String> required = model.required(shape);
    Texts texts = new Texts(choices);
    Map<String, Object> made = new LinkedHashMap<>();
    if (members.containsKey("TableName")) {
      made.put("TableName", tableName(shape));
    }
    if (shape.equals("ExecuteStatementInput")) {
      statement(made);
    }
    if (isOneOf(shape, members)) {
      Map.Entry<String, String> only = choices.among(List.copyOf(members.entrySet()));
      made.put(only.getKey(), value(only.getKey(), only.getValue(), depth));
      return made;
    }
    members.forEach((name, memberShape) -> {
      boolean wanted = required.contains(name) || isWanted(name);
      if (wanted && !made.containsKey(name)) {
        made.put(
            name,
            EXPRESSIONS.contains(name)
                ? expression(name, made, texts)
                : value(name, memberShape, depth));
      }
    });
    if (!choices.once(20)) {
      agree(shape, made);
    }
    if (members.containsKey(NAMES) && !texts.names().isEmpty()) {
      made.put(NAMES, texts.names());
    }
    if (members.containsKey(VALUES) && !texts.values().isEmpty()) {
      made.put(VALUES, texts.values());
    }
    return made;
  }

  /// Has members agree that are there only together, or only with some values.
  private void agree(String shape, Map<String, Object> made) {
    if (made.containsKey("ReturnValues") && !shape.equals("UpdateItemInput")) {
      made.put("ReturnValues", choices.among(List.of("NONE", "ALL_OLD")));
    }
    if (made.containsKey("Segment") || made.containsKey("TotalSegments")) {
      made.put("TotalSegments", 1L + choices.below(5));
      made.put("Segment", 0L);
    }
    if (shape.equals("Projection")) {
      made.putIfAbsent("ProjectionType", "KEYS_ONLY");
      if (!made.get("ProjectionType").equals("INCLUDE")) {
        made.remove("NonKeyAttributes");
      } else {
        made.put("NonKeyAttributes", new ArrayList<>(List.of("a", "b")));
      }
    }
    if (made.get("ShardIteratorType") instanceof String type) {
      Object number = findings.any("SequenceNumber", choices);
      if (number == null || !type.endsWith("SEQUENCE_NUMBER")) {
        made.remove("SequenceNumber");
      } else {
        made.put("SequenceNumber", number);
      }
    }
  }

  /// Structures of which one member is to be there.
  private static boolean isOneOf(String shape, Map<String, String> members) {
    return members.containsKey("ConditionCheck")
        || shape.equals("WriteRequest")
        || shape.equals("GlobalSecondaryIndexUpdate");
  }

  private boolean isWanted(String name) {
    if (name.equals(NAMES) || name.equals(VALUES) || name.equals("Parameters")) {
      return false;
    }
    if (name.equals("KeyConditionExpression") && !legacy) {
      return !choices.once(20);
    }
    if (name.equals("KeyConditions") && legacy) {
      return true;
    }
    if (name.equals("IndexName") && table.indexes().isEmpty()) {
      return choices.once(50);
    }
    if ((legacy ? EXPRESSIONS : LEGACY).contains(name)) {
      return choices.once(200);
    }
    return choices.once(ABSENT.contains(name) ? 40 : sparsity);
  }

  private Object tableName(String shape) {
    boolean lives = LIVES.contains(shape);
    if (lives && !choices.once(20)) {
      return choices.among(TableKind.OTHERS);
    }
    if (choices.once(15)) {
      Object arn = findings.any("TableArn", choices);
      return arn == null ? "missing" : arn;
    }
    table = choices.among(TableKind.ALL);
    return choices.once(20) ? choices.among(TableKind.OTHERS) : table.name();
  }

  private String expression(String name, Map<String, Object> made, Texts texts) {
    return switch (name) {
      case "UpdateExpression" -> texts.update();
      case "ProjectionExpression" -> texts.projection();
      case "KeyConditionExpression" -> texts.keyCondition(table, keys(made));
      default -> texts.condition();
    };
  }

  private List<String> keys(Map<String, Object> made) {
    return table.indexes().getOrDefault(String.valueOf(made.get("IndexName")), table.keys());
  }

  /// What only sense can tell; null where the shape is enough.
  private @Nullable Object known(String member, String shape) {
    return switch (shape) {
      case "Key" -> {
        Object found = member.equals("ExclusiveStartKey") ? findings.any(member, choices) : null;
        yield found != null && !choices.once(4) ? found : key();
      }
      case "PutItemInputAttributeMap" -> item();
      case "AttributeValue" -> Values.any(choices);
      case "TableArn", "TableName" -> tableName("");
      case "IndexName" -> indexName();
      case "KeySchema" -> keySchema();
      case "StreamArn", "ShardId", "ShardIterator", "SequenceNumber" ->
          findings.any(shape, choices);
      case "ResourceArnString" -> findings.any("TableArn", choices);
      case "PartiQLNextToken" -> findings.any("NextToken", choices);
      case "AttributeName", "KeySchemaAttributeName", "NonKeyAttributeName" ->
          choices.among(Values.ATTRIBUTES);
      case "TimeToLiveAttributeName" -> "ttl";
      case "TagKeyString", "TagValueString" -> "tag-" + choices.below(4);
      case "KeyConditions" -> keyConditions();
      case "ClientRequestToken" -> "token-" + choices.below(4);
      case "ParameterizedStatement", "BatchStatementRequest" -> statement(new LinkedHashMap<>());
      case "ConditionExpression" -> new Texts(choices).condition();
      default -> null;
    };
  }

  /// Puts a statement there, and its parameters.
  private Map<String, Object> statement(Map<String, Object> made) {
    List<Object> parameters = new ArrayList<>();
    table = choices.among(TableKind.ALL);
    made.put("Statement", new Texts(choices).statement(table, reading, parameters));
    if (!parameters.isEmpty()) {
      made.put("Parameters", parameters);
    }
    return made;
  }

  private String indexName() {
    return table.indexes().isEmpty() || choices.once(10)
        ? "nothing"
        : choices.among(List.copyOf(table.indexes().keySet()));
  }

  private Map<String, Object> key() {
    Map<String, Object> key = new LinkedHashMap<>();
    for (String name : table.keys()) {
      key.put(name, Values.key(table.types().getOrDefault(name, "S"), choices));
    }
    return key;
  }

  private Map<String, Object> keyConditions() {
    Map<String, Object> conditions = new LinkedHashMap<>();
    key()
        .forEach((name, value) -> {
          Map<String, Object> condition = new LinkedHashMap<>();
          condition.put("ComparisonOperator", name.equals("p") ? "EQ" : "GE");
          condition.put("AttributeValueList", new ArrayList<>(List.of(value)));
          conditions.put(name, condition);
        });
    return conditions;
  }

  private Map<String, Object> item() {
    Map<String, Object> item = key();
    for (int i = choices.below(5); i > 0; i--) {
      String name = choices.among(Values.ATTRIBUTES);
      String type = table.types().get(name);
      item.putIfAbsent(name, type == null ? Values.any(choices) : Values.of(type, choices));
    }
    return item;
  }

  private Object keySchema() {
    List<Object> schema = new ArrayList<>();
    schema.add(element(choices.among(List.of("p", "p", "x")), "HASH"));
    if (choices.below(2) == 0) {
      schema.add(element(choices.among(List.of("s", "x", "y")), "RANGE"));
    }
    return schema;
  }

  private static Map<String, Object> element(String name, String type) {
    Map<String, Object> element = new LinkedHashMap<>();
    element.put("AttributeName", name);
    element.put("KeyType", type);
    return element;
  }

  /// Defines just the attributes that the keys of a new table and its indexes name.
  private void define(Map<String, Object> request) {
    if (choices.once(8)) {
      return;
    }
    request.putIfAbsent("KeySchema", keySchema());
    request.put("BillingMode", "PAY_PER_REQUEST");
    Map<String, Object> definitions = new LinkedHashMap<>();
    define(request, definitions);
    request.put("AttributeDefinitions", new ArrayList<>(definitions.values()));
  }

  private static void define(Object part, Map<String, Object> definitions) {
    switch (part) {
      case Map<?, ?> members -> {
        if (members.containsKey("KeyType") && members.get("AttributeName") instanceof String name) {
          Map<String, Object> definition = new LinkedHashMap<>();
          definition.put("AttributeName", name);
          definition.put("AttributeType", Set.of("s", "y").contains(name) ? "N" : "S");
          definitions.put(name, definition);
        }
        members.values().forEach(value -> define(value, definitions));
      }
      case List<?> elements -> elements.forEach(element -> define(element, definitions));
      default -> {}
    }
  }

  private Object list(String member, String shape, int depth) {
    List<Object> list = new ArrayList<>();
    int min = (int) Math.max(1, model.bound(shape, "min", 0));
    int size = min + (choices.once(40) ? choices.below(120) : choices.below(4));
    for (int i = 0; i < size; i++) {
      list.add(value(member, model.part(shape, "member"), depth));
    }
    return list;
  }

  private Object map(String member, String shape, int depth) {
    Map<String, Object> map = new HashMap<>();
    for (int i = 1 + choices.below(3); i > 0; i--) {
      Object key = value(member, model.part(shape, "key"), depth);
      map.put(key.toString(), value(member, model.part(shape, "value"), depth));
    }
    return new LinkedHashMap<>(map);
  }

  private Object number(String shape) {
    long min = model.bound(shape, "min", 0);
    long max = model.bound(shape, "max", Integer.MAX_VALUE);
    return switch (choices.below(4)) {
      case 0 -> min;
      case 1 -> max;
      default -> min + choices.below(20);
    };
  }

  private Object string(String shape) {
    List<String> values = model.values(shape);
    return values.isEmpty() ? Values.string(choices) : choices.among(values);
  }
}
