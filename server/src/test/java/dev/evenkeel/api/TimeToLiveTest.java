package dev.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Time to live as clients see it.
@Timeout(60)
final class TimeToLiveTest {
  /// A second long past, but not by five years.
  private static final long PAST = System.currentTimeMillis() / 1_000 - 86_400;

  private static final long FUTURE = PAST + 2 * 86_400;
  private static final long ANCIENT = PAST - 5L * 365 * 86_400;

  @RegisterExtension final TestDatabase database = new TestDatabase();

  private void put(String key, String attribute, String value) {
    database.ok("PutItem", "'Item':{'h':{'S':'" + key + "'},'" + attribute + "':" + value + "}");
  }

  private void put(String key, long second) {
    put(key, "until", "{'N':'" + second + "'}");
  }

  private static String specification(boolean enabled, String attribute) {
    return "'TimeToLiveSpecification':{'Enabled':"
        + enabled
        + ",'AttributeName':'"
        + attribute
        + "'}";
  }

  private void update(boolean enabled, String attribute) {
    String specification = specification(enabled, attribute);
    assertThat(database.ok("UpdateTimeToLive", specification)).isEqualTo("{" + specification + "}");
    String status = enabled ? "ENABLED" : "DISABLED";
    await(() -> database.ok("DescribeTimeToLive", "").contains("Status':'" + status + "'"));
  }

  private String refusal(boolean enabled, String attribute) {
    return database.refusal("UpdateTimeToLive", specification(enabled, attribute));
  }

  private boolean isThere(String key) {
    return database
        .ok("GetItem", "'ConsistentRead':true,'Key':{'h':{'S':'" + key + "'}}")
        .contains("'Item'");
  }

  private static void await(Supplier<Boolean> condition) {
    while (!condition.get()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void itemsThatHaveExpiredGoAndOthersStay() {
    database.create("Tab", "h:S");
    put("before", PAST);
    put("later", FUTURE);
    put("ancient", ANCIENT);
    put("text", "until", "{'S':'" + PAST + "'}");
    put("other", "since", "{'N':'" + PAST + "'}");
    update(true, "until");
    put("after", PAST);
    await(() -> !isThere("before") && !isThere("after"));
    for (String key : new String[] {"later", "ancient", "text", "other"}) {
      assertThat(isThere(key)).as(key).isTrue();
    }
    assertThat(database.ok("DescribeTable", "")).contains("'ItemCount':4");
  }

  @Test
  void whatExpiredIsInTheStreamAsOfTheService() {
    database.ok(
        "CreateTable",
        "'BillingMode':'PAY_PER_REQUEST','AttributeDefinitions':[{'AttributeName':'h',"
            + "'AttributeType':'S'}],'KeySchema':[{'AttributeName':'h','KeyType':'HASH'}],"
            + "'StreamSpecification':{'StreamEnabled':true,'StreamViewType':'OLD_IMAGE'}");
    update(true, "until");
    put("a", PAST);
    await(() -> !isThere("a"));
    put("b", FUTURE);
    database.ok("DeleteItem", "'Key':{'h':{'S':'b'}}");
    String records = StreamsTest.everything(database, "Tab");
    String byService = ",'userIdentity':{'PrincipalId':'dynamodb.amazonaws.com','Type':'Service'}}";
    String[] removed = records.split("REMOVE", -1);
    assertThat(removed).hasSize(3);
    assertThat(removed[1]).contains("'S':'a'").contains(byService);
    assertThat(removed[2]).contains("'S':'b'").doesNotContain("userIdentity");
  }

  @Test
  void anItemOfALocalIndexGoesFromItToo() {
    database.create("Tab", "h:S r:N", "byOther o:N ALL");
    update(true, "until");
    database.ok(
        "PutItem",
        "'Item':{'h':{'S':'a'},'r':{'N':'1'},'o':{'N':'7'},'until':{'N':'" + PAST + "'}}");
    await(() ->
        database.ok("Scan", "'IndexName':'byOther','ConsistentRead':true").contains("'Count':0"));
  }

  @Test
  void expiryIsTurnedOffAndOnByAnotherAttribute() {
    database.create("Tab", "h:S");
    assertThat(database.ok("DescribeTimeToLive", ""))
        .isEqualTo("{'TimeToLiveDescription':{'TimeToLiveStatus':'DISABLED'}}");
    assertThat(refusal(false, "until"))
        .isEqualTo("ValidationException: TimeToLive is already disabled");
    update(true, "until");
    assertThat(database.ok("DescribeTimeToLive", ""))
        .isEqualTo(
            "{'TimeToLiveDescription':{'TimeToLiveStatus':'ENABLED','AttributeName':'until'}}");
    assertThat(refusal(true, "until"))
        .isEqualTo("ValidationException: TimeToLive is already enabled");
    for (boolean enabled : new boolean[] {false, true}) {
      assertThat(refusal(enabled, "since"))
          .isEqualTo(
              "ValidationException: TimeToLive is active on a different AttributeName: current"
                  + " AttributeName is until");
    }
    update(false, "until");
    put("a", PAST);
    put("b", "since", "{'N':'" + PAST + "'}");
    update(true, "since");
    await(() -> !isThere("b"));
    assertThat(isThere("a")).isTrue();
  }

  @Test
  void onlyATableThatIsThereExpires() {
    assertThat(refusal(true, "until")).startsWith("ResourceNotFoundException");
  }
}
