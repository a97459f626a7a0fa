package dev.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ScanTest {
  private static final int ITEMS = 60;
  private static final Pattern LAST = Pattern.compile("'LastEvaluatedKey':(\\{.*?}})");

  @RegisterExtension final TestDatabase database = new TestDatabase();

  @BeforeEach
  void fillTable() {
    database.create("Tab", "h:N");
    for (int i = 0; i < ITEMS; i++) {
      database.ok("PutItem", "'Item':{'h':{'N':'" + i + "'},'x':{'N':'" + i % 3 + "'}}");
    }
  }

  /// All partition keys of a scan, page by page.
  private List<Integer> scan(String members) {
    List<Integer> keys = new ArrayList<>();
    String start = "";
    while (true) {
      String page = database.ok("Scan", members + start);
      Matcher key =
          Pattern.compile("\\{'h':\\{'N':'(\\d+)'}").matcher(page.split("],'Count", 2)[0]);
      while (key.find()) {
        keys.add(Integer.parseInt(key.group(1)));
      }
      Matcher last = LAST.matcher(page);
      if (!last.find()) {
        return keys;
      }
      start = ",'ExclusiveStartKey':" + last.group(1);
    }
  }

  private static List<Integer> all() {
    return IntStream.range(0, ITEMS).boxed().toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 59, 60, 61})
  void pagesCoverTheTableOnce(int limit) {
    assertThat(scan("'Limit':" + limit)).containsExactlyInAnyOrderElementsOf(all());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 1_000})
  void segmentsCoverTheTableOnce(int segments) {
    List<Integer> keys = new ArrayList<>();
    for (int segment = 0; segment < segments; segment++) {
      keys.addAll(scan("'Limit':5,'TotalSegments':" + segments + ",'Segment':" + segment));
    }
    assertThat(keys).containsExactlyInAnyOrderElementsOf(all());
  }

  @Test
  void filtersAndCounts() {
    String filter =
        "'FilterExpression':'x = :x','ExpressionAttributeValues':{':x':{'N':'1'}},'Select':'COUNT'";
    assertThat(database.ok("Scan", filter)).isEqualTo("{'Count':20,'ScannedCount':60}");
    assertThat(
            database.ok(
                "Scan",
                "'ScanFilter':{'x':{'ComparisonOperator':'GE','AttributeValueList':[{'N':'1'}]}},'Select':'COUNT'"))
        .isEqualTo("{'Count':40,'ScannedCount':60}");
    assertThat(
            database.ok(
                "Scan",
                "'FilterExpression':'h < :h','ExpressionAttributeValues':{':h':{'N':'2'}},'ProjectionExpression':'x'"))
        .contains("{'x':{'N':'0'}}", "{'x':{'N':'1'}}", "'Count':2,'ScannedCount':60");
  }

  @Test
  void capacityIsThatOfTheBytesRead() {
    assertThat(database.ok("Scan", "'Select':'COUNT','ReturnConsumedCapacity':'TOTAL'"))
        .isEqualTo(
            "{'Count':60,'ScannedCount':60,'ConsumedCapacity':{'TableName':'Tab','CapacityUnits':0.5}}");
    assertThat(
            database.ok(
                "Scan",
                "'Select':'COUNT','ConsistentRead':true,'ReturnConsumedCapacity':'INDEXES'"))
        .endsWith("'CapacityUnits':1.0,'Table':{'CapacityUnits':1.0}}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          'Segment':0                       | The TotalSegments parameter is required but was not present in the request when Segment parameter is present
          'TotalSegments':2                 | The Segment parameter is required but was not present in the request when parameter TotalSegments is present
          'TotalSegments':2,'Segment':2     | The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: 2 is not less than TotalSegments: 2
          'TotalSegments':0,'Segment':0     | 1 validation error detected: Value '0' at 'TotalSegments' failed to satisfy constraint: Member must have value greater than or equal to 1
          'TotalSegments':1000001,'Segment':0 | 1 validation error detected: Value '1000001' at 'TotalSegments' failed to satisfy constraint: Member must have value less than or equal to 1000000
          'IndexName':'nope'                | The table does not have the specified index: nope
          'ExclusiveStartKey':{'x':{'N':'1'}} | The provided starting key is invalid: The provided key element does not match the schema
          'ExclusiveStartKey':{'h':{'N':'1'},'x':{'N':'1'}} | The provided starting key is invalid: The provided key element does not match the schema
          'ExclusiveStartKey':{'x':{'N':'1'}},'TotalSegments':2,'Segment':0 | The provided starting key is invalid: The provided key element does not match the schema
          'ExclusiveStartKey':{'h':{'N':'x'}} | The provided starting key is invalid: The parameter cannot be converted to a numeric value: x
          """)
  void scansThatCannotBeAreRefused(String members, String message) {
    assertThat(database.refusal("Scan", members)).isEqualTo("ValidationException: " + message);
  }

  @Test
  void aStartKeyBelongsToItsSegment() {
    String first = "'Limit':1,'TotalSegments':2,'Segment':0";
    Matcher last = LAST.matcher(database.ok("Scan", first));
    assertThat(last.find()).isTrue();
    assertThat(
            database.refusal(
                "Scan", "'TotalSegments':2,'Segment':1,'ExclusiveStartKey':" + last.group(1)))
        .isEqualTo(
            "ValidationException: The provided starting key is invalid: Invalid ExclusiveStartKey."
                + " Please use ExclusiveStartKey with correct Segment. TotalSegments: 2 Segment: 1");
  }
}
