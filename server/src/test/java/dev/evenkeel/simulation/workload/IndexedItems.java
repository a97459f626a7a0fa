package dev.evenkeel.simulation.workload;

import dev.evenkeel.simulation.Answer;
import java.util.random.RandomGenerator;

/// Items that come into global indexes, move in them, and leave them: they are put, changed in
/// place and in the keys of indexes, lose those keys, and are deleted. One index is there from the
/// beginning, another is added meanwhile, and filled while its table changes.
///
/// What the indexes have to hold is told by `IndexesMatch`.
public final class IndexedItems implements Workload {
  public static final String TABLE = "Indexed";

  private static final int COLLECTIONS = 6;
  private static final int ITEMS = 12;
  private static final int PLACES = 4;
  private static final int LARGE_ONE_IN = 3;
  private static final int PADDING_MAX = 6_000;

  /// The second index comes up to so much later than the first.
  private static final long ADDED_WITHIN_NANOS = 1_500_000_000;

  private static final String DEFINITIONS =
      """
      {"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"S"},\
      {"AttributeName":"g","AttributeType":"S"}\
      """;
  private static final String OF_H = ",{\"AttributeName\":\"h\",\"AttributeType\":\"S\"}";

  private static final String BY_H =
      """
      {"IndexName":"byH","KeySchema":[{"AttributeName":"h","KeyType":"HASH"},\
      {"AttributeName":"g","KeyType":"RANGE"}],"Projection":{"ProjectionType":"INCLUDE",\
      "NonKeyAttributes":["filler"]}}\
      """;

  private final Session session;
  private final int clients;

  public IndexedItems(Session session, int clients) {
    this.session = session;
    this.clients = clients;
  }

  /// The body of the request that creates the table, with its first index.
  public static String creation() {
    return """
    {"TableName":"%s","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[%s],"KeySchema":[\
    {"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}],\
    "GlobalSecondaryIndexes":[{"IndexName":"byG","KeySchema":[\
    {"AttributeName":"g","KeyType":"HASH"}],"Projection":{"ProjectionType":"ALL"}}]}\
    """
        .formatted(TABLE, DEFINITIONS);
  }

  @Override
  public void start() {
    for (int i = 0; i < clients; i++) {
      new Client(session, "indexed/" + i, this::act).start();
    }
    RandomGenerator random = session.region().simulator().stream("indexed/another");
    session
        .region()
        .simulator()
        .after(random.nextLong(ADDED_WITHIN_NANOS), "add an index", this::addIndex);
  }

  /// Asks until it is known to be there, or the run ends.
  private void addIndex() {
    if (!session.isRunning()) {
      return;
    }
    String body =
        """
        {"TableName":"%s","AttributeDefinitions":[%s%s],\
        "GlobalSecondaryIndexUpdates":[{"Create":%s}]}\
        """
            .formatted(TABLE, DEFINITIONS, OF_H, BY_H);
    session
        .region()
        .call(
            "UpdateTable",
            body,
            answer -> {
              if (answer.isOk() || answer.body().contains("already exists")) {
                session.region().hit("simulation.index-added");
              } else {
                session.region().simulator().after(50_000_000, "ask again", this::addIndex);
              }
            });
  }

  private void act(Client client) {
    RandomGenerator random = client.random();
    String key =
        "\"pk\":{\"S\":\"i%d\"},\"sk\":{\"S\":\"%d\"}"
            .formatted(random.nextInt(COLLECTIONS), random.nextInt(ITEMS));
    String marker = client.region().markers().create();
    String g = "{\"S\":\"g" + random.nextInt(PLACES) + "\"}";
    String h = "{\"S\":\"h" + random.nextInt(PLACES) + "\"}";
    switch (random.nextInt(8)) {
      case 0, 1, 2 -> {
        String keys =
            (random.nextInt(3) > 0 ? ",\"g\":" + g : "")
                + (random.nextInt(3) > 0 ? ",\"h\":" + h : "");
        put(client, key + keys, marker);
      }
      case 3 -> update(client, key, "SET g = :g, v = :v", ",\":g\":" + g, marker);
      case 4 -> update(client, key, "SET h = :h, v = :v", ",\":h\":" + h, marker);
      case 5 -> {
        String lost = random.nextBoolean() ? "g" : "h";
        update(client, key, "SET v = :v REMOVE " + lost, "", marker);
      }
      case 6 -> update(client, key, "SET v = :v", "", marker);
      default ->
          client.call(
              "DeleteItem", "{\"TableName\":\"%s\",\"Key\":{%s}}".formatted(TABLE, key), _ -> {});
    }
  }

  private void put(Client client, String attributes, String marker) {
    RandomGenerator random = client.random();
    int length = random.nextInt(random.nextInt(LARGE_ONE_IN) == 0 ? PADDING_MAX : 50);
    String body =
        "{\"TableName\":\"%s\",\"Item\":{%s,\"v\":{\"S\":\"%s\"},\"filler\":{\"S\":\"%s\"}}}"
            .formatted(TABLE, attributes, marker, "p".repeat(length));
    client.call("PutItem", body, answer -> settle(answer, marker));
  }

  private void update(Client client, String key, String update, String value, String marker) {
    String body =
        """
        {"TableName":"%s","Key":{%s},"UpdateExpression":"%s",\
        "ExpressionAttributeValues":{":v":{"S":"%s"}%s}}\
        """
            .formatted(TABLE, key, update, marker, value);
    client.call("UpdateItem", body, answer -> settle(answer, marker));
  }

  private void settle(Answer answer, String marker) {
    if (answer.isOk()) {
      session.requireDurable(marker);
    }
  }
}
