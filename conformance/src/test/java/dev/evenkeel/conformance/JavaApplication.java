package dev.evenkeel.conformance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.pagination.sync.SdkIterable;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Expression;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbBean;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbPartitionKey;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbSecondarySortKey;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbSortKey;
import software.amazon.awssdk.enhanced.dynamodb.model.BatchWriteResult;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;
import software.amazon.awssdk.enhanced.dynamodb.model.ReadBatch;
import software.amazon.awssdk.enhanced.dynamodb.model.WriteBatch;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/// The small application, with AWS's SDK for Java and its enhanced client.
final class JavaApplication {
  private static final int BATCH = 25;

  private final DynamoDbClient ddb = Clients.SYNC;
  private final DynamoDbTable<Letter> table;
  private final List<String> printed = new ArrayList<>();

  JavaApplication(String name) {
    table = Clients.ENHANCED.table(name, TableSchema.fromBean(Letter.class));
  }

  List<String> printed() {
    return printed;
  }

  void run(List<UnicodeName> names) {
    create();
    load(names.stream().map(Letter::of).toList());
    print("imported " + table.scan(r -> r.attributesToProject("code")).items().stream().count());
    queries();
    claims();
    count();
    List<Letter> all = table.scan(r -> r.limit(500)).items().stream().toList();
    print("paged " + all.size() + " codes " + all.stream().mapToInt(Letter::getCode).sum());
    batch();
    print("deleted " + table.deleteItem(key('q')).getName());
    drop();
  }

  private void create() {
    table.createTable(r ->
        r.localSecondaryIndices(
            i -> i.indexName("by-name").projection(p -> p.projectionType(ProjectionType.ALL))));
    ddb.waiter().waitUntilTableExists(r -> r.tableName(table.tableName()));
  }

  private void load(List<Letter> letters) {
    for (int from = 0; from < letters.size(); from += BATCH) {
      List<Letter> left = letters.subList(from, Math.min(from + BATCH, letters.size()));
      while (!left.isEmpty()) {
        WriteBatch.Builder<Letter> batch =
            WriteBatch.builder(Letter.class).mappedTableResource(table);
        left.forEach(letter -> batch.addPutItem(p -> p.item(letter)));
        BatchWriteResult result =
            Clients.ENHANCED.batchWriteItem(r -> r.writeBatches(batch.build()));
        left = result.unprocessedPutItemsForTable(table);
      }
    }
  }

  private void queries() {
    print(
        "range "
            + listed(
                table
                    .query(
                        QueryConditional.sortBetween(
                            k -> k.partitionValue("GREEK").sortValue(0x3B1),
                            k -> k.partitionValue("GREEK").sortValue(0x3B5)))
                    .items()));
    print(
        "last "
            + listed(
                table
                    .query(r -> r.queryConditional(in("CYRILLIC")).scanIndexForward(false).limit(3))
                    .iterator()
                    .next()
                    .items()));
    QueryConditional digits =
        QueryConditional.sortBeginsWith(k -> k.partitionValue("BASIC_LATIN").sortValue("DIGIT "));
    print(
        "index "
            + table.index("by-name").query(digits).stream()
                .flatMap(page -> page.items().stream())
                .map(Letter::getName)
                .collect(Collectors.joining("; ")));
    Expression carons =
        Expression.builder()
            .expression("contains(words, :w)")
            .putExpressionValue(":w", AttributeValue.fromS("CARON"))
            .build();
    SdkIterable<Letter> filtered =
        table
            .query(
                r -> r.queryConditional(in("LATIN_EXTENDED_A")).filterExpression(carons).limit(50))
            .items();
    print("filtered " + filtered.stream().count());
  }

  private void claims() {
    print("claimed by " + claim("ann"));
    try {
      print("claimed by " + claim("bob"));
    } catch (ConditionalCheckFailedException refusal) {
      print("refused " + refusal.awsErrorDetails().errorCode());
    }
  }

  private @Nullable String claim(String who) {
    Letter claimed = table.getItem(key('A'));
    claimed.setClaimed(who);
    Expression unclaimed =
        Expression.builder()
            .expression("attribute_exists(#b) AND attribute_not_exists(claimed)")
            .putExpressionName("#b", "block")
            .build();
    return table.updateItem(r -> r.item(claimed).conditionExpression(unclaimed)).getClaimed();
  }

  private void count() {
    String seen = "";
    for (int time = 0; time < 3; time++) {
      seen =
          ddb.updateItem(r ->
                  r.tableName(table.tableName())
                      .key(key('A').primaryKeyMap(table.tableSchema()))
                      .updateExpression("ADD seen :one")
                      .expressionAttributeValues(Map.of(":one", AttributeValue.fromN("1")))
                      .returnValues(ReturnValue.UPDATED_NEW))
              .attributes()
              .getOrDefault("seen", AttributeValue.fromN("0"))
              .n();
    }
    print("counted " + seen);
  }

  private void batch() {
    ReadBatch reads =
        ReadBatch.builder(Letter.class)
            .mappedTableResource(table)
            .addGetItem(r -> r.key(key('a')).consistentRead(true))
            .addGetItem(r -> r.key(key('z')).consistentRead(true))
            .addGetItem(r -> r.key(key(100_000)).consistentRead(true))
            .build();
    Stream<Letter> found =
        Clients.ENHANCED.batchGetItem(r -> r.readBatches(reads)).resultsForTable(table).stream()
            .sorted(Comparator.comparingInt(Letter::getCode));
    print("batch " + listed(found.toList()));
  }

  private void drop() {
    table.deleteTable();
    ddb.waiter().waitUntilTableNotExists(r -> r.tableName(table.tableName()));
    try {
      table.describeTable();
    } catch (ResourceNotFoundException gone) {
      print("gone " + gone.awsErrorDetails().errorCode());
    }
  }

  private void print(String line) {
    printed.add(line);
  }

  private static Key key(int code) {
    return Key.builder().partitionValue("BASIC_LATIN").sortValue(code).build();
  }

  private static QueryConditional in(String block) {
    return QueryConditional.keyEqualTo(k -> k.partitionValue(block));
  }

  private static String listed(Iterable<Letter> letters) {
    List<String> names = new ArrayList<>();
    letters.forEach(letter -> names.add(letter.getName()));
    return String.join("; ", names);
  }

  /// A record as the enhanced client wants it.
  @DynamoDbBean
  public static class Letter {
    private String block = "";
    private int code;
    private String name = "";
    private @Nullable Set<String> words;
    private @Nullable String claimed;

    static Letter of(UnicodeName name) {
      Letter letter = new Letter();
      letter.setBlock(name.block());
      letter.setCode(name.code());
      letter.setName(name.name());
      letter.setWords(name.words());
      return letter;
    }

    @DynamoDbPartitionKey
    public String getBlock() {
      return block;
    }

    public void setBlock(String block) {
      this.block = block;
    }

    @DynamoDbSortKey
    public int getCode() {
      return code;
    }

    public void setCode(int code) {
      this.code = code;
    }

    @DynamoDbSecondarySortKey(indexNames = "by-name")
    public String getName() {
      return name;
    }

    public void setName(String name) {
      this.name = name;
    }

    public @Nullable Set<String> getWords() {
      return words;
    }

    public void setWords(@Nullable Set<String> words) {
      this.words = words;
    }

    public @Nullable String getClaimed() {
      return claimed;
    }

    public void setClaimed(@Nullable String claimed) {
      this.claimed = claimed;
    }
  }
}
