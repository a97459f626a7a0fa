package dev.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Streams as clients see them.
final class StreamsTest {
  private static final Pattern ITERATOR = Pattern.compile("'(?:Next)?ShardIterator':'([^']*)'");
  private static final Pattern SHARD = Pattern.compile("'ShardId':'([^']*)'");
  private static final Pattern ARN = Pattern.compile("'LatestStreamArn':'([^']*)'");
  private static final Pattern SEQUENCE = Pattern.compile("'SequenceNumber':'([^']*)'");

  @RegisterExtension final TestDatabase database = new TestDatabase();

  private void create(String stream) {
    database.ok(
        "CreateTable",
        "'BillingMode':'PAY_PER_REQUEST','AttributeDefinitions':[{'AttributeName':'pk',"
            + "'AttributeType':'S'}],'KeySchema':[{'AttributeName':'pk','KeyType':'HASH'}]"
            + stream);
  }

  private void createWith(String view) {
    create(",'StreamSpecification':{'StreamEnabled':true,'StreamViewType':'" + view + "'}");
  }

  private void put(String key, int value) {
    database.ok("PutItem", "'Item':{'pk':{'S':'" + key + "'},'v':{'N':'" + value + "'}}");
  }

  private void delete(String key) {
    database.ok("DeleteItem", "'Key':{'pk':{'S':'" + key + "'}}");
  }

