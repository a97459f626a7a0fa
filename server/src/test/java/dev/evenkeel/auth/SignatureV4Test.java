package dev.evenkeel.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.environment.Clock;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.ApiException.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignatureV4Test {
  private static final String ID = "AKIDEXAMPLE";
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  private static final String TIMESTAMP = "20150830T123600Z";
  private static final Instant SIGNED_AT = Instant.parse("2015-08-30T12:36:00Z");
  private static final String REGION = "us-east-1";

  private Instant now = SIGNED_AT;
  private final SignatureV4 verifier = verifier("dynamodb");

  /// The example of AWS's documentation "Deriving the signing key".
  @Test
  void signingKeyIsThatOfTheDocumentation() {
    byte[] key = SigningKeys.derive(SECRET, "20150830", new Scope(REGION, "iam")).getEncoded();
    assertThat(HexFormat.of().formatHex(key))
        .isEqualTo("c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9");
  }

  /// From AWS's Signature Version 4 test suite.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET||5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
        "POST||5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
        "GET|Param2=value2&Param1=value1|b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"
      })
  void requestOfThePublishedSuiteIsAccepted(
      String method, @Nullable String query, String signature) {
    SentRequest request =
        new SentRequest(method, "/", query == null ? "" : query)
            .with("Host", "example.amazonaws.com")
            .with("X-Amz-Date", TIMESTAMP)
            .with(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                    + " SignedHeaders=host;x-amz-date, Signature="
                    + signature);
    assertThatCode(() -> verifier("service").authenticate(request, request.body()))
        .doesNotThrowAnyException();
  }

  @Test
  void signedRequestIsAccepted() {
    accepts(signed());
    accepts(signed().copy().with("User-Agent", "added by a proxy"));
  }

  @Test
  void presignedRequestIsAccepted() {
    accepts(presigned(60));
  }

  @Test
  void requestWithoutAnyDateIsIncomplete() {
    refuses(
        request().without("x-amz-date").with("Authorization", authorization(signed())),
        Kind.INCOMPLETE_SIGNATURE,
        "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. "
            + "Authorization=AWS4-HMAC-SHA256");
  }

  @Test
  void dateThatIsNoneIsNamed() {
    refuses(
        signed().copy().without("x-amz-date").with("X-Amz-Date", "20150830T253600Z"),
        Kind.INCOMPLETE_SIGNATURE,
        "Date must be in ISO-8601 'basic format'. Got '20150830T253600Z'. See"
            + " http://en.wikipedia.org/wiki/ISO_8601");
  }

  @Test
  void repeatedAndPaddedHeadersAreSignedAsOne() {
    accepts(
        request().with("X-My", " a   b ").with("x-my", "c").sign(ID, SECRET, REGION, "dynamodb"));
  }

  @Test
  void everyByteOfAHeaderIsSignedAsItCame() {
    String bytes = new String(new byte[] {(byte) 0xC3, (byte) 0xA9}, StandardCharsets.ISO_8859_1);
    accepts(request().with("X-My", bytes).sign(ID, SECRET, REGION, "dynamodb"));
  }

  @Test
  void everyChangedCharacterOfASignedHeaderIsRefused() {
    SentRequest request = signed();
    for (int header = 0; header < request.all().size(); header++) {
      String name = request.all().get(header)[0];
      String value = request.all().get(header)[1];
      for (int at = 0; at < value.length(); at++) {
        SentRequest changed = request.copy();
        changed.all().get(header)[1] = flipped(value, at);
        refuses(changed, name + " at " + at);
      }
    }
  }

  @Test
  void everyChangedByteOfTheBodyIsRefused() {
    SentRequest request = signed();
    for (int at = 0; at < request.body().length; at++) {
      byte[] changed = request.body().clone();
      changed[at] ^= 1;
      refuses(request.copy().body(changed), "body at " + at);
    }
  }

  @Test
  void everyChangedCharacterOfAPresignedQueryIsRefused() {
    SentRequest request = presigned(60);
    for (int at = 0; at < request.query().length(); at++) {
      refuses(request.query(flipped(request.query(), at)), "query at " + at);
    }
  }

  @Test
  void changedMethodPathQueryAndRemovedHeadersAreRefused() {
    refuses(signed().method("PUT"), "method");
    refuses(signed().path("//"), "path");
    refuses(signed().path("/%2F"), "path");
    refuses(signed().query("a=b"), "query");
    refuses(signed().copy().without("Content-Type"), "removed header");
    refuses(signed().copy().with("X-Amz-Target", "DynamoDB_20120810.DeleteTable"), "second target");
    refuses(signed().copy().with("Host", "other"), "second host");
  }

  @Test
  void signatureIsGoodForFifteenMinutesEitherWay() {
    now = SIGNED_AT.plusSeconds(900);
    accepts(signed());
    now = SIGNED_AT.minusSeconds(900);
    accepts(signed());
    now = SIGNED_AT.plusSeconds(901);
    refuses(
        signed(),
        Kind.INVALID_SIGNATURE,
        "Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z"
            + " (20150830T125101Z - 15 min.)");
    now = SIGNED_AT.minusSeconds(901);
    refuses(
        signed(),
        Kind.INVALID_SIGNATURE,
        "Signature not yet current: 20150830T123600Z is still later than 20150830T123559Z"
            + " (20150830T122059Z + 15 min.)");
  }

  @Test
  void presignedRequestHoldsAsLongAsItSays() {
    now = SIGNED_AT.plusSeconds(7_200);
    accepts(presigned(7_200));
    now = now.plusSeconds(1);
    refuses(presigned(7_200), "expired");
    now = SIGNED_AT;
    refuses(presigned(604_801), "valid for more than a week");
    refuses(presigned(-1), "negative validity");
  }

  @Test
  void wrongRegionServiceTerminatorAndDateAreNamed() {
    refuses(
        request().sign(ID, SECRET, "eu-west-1", "dynamodb"),
        Kind.INVALID_SIGNATURE,
        "Credential should be scoped to a valid region, not 'eu-west-1'. ");
    refuses(
        request().sign(ID, SECRET, REGION, "s3"),
        Kind.INVALID_SIGNATURE,
        "Credential should be scoped to correct service: 'dynamodb'. ");
    refuses(
        replaced("aws4_request", "aws5_request"),
        Kind.INVALID_SIGNATURE,
        "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'. ");
    refuses(
        replaced("/20150830/", "/20150831/"),
        Kind.INVALID_SIGNATURE,
        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP:"
            + " '20150831' != '20150830', from '20150830T123600Z'.");
  }

  @Test
  void unknownKeyAndWrongSecretAreRefused() {
    refuses(
        request().sign("AKIDOTHER", SECRET, REGION, "dynamodb"),
        Kind.UNRECOGNIZED_CLIENT,
        "The security token included in the request is invalid.");
    refuses(request().sign(ID, SECRET + "x", REGION, "dynamodb"), "wrong secret");
    refuses(request().sign(ID, "", REGION, "dynamodb"), "empty secret");
  }

  @Test
  void missingAndDoubleAuthenticationAreNamed() {
    refuses(
        request(), Kind.MISSING_AUTHENTICATION_TOKEN, "Request is missing Authentication Token");
    refuses(
        request().with("Authorization", "Basic YTpi"),
        Kind.MISSING_AUTHENTICATION_TOKEN,
        "Request is missing Authentication Token");
    refuses(
        presigned(60).with("Authorization", authorization(signed())),
        Kind.INVALID_SIGNATURE,
        "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.");
    refuses(signed().copy().with("Authorization", authorization(signed())), "two headers");
  }

  @Test
  void incompleteHeaderAndQueryNameWhatIsMissing() {
    refuses(
        request().with("Authorization", "AWS4-HMAC-SHA256 Credential=a"),
        Kind.INCOMPLETE_SIGNATURE,
        "Authorization header requires 'Signature' parameter. Authorization header requires"
            + " 'SignedHeaders' parameter. Authorization=AWS4-HMAC-SHA256");
    refuses(
        request().query("X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=x&X-Amz-Credential=a"),
        Kind.INCOMPLETE_SIGNATURE,
        "AWS query-string parameters must include 'X-Amz-Signature'. AWS query-string parameters"
            + " must include 'X-Amz-SignedHeaders'. Re-examine the query-string parameters.");
    refuses(replaced("AWS4-HMAC-SHA256", "AWS4-HMAC-SHA1"), "algorithm");
    refuses(replaced("AWS4-HMAC-SHA256 Credential=", "AWS4-HMAC-SHA256 Credential=x/"), "elements");
  }

  @Test
  void hostAndAmzHeadersHaveToBeSigned() {
    refuses(signed().copy().with("X-Amz-Security-Token", "t"), "token not signed");
    accepts(request().with("X-Amz-Security-Token", "t").sign(ID, SECRET, REGION, "dynamodb"));
    SentRequest withoutTarget =
        request().without("X-Amz-Target").sign(ID, SECRET, REGION, "dynamodb");
    refuses(
        withoutTarget.with("X-Amz-Target", "DynamoDB_20120810.DeleteTable"),
        Kind.INVALID_SIGNATURE,
        "'X-Amz-Target' must be a 'SignedHeader' in the AWS Authorization.");
    SentRequest withoutHost = request().without("Host").sign(ID, SECRET, REGION, "dynamodb");
    refuses(withoutHost.with("Host", "localhost"), "host not signed");
  }

  @Test
  void signedHeadersAreInOrderAndNamedOnce() {
    refuses(replaced("content-type;host;", "host;content-type;"), "order");
    refuses(replaced("content-type;host;", "content-type;host;host;"), "twice");
    refuses(replaced("content-type;host;", "Content-Type;host;"), "case");
  }

  @Test
  void dateHeaderOfHttpStandsInForTheAmzDate() {
    SentRequest request = request().without("X-Amz-Date");
    request.with("Date", "Sun, 30 Aug 2015 12:36:00 GMT");
    request.signAt(TIMESTAMP, ID, SECRET, REGION, "dynamodb");
    accepts(request);
  }

  @Test
  void bodyHashHeaderHasToTellTheTruth() {
    refuses(
        request()
            .with("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD")
            .sign(ID, SECRET, REGION, "dynamodb"),
        "unsigned payload");
  }

  @Test
  void repeatedParametersAreRefused() {
    String signature = presigned(60).query().substring(presigned(60).query().lastIndexOf('&'));
    refuses(presigned(60).query(presigned(60).query() + signature), "two signatures");
    refuses(replaced("SignedHeaders=", "SignedHeaders=host, SignedHeaders="), "two lists");
  }

  private static String flipped(String text, int at) {
    return text.substring(0, at) + (char) (text.charAt(at) ^ 1) + text.substring(at + 1);
  }

  private static String authorization(SentRequest request) {
    return String.valueOf(request.header("Authorization"));
  }

  /// The signed request with that part of its header replaced.
  private static SentRequest replaced(String part, String by) {
    return request().with("Authorization", authorization(signed()).replace(part, by));
  }

  private static SentRequest request() {
    return SentRequest.post(
        "localhost:8000", "DynamoDB_20120810.GetItem", "{\"TableName\":\"t\"}", TIMESTAMP);
  }

  private static SentRequest signed() {
    return request().sign(ID, SECRET, REGION, "dynamodb");
  }

  private static SentRequest presigned(int expiresSeconds) {
    return request().without("X-Amz-Date").presign(ID, SECRET, REGION, TIMESTAMP, expiresSeconds);
  }

  private void accepts(SentRequest request) {
    assertThatCode(() -> verifier.authenticate(request, request.body())).doesNotThrowAnyException();
  }

  private void refuses(SentRequest request, String what) {
    assertThatThrownBy(() -> verifier.authenticate(request, request.body()))
        .as(what)
        .isInstanceOf(ApiException.class);
  }

  private void refuses(SentRequest request, Kind kind, String message) {
    assertThatThrownBy(() -> verifier.authenticate(request, request.body()))
        .hasMessage(message)
        .extracting(error -> ((ApiException) error).kind())
        .isEqualTo(kind);
  }

  private SignatureV4 verifier(String service) {
    Map<String, AccessKey> keys = Map.of(ID, new AccessKey(ID, SECRET, Instant.EPOCH));
    return new SignatureV4(keys::get, new Scope(REGION, service), clock());
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public long monotonicNanos() {
        return 0;
      }

      @Override
      public long wallMicros() {
        return now.toEpochMilli() * 1_000;
      }
    };
  }
}
