package dev.evenkeel.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Expression;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.extensions.annotations.DynamoDbVersionAttribute;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbBean;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbPartitionKey;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbSecondarySortKey;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbSortKey;
import software.amazon.awssdk.enhanced.dynamodb.model.BatchGetItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.BatchWriteItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;
import software.amazon.awssdk.enhanced.dynamodb.model.ReadBatch;
import software.amazon.awssdk.enhanced.dynamodb.model.WriteBatch;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;

class EnhancedClientTest {
  private final DynamoDbTable<Letter> letters =
      Clients.ENHANCED.table(TestTable.freshName(), TableSchema.fromBean(Letter.class));

  @BeforeEach
  void createTable() {
    letters.createTable(r ->
        r.localSecondaryIndices(
            i -> i.indexName("by-subject").projection(p -> p.projectionType(ProjectionType.ALL))));
    Clients.SYNC.waiter().waitUntilTableExists(r -> r.tableName(letters.tableName()));
  }

  @AfterEach
  void deleteTable() {
    letters.deleteTable();
  }

  @Test
  void beanComesBackAsItWent() {
    Letter letter = letter("ada", 1, "engines");
    letter.setLabels(Set.of("old", "new"));
    letters.putItem(letter);
    Letter back = letters.getItem(key("ada", 1));
    assertThat(back.getSubject()).isEqualTo("engines");
    assertThat(back.getLabels()).containsExactlyInAnyOrder("old", "new");
    assertThat(back.getSent()).isEqualTo(Instant.ofEpochSecond(1));
    assertThat(back.getVersion()).isEqualTo(1);
  }

  @Test
  void versionAttributeDetectsTheSecondWriter() {
    letters.putItem(letter("ada", 1, "first"));
    Letter mine = letters.getItem(key("ada", 1));
    Letter yours = letters.getItem(key("ada", 1));
    mine.setSubject("mine");
    letters.updateItem(mine);
    yours.setSubject("yours");
    assertThatExceptionOfType(ConditionalCheckFailedException.class)
        .isThrownBy(() -> letters.updateItem(yours));
    assertThat(letters.getItem(key("ada", 1)).getSubject()).isEqualTo("mine");
  }

  @Test
  void queriesByRangeAndByIndex() {
    IntStream.range(0, 20).forEach(i -> letters.putItem(letter("ada", i, "subject-" + (99 - i))));

    List<Letter> range =
        letters
            .query(
                QueryConditional.sortBetween(
                    k -> k.partitionValue("ada").sortValue(5),
                    k -> k.partitionValue("ada").sortValue(8)))
            .items()
            .stream()
            .toList();
    assertThat(range).extracting(Letter::getNumber).containsExactly(5, 6, 7, 8);

    List<Letter> bySubject =
        letters
            .index("by-subject")
            .query(r ->
                r.queryConditional(QueryConditional.keyEqualTo(k -> k.partitionValue("ada")))
                    .limit(6))
            .stream()
            .flatMap(page -> page.items().stream())
            .toList();
    assertThat(bySubject).extracting(Letter::getNumber).startsWith(19, 18).endsWith(0).hasSize(20);
  }

  @Test
  void batchesReadAndDelete() {
    IntStream.range(0, 10).forEach(i -> letters.putItem(letter("ada", i, "x")));
    ReadBatch.Builder<Letter> reads = ReadBatch.builder(Letter.class).mappedTableResource(letters);
    WriteBatch.Builder<Letter> deletes =
        WriteBatch.builder(Letter.class).mappedTableResource(letters);
    for (int i = 0; i < 5; i++) {
      reads.addGetItem(key("ada", i));
      deletes.addDeleteItem(key("ada", i));
    }
    assertThat(
            Clients.ENHANCED
                .batchGetItem(
                    BatchGetItemEnhancedRequest.builder().addReadBatch(reads.build()).build())
                .resultsForTable(letters))
        .hasSize(5);
    Clients.ENHANCED.batchWriteItem(
        BatchWriteItemEnhancedRequest.builder().addWriteBatch(deletes.build()).build());
    assertThat(letters.scan().items().stream()).hasSize(5);
  }

  @Test
  void conditionAndScanFilterAreExpressions() {
    letters.putItem(letter("ada", 1, "engines"));
    letters.putItem(letter("bob", 1, "boats"));
    assertThatExceptionOfType(ConditionalCheckFailedException.class)
        .isThrownBy(() ->
            letters.putItem(r ->
                r.item(letter("ada", 1, "again"))
                    .conditionExpression(
                        Expression.builder().expression("attribute_not_exists(author)").build())));
    assertThat(
            letters
                .scan(r ->
                    r.filterExpression(
                        Expression.builder()
                            .expression("begins_with(subject, :b)")
                            .putExpressionValue(":b", AttributeValue.fromS("bo"))
                            .build()))
                .items()
                .stream())
        .extracting(Letter::getAuthor)
        .containsExactly("bob");
    assertThat(letters.deleteItem(key("bob", 1)).getSubject()).isEqualTo("boats");
  }

  private static Key key(String author, int number) {
    return Key.builder().partitionValue(author).sortValue(number).build();
  }

  private static Letter letter(String author, int number, String subject) {
    Letter letter = new Letter();
    letter.setAuthor(author);
    letter.setNumber(number);
    letter.setSubject(subject);
    letter.setSent(Instant.ofEpochSecond(number));
    return letter;
  }

  /// A bean as the enhanced client wants it.
  @DynamoDbBean
  public static class Letter {
    private String author = "";
    private int number;
    private String subject = "";
    private @Nullable Instant sent;
    private @Nullable Set<String> labels;
    private @Nullable Integer version;

    @DynamoDbPartitionKey
    public String getAuthor() {
      return author;
    }

    public void setAuthor(String author) {
      this.author = author;
    }

    @DynamoDbSortKey
    public int getNumber() {
      return number;
    }

    public void setNumber(int number) {
      this.number = number;
    }

    @DynamoDbSecondarySortKey(indexNames = "by-subject")
    public String getSubject() {
      return subject;
    }

    public void setSubject(String subject) {
      this.subject = subject;
    }

    public @Nullable Instant getSent() {
      return sent;
    }

    public void setSent(@Nullable Instant sent) {
      this.sent = sent;
    }

    public @Nullable Set<String> getLabels() {
      return labels;
    }

    public void setLabels(@Nullable Set<String> labels) {
      this.labels = labels;
    }

    @DynamoDbVersionAttribute
    public @Nullable Integer getVersion() {
      return version;
    }

    public void setVersion(@Nullable Integer version) {
      this.version = version;
    }
  }
}
