package dev.evenkeel.conformance;

import static dev.evenkeel.conformance.Values.n;
import static dev.evenkeel.conformance.Values.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.Stream;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.model.StreamStatus;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/// Streams and time to live, by AWS's own clients.
@Timeout(60)
final class StreamsTest {
  private final DynamoDbClient ddb = Clients.SYNC;
  private final DynamoDbStreamsClient streams = Clients.STREAMS;

  private static TestTable followed(StreamViewType view) {
    return TestTable.create(
        request -> request.streamSpecification(s -> s.streamEnabled(true).streamViewType(view)));
  }

  private String latestArn(TestTable table) {
    return ddb.describeTable(r -> r.tableName(table.name())).table().latestStreamArn();
  }

  private StreamDescription describe(String arn) {
    return streams.describeStream(r -> r.streamArn(arn)).streamDescription();
  }

  private String iterator(String arn, ShardIteratorType type) {
    String shard = describe(arn).shards().getFirst().shardId();
    return streams
        .getShardIterator(r -> r.streamArn(arn).shardId(shard).shardIteratorType(type))
        .shardIterator();
  }

  /// Reads until that many records have come.
  private List<Record> read(String arn, int count) {
    List<Record> records = new ArrayList<>();
    String iterator = iterator(arn, ShardIteratorType.TRIM_HORIZON);
    while (records.size() < count) {
      String from = iterator;
      GetRecordsResponse page = streams.getRecords(r -> r.shardIterator(from).limit(2));
      records.addAll(page.records());
      iterator = page.nextShardIterator();
    }
    return records;
  }

  @Test
  void changesAreFollowedInTheirOrder() {
    try (TestTable table = followed(StreamViewType.NEW_AND_OLD_IMAGES)) {
      table.put(Map.of("p", s("a"), "v", n(1)));
      table.put(Map.of("p", s("a"), "v", n(2)));
      table.put(Map.of("p", s("a"), "v", n(2)));
      ddb.deleteItem(r -> r.tableName(table.name()).key(Map.of("p", s("a"))));

      List<Record> records = read(latestArn(table), 3);
      assertThat(records)
          .extracting(Record::eventName)
          .containsExactly(OperationType.INSERT, OperationType.MODIFY, OperationType.REMOVE);
      Record modified = records.get(1);
      assertThat(modified.eventSource()).isEqualTo("aws:dynamodb");
      assertThat(modified.awsRegion()).isEqualTo(Endpoint.region());
      assertThat(modified.userIdentity()).isNull();
      assertThat(modified.dynamodb().keys()).isEqualTo(Map.of("p", s("a")));
      assertThat(modified.dynamodb().oldImage()).isEqualTo(Map.of("p", s("a"), "v", n(1)));
      assertThat(modified.dynamodb().newImage()).isEqualTo(Map.of("p", s("a"), "v", n(2)));
      assertThat(modified.dynamodb().sizeBytes()).isEqualTo(2 + 4 + 4 + 2 * 1);
      assertThat(modified.dynamodb().approximateCreationDateTime())
          .isBetween(Instant.now().minusSeconds(120), Instant.now());
      assertThat(records)
          .extracting(record -> record.dynamodb().sequenceNumber())
          .isSorted()
          .doesNotHaveDuplicates();
      assertThat(records).extracting(Record::eventID).doesNotHaveDuplicates();
    }
  }

  @Test
  void aStreamIsDescribedTurnedOffAndListed() {
    try (TestTable table = followed(StreamViewType.KEYS_ONLY)) {
      String arn = latestArn(table);
      StreamDescription on = describe(arn);
      assertThat(on.streamStatus()).isEqualTo(StreamStatus.ENABLED);
      assertThat(on.streamViewType()).isEqualTo(StreamViewType.KEYS_ONLY);
      assertThat(on.tableName()).isEqualTo(table.name());
      assertThat(on.keySchema()).containsExactly(TestTable.HASH_P);
      assertThat(on.shards().getFirst().sequenceNumberRange().endingSequenceNumber()).isNull();
      assertThat(Duration.between(on.creationRequestDateTime(), Instant.now()))
          .isLessThan(Duration.ofMinutes(2));

      ddb.updateTable(
          r -> r.tableName(table.name()).streamSpecification(s -> s.streamEnabled(false)));
      ddb.waiter().waitUntilTableExists(wait -> wait.tableName(table.name()));
      StreamDescription off = describe(arn);
      assertThat(off.streamStatus()).isEqualTo(StreamStatus.DISABLED);
      assertThat(off.shards().getFirst().sequenceNumberRange().endingSequenceNumber()).isNotNull();
      String last = iterator(arn, ShardIteratorType.LATEST);
      assertThat(streams.getRecords(r -> r.shardIterator(last)).nextShardIterator()).isNull();
      assertThat(streams.listStreams(r -> r.tableName(table.name())).streams())
          .extracting(Stream::streamArn)
          .containsExactly(arn);
    }
  }

  @Test
  void errorsAreThoseOfTheService() {
    try (TestTable table = followed(StreamViewType.KEYS_ONLY)) {
      String arn = latestArn(table);
      assertThatThrownBy(() -> describe(arn + "0")).isInstanceOf(ResourceNotFoundException.class);
      assertThatThrownBy(() -> streams.getRecords(r -> r.shardIterator("none")))
          .isInstanceOf(DynamoDbException.class)
          .hasMessageContaining("Invalid ShardIterator");
    }
  }

  @Test
  void anItemThatExpiresIsDeletedByTheService() {
    try (TestTable table = followed(StreamViewType.OLD_IMAGE)) {
      ddb.updateTimeToLive(r ->
          r.tableName(table.name())
              .timeToLiveSpecification(t -> t.enabled(true).attributeName("until")));
      while (ddb.describeTimeToLive(r -> r.tableName(table.name()))
              .timeToLiveDescription()
              .timeToLiveStatus()
          != TimeToLiveStatus.ENABLED) {
        Thread.onSpinWait();
      }
      long past = Instant.now().getEpochSecond() - 100;
      table.put(Map.of("p", s("a"), "until", n(past)));
      Record removed = read(latestArn(table), 2).getLast();
      assertThat(removed.eventName()).isEqualTo(OperationType.REMOVE);
      assertThat(removed.userIdentity().type()).isEqualTo("Service");
      assertThat(removed.userIdentity().principalId()).isEqualTo("dynamodb.amazonaws.com");
      assertThat(removed.dynamodb().oldImage()).containsEntry("until", n(past));
      assertThat(table.get(Map.of("p", s("a")))).isEmpty();
    }
  }
}