  private static String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new AssertionError("no " + pattern + " in " + text);
    }
    return matcher.group(1);
  }

  private static List<String> all(Pattern pattern, String text) {
    List<String> all = new ArrayList<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      all.add(matcher.group(1));
    }
    return all;
  }

  /// All records of the newest stream of a table.
  static String everything(TestDatabase database, String table) {
    String arn = found(ARN, database.ok("DescribeTable", "{'TableName':'" + table + "'}"));
    String shard = found(SHARD, database.ok("DescribeStream", "{'StreamArn':'" + arn + "'}"));
    String iterator =
        database.ok(
            "GetShardIterator",
            "{'StreamArn':'"
                + arn
                + "','ShardId':'"
                + shard
                + "','ShardIteratorType':'TRIM_HORIZON'}");
    return database.ok("GetRecords", iterator);
  }

  private String arn() {
    return found(ARN, database.ok("DescribeTable", ""));
  }

  private String describe(String arn) {
    return database.ok("DescribeStream", "{'StreamArn':'" + arn + "'}");
  }

  private String iterator(String arn, String type) {
    String shard = found(SHARD, describe(arn));
    return found(
        ITERATOR,
        database.ok(
            "GetShardIterator",
            "{'StreamArn':'"
                + arn
                + "','ShardId':'"
                + shard
                + "','ShardIteratorType':"
                + type
                + "}"));
  }

  private String records(String iterator, String more) {
    return database.ok("GetRecords", "{'ShardIterator':'" + iterator + "'" + more + "}");
  }

  private String everything(String arn) {
    return records(iterator(arn, "'TRIM_HORIZON'"), "");
  }

  @Test
  void everyChangeIsARecordAndNothingElseIs() {
    createWith("NEW_AND_OLD_IMAGES");
    put("a", 1);
    put("a", 1);
    put("a", 2);
    delete("b");
    delete("a");
    String records = everything(arn()).replaceAll("'eventID':'[0-9a-f]{40}'", "'eventID':'x'");
    String head =
        "','eventVersion':'1.1','eventSource':'aws:dynamodb','awsRegion':'local','dynamodb':{"
            + "'ApproximateCreationDateTime':T,'Keys':{'pk':{'S':'a'}},";
    String tail = ",'SequenceNumber':'S','SizeBytes':%s,'StreamViewType':'NEW_AND_OLD_IMAGES'}}";
    String image = "Image':{'pk':{'S':'a'},'v':{'N':'%s'}}";
    assertThat(
            records
                .replaceAll("DateTime':[0-9]+", "DateTime':T")
                .replaceAll("'SequenceNumber':'[0-9]{30}'", "'SequenceNumber':'S'")
                .replaceAll("],'NextShardIterator':'[^']+'}", "]}"))
        .isEqualTo(
            "{'Records':[{'eventID':'x','eventName':'INSERT"
                + head
                + "'New"
                + image.formatted("1")
                + tail.formatted("9")
                + ",{'eventID':'x','eventName':'MODIFY"
                + head
                + "'New"
                + image.formatted("2")
                + ",'Old"
                + image.formatted("1")
                + tail.formatted("15")
                + ",{'eventID':'x','eventName':'REMOVE"
                + head
                + "'Old"
                + image.formatted("2")
                + tail.formatted("9")
                + "]}");
  }

  @ParameterizedTest
  @CsvSource({
    "KEYS_ONLY, false, false",
    "NEW_IMAGE, true, false",
    "OLD_IMAGE, false, true",
    "NEW_AND_OLD_IMAGES, true, true"
  })
  void aRecordShowsWhatItsViewSays(String view, boolean newImage, boolean oldImage) {
    createWith(view);
    put("a", 1);
    put("a", 2);
    String modify = everything(arn()).split("MODIFY", -1)[1];
    assertThat(modify.contains("'NewImage':{'pk':{'S':'a'},'v':{'N':'2'}}")).isEqualTo(newImage);
    assertThat(modify.contains("'OldImage':{'pk':{'S':'a'},'v':{'N':'1'}}")).isEqualTo(oldImage);
    assertThat(modify)
        .contains("'Keys':{'pk':{'S':'a'}}")
        .contains("'StreamViewType':'" + view + "'");
  }

  @Test
  void aReaderGoesOnWhereItWas() {
    createWith("KEYS_ONLY");
    for (int i = 0; i < 7; i++) {
      put("k" + i, i);
    }
    String iterator = iterator(arn(), "'TRIM_HORIZON'");
    List<String> sequence = new ArrayList<>();
    for (int reads = 0; reads < 4; reads++) {
      String page = records(iterator, ",'Limit':2");
      sequence.addAll(all(SEQUENCE, page));
      iterator = found(ITERATOR, page);
    }
    assertThat(sequence).hasSize(7).isSorted().doesNotHaveDuplicates();
    assertThat(records(iterator, "")).startsWith("{'Records':[],'NextShardIterator':'");
    put("k8", 8);
    assertThat(records(iterator, "")).contains("'S':'k8'");
  }

  @Test
  void anIteratorBeginsAtBehindOrAfterAll() {
    createWith("KEYS_ONLY");
    put("a", 1);
    put("b", 1);
    put("c", 1);
    String arn = arn();
    String latest = iterator(arn, "'LATEST'");
    List<String> sequence = all(SEQUENCE, everything(arn));
    String second = ",'SequenceNumber':'" + sequence.get(1) + "'";
    assertThat(all(SEQUENCE, records(iterator(arn, "'AT_SEQUENCE_NUMBER'" + second), "")))
        .isEqualTo(sequence.subList(1, 3));
    assertThat(all(SEQUENCE, records(iterator(arn, "'AFTER_SEQUENCE_NUMBER'" + second), "")))
        .isEqualTo(sequence.subList(2, 3));
    assertThat(records(latest, "")).startsWith("{'Records':[],");
    put("d", 1);
    assertThat(records(latest, "")).contains("'S':'d'").doesNotContain("'S':'c'");
    String first = found(Pattern.compile("'StartingSequenceNumber':'([^']*)'"), describe(arn));
    assertThat(
            all(
                SEQUENCE,
                records(
                    iterator(arn, "'AT_SEQUENCE_NUMBER','SequenceNumber':'" + first + "'"), "")))
        .startsWith(sequence.get(0), sequence.get(1));
  }

  @Test
  void aStreamIsTurnedOffAndAnotherOn() {
    createWith("KEYS_ONLY");
    String first = arn();
    put("a", 1);
    assertThat(describe(first))
        .contains("'StreamStatus':'ENABLED'")
        .doesNotContain("EndingSequenceNumber");
    String open = iterator(first, "'LATEST'");

    database.ok("UpdateTable", "'StreamSpecification':{'StreamEnabled':false}");
    put("b", 1);
    assertThat(database.ok("DescribeTable", ""))
        .contains("'LatestStreamArn':'" + first + "'")
        .doesNotContain("StreamSpecification");
    assertThat(describe(first))
        .contains("'StreamStatus':'DISABLED'")
        .contains("EndingSequenceNumber");
    assertThat(records(open, "")).isEqualTo("{'Records':[]}");
    assertThat(everything(first)).contains("'S':'a'").doesNotContain("'S':'b'");

    database.ok(
        "UpdateTable", "'StreamSpecification':{'StreamEnabled':true,'StreamViewType':'NEW_IMAGE'}");
    put("c", 1);
    String second = arn();
    assertThat(second).isGreaterThan(first);
    assertThat(everything(second)).contains("'S':'c'").doesNotContain("'S':'b'");
    String old = everything(first);
    assertThat(old).contains("'S':'a'").doesNotContain("'S':'c'").doesNotContain("NextShard");
    assertThat(all(Pattern.compile("'StreamArn':'([^']*)'"), database.ok("ListStreams", "")))
        .containsExactly(first, second);
    assertThat(database.ok("ListStreams", "'Limit':1"))
        .contains("'LastEvaluatedStreamArn':'" + first + "'")
        .doesNotContain(second);
    assertThat(database.ok("ListStreams", "{'ExclusiveStartStreamArn':'" + first + "'}"))
        .contains(second)
        .doesNotContain(first);
  }

  @Test
  void aStreamIsTurnedOnOnce() {
    createWith("KEYS_ONLY");
    assertThat(
            database.refusal(
                "UpdateTable",
                "'StreamSpecification':{'StreamEnabled':true,'StreamViewType':'NEW_IMAGE'}"))
        .isEqualTo("ValidationException: Table already has an enabled stream: TableName: Tab");
  }

  @Test
  void aStreamNeedsAView() {
    assertThat(
            database.refusal(
                "CreateTable",
                "'BillingMode':'PAY_PER_REQUEST','AttributeDefinitions':[{'AttributeName':'pk',"
                    + "'AttributeType':'S'}],'KeySchema':[{'AttributeName':'pk',"
                    + "'KeyType':'HASH'}],'StreamSpecification':{'StreamEnabled':true}"))
        .isEqualTo(
            "ValidationException: One or more parameter values were invalid: Table is being"
                + " created with a stream enabled, UpdateViewType is required");
  }

  @Test
  void shardsComeInPagesAndHaveNoChildren() {
    createWith("KEYS_ONLY");
    String arn = arn();
    String shard = found(SHARD, describe(arn));
    assertThat(shard).hasSizeBetween(28, 65);
    String behind = "{'StreamArn':'" + arn + "','ExclusiveStartShardId':'" + shard + "'}";
    assertThat(database.ok("DescribeStream", behind)).contains("'Shards':[]");
    String children =
        "{'StreamArn':'"
            + arn
            + "','ShardFilter':{'Type':'CHILD_SHARDS','ShardId':'"
            + shard
            + "'}}";
    assertThat(database.ok("DescribeStream", children)).contains("'Shards':[]");
  }

  @Test
  void whatIsNotThereIsRefused() {
    createWith("KEYS_ONLY");
    put("a", 1);
    String arn = arn();
    String shard = found(SHARD, describe(arn));
    String other = arn.replace("table/Tab", "table/Tub");
    assertThat(database.refusal("DescribeStream", "{'StreamArn':'" + other + "'}"))
        .isEqualTo(
            "ResourceNotFoundException: Requested resource not found: Stream: "
                + other
                + " not found");
    assertThat(database.refusal("ListStreams", "{'TableName':'Tub'}"))
        .startsWith("ResourceNotFoundException");
    assertThat(iteratorRefusal(arn, shard.replace("shardId-0", "shardId-1"), "'LATEST'"))
        .startsWith("ResourceNotFoundException");
    assertThat(iteratorRefusal(arn, shard, "'AT_SEQUENCE_NUMBER'"))
        .startsWith("ValidationException");
    String number = ",'SequenceNumber':'";
    assertThat(iteratorRefusal(arn, shard, "'LATEST'" + number + "1".repeat(30) + "'"))
        .startsWith("ValidationException");
    for (String wrong :
        List.of("1".repeat(30), "1".repeat(29), "9".repeat(30), "1" + "0".repeat(29))) {
      assertThat(iteratorRefusal(arn, shard, "'AT_SEQUENCE_NUMBER'" + number + wrong + "'"))
          .startsWith("ValidationException: Invalid SequenceNumber");
    }
    assertThat(database.refusal("GetRecords", "{'ShardIterator':'nonsense'}"))
        .isEqualTo("ValidationException: Invalid ShardIterator");
    String iterator = iterator(arn, "'LATEST'");
    String damaged = iterator.replace("|shardId", "|shardid");
    assertThat(database.refusal("GetRecords", "{'ShardIterator':'" + damaged + "'}"))
        .isEqualTo("ValidationException: Invalid ShardIterator");
    assertThat(database.refusal("GetRecords", "{'ShardIterator':'" + iterator + "','Limit':1001}"))
        .isEqualTo(
            "ValidationException: 1 validation error detected: Value '1001' at 'Limit' failed to"
                + " satisfy constraint: Member must have value less than or equal to 1000");
  }

  private String iteratorRefusal(String arn, String shard, String type) {
    return database.refusal(
        "GetShardIterator",
        "{'StreamArn':'" + arn + "','ShardId':'" + shard + "','ShardIteratorType':" + type + "}");
  }
}
