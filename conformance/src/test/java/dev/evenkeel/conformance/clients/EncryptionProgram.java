package dev.evenkeel.conformance.clients;

import static dev.evenkeel.conformance.clients.SyncProgram.hash;
import static dev.evenkeel.conformance.clients.SyncProgram.key;
import static dev.evenkeel.conformance.clients.SyncProgram.number;
import static dev.evenkeel.conformance.clients.SyncProgram.range;
import static dev.evenkeel.conformance.clients.SyncProgram.string;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.conformance.Clients;
import dev.evenkeel.conformance.Endpoint;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.cryptography.dbencryptionsdk.dynamodb.DynamoDbEncryptionInterceptor;
import software.amazon.cryptography.dbencryptionsdk.dynamodb.model.DynamoDbTableEncryptionConfig;
import software.amazon.cryptography.dbencryptionsdk.dynamodb.model.DynamoDbTablesEncryptionConfig;
import software.amazon.cryptography.dbencryptionsdk.structuredencryption.model.CryptoAction;
import software.amazon.cryptography.materialproviders.IKeyring;
import software.amazon.cryptography.materialproviders.MaterialProviders;
import software.amazon.cryptography.materialproviders.model.AesWrappingAlg;
import software.amazon.cryptography.materialproviders.model.CreateRawAesKeyringInput;
import software.amazon.cryptography.materialproviders.model.MaterialProvidersConfig;

/// Patients' findings that the server never sees, with AWS's Database Encryption SDK. The keys are
/// wrapped with a key of the application's own.
// The SDK's methods that take several consumers are not declared safe for such arrays.
@SuppressWarnings("unchecked")
final class EncryptionProgram {
  private static final int KEY_BYTES = 32;
  private static final int PATIENTS = 12;

  private final DynamoDbClient plain = Clients.SYNC;
  private final String table;

  EncryptionProgram(String prefix) {
    table = prefix + "-patients";
  }

  void run(Report report) {
    report.notOffered(
        "AWS's SDK, with which it is used, does", Feature.DELETE_TABLE, Feature.TIME_TO_LIVE);
    report.notOffered("it refuses to update what is signed", Feature.UPDATE);
    report.notOffered("it refuses statements", Feature.PARTIQL);
    report.notOffered("it does not read streams", Feature.STREAM);
    report.notOffered(
        "encrypted attributes are searched by beacons, whose keys are in AWS's key service",
        Feature.LOCAL_INDEX,
        Feature.GLOBAL_INDEX,
        Feature.INDEX_ADDED_LATER);
    try (DynamoDbClient ddb = encrypting()) {
      report.feature(Feature.CREATE_TABLE, () -> createTable(ddb));
      report.feature(Feature.PUT_AND_GET, () -> putAndGet(ddb));
      report.feature(Feature.CONDITION, () -> condition(ddb));
      report.feature(Feature.BATCH_WRITE, () -> batchWrite(ddb));
      report.feature(Feature.BATCH_GET, () -> batchGet(ddb));
      report.feature(Feature.QUERY, () -> query(ddb));
      report.feature(Feature.SCAN, () -> scan(ddb));
      report.feature(Feature.PAGINATE, () -> paginate(ddb));
      report.feature(Feature.TRANSACT_WRITE, () -> transactWrite(ddb));
      report.feature(Feature.TRANSACT_GET, () -> transactGet(ddb));
      report.feature(Feature.DELETE, () -> delete(ddb));
      report.feature(Feature.ITS_OWN, () -> seesThatItWasTamperedWith(ddb));
    }
    plain.deleteTable(r -> r.tableName(table));
  }

  private DynamoDbClient encrypting() {
    IKeyring keyring =
        MaterialProviders.builder()
            .MaterialProvidersConfig(MaterialProvidersConfig.builder().build())
            .build()
            .CreateRawAesKeyring(
                CreateRawAesKeyringInput.builder()
                    .keyNamespace("hospital")
                    .keyName("patients")
                    .wrappingKey(ByteBuffer.wrap(new byte[KEY_BYTES]))
                    .wrappingAlg(AesWrappingAlg.ALG_AES256_GCM_IV12_TAG16)
                    .build());
    DynamoDbTableEncryptionConfig config =
        DynamoDbTableEncryptionConfig.builder()
            .logicalTableName("patients")
            .partitionKeyName("customer")
            .sortKeyName("id")
            .attributeActionsOnEncrypt(
                Map.of(
                    "customer",
                    CryptoAction.SIGN_ONLY,
                    "id",
                    CryptoAction.SIGN_ONLY,
                    "ward",
                    CryptoAction.SIGN_ONLY,
                    "finding",
                    CryptoAction.ENCRYPT_AND_SIGN))
            .keyring(keyring)
            .build();
    return DynamoDbClient.builder()
        .endpointOverride(Endpoint.uri())
        .region(Region.of(Endpoint.region()))
        .credentialsProvider(Clients.credentials())
        .overrideConfiguration(o ->
            o.addExecutionInterceptor(
                DynamoDbEncryptionInterceptor.builder()
                    .config(
                        DynamoDbTablesEncryptionConfig.builder()
                            .tableEncryptionConfigs(Map.of(table, config))
                            .build())
                    .build()))
        .build();
  }

  private void createTable(DynamoDbClient ddb) {
    ddb.createTable(r ->
        r.tableName(table)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(string("customer"), number("id"))
            .keySchema(hash("customer"), range("id")));
    ddb.waiter().waitUntilTableExists(r -> r.tableName(table));
  }

  private void putAndGet(DynamoDbClient ddb) {
    ddb.putItem(r -> r.tableName(table).item(patient("ann", 1)));
    assertThat(ddb.getItem(r -> r.tableName(table).key(key("ann", 1))).item())
        .isEqualTo(patient("ann", 1));
    Map<String, AttributeValue> stored = stored(1);
    assertThat(stored).extractingByKey("finding").extracting(AttributeValue::b).isNotNull();
    assertThat(stored).containsKeys("aws_dbe_head", "aws_dbe_foot");
    assertThat(stored.toString()).doesNotContain("healthy");
  }

  private Map<String, AttributeValue> stored(int id) {
    return plain.getItem(r -> r.tableName(table).key(key("ann", id)).consistentRead(true)).item();
  }

  private void condition(DynamoDbClient ddb) {
    assertThatExceptionOfType(ConditionalCheckFailedException.class)
        .isThrownBy(() ->
            ddb.putItem(r ->
                r.tableName(table)
                    .item(patient("ann", 1))
                    .conditionExpression("attribute_not_exists(customer)")));
  }

  private void batchWrite(DynamoDbClient ddb) {
    List<WriteRequest> puts =
        IntStream.rangeClosed(2, PATIENTS)
            .mapToObj(
                id -> WriteRequest.builder().putRequest(p -> p.item(patient("ann", id))).build())
            .toList();
    assertThat(ddb.batchWriteItem(r -> r.requestItems(Map.of(table, puts))).unprocessedItems())
        .isEmpty();
  }

  private void batchGet(DynamoDbClient ddb) {
    KeysAndAttributes keys =
        KeysAndAttributes.builder().keys(List.of(key("ann", 2), key("ann", 3))).build();
    assertThat(ddb.batchGetItem(r -> r.requestItems(Map.of(table, keys))).responses().get(table))
        .containsExactlyInAnyOrder(patient("ann", 2), patient("ann", 3));
  }

  private void query(DynamoDbClient ddb) {
    assertThat(
            ddb.query(r ->
                    r.tableName(table)
                        .keyConditionExpression("customer = :c AND id < :three")
                        .filterExpression("ward = :ward")
                        .expressionAttributeValues(
                            Map.of(
                                ":c",
                                AttributeValue.fromS("ann"),
                                ":three",
                                AttributeValue.fromN("3"),
                                ":ward",
                                AttributeValue.fromS("east"))))
                .items())
        .containsExactly(patient("ann", 1), patient("ann", 2));
  }

  private void scan(DynamoDbClient ddb) {
    assertThat(ddb.scan(r -> r.tableName(table)).items())
        .hasSize(PATIENTS)
        .contains(patient("ann", PATIENTS));
  }

  private void paginate(DynamoDbClient ddb) {
    assertThat(ddb.scanPaginator(r -> r.tableName(table).limit(5)).items().stream())
        .hasSize(PATIENTS)
        .contains(patient("ann", PATIENTS));
  }

  private void transactWrite(DynamoDbClient ddb) {
    ddb.transactWriteItems(r ->
        r.transactItems(
            i -> i.put(p -> p.tableName(table).item(patient("bob", 1))),
            i -> i.put(p -> p.tableName(table).item(patient("bob", 2)))));
    assertThatExceptionOfType(TransactionCanceledException.class)
        .isThrownBy(() ->
            ddb.transactWriteItems(r ->
                r.transactItems(i ->
                    i.put(p ->
                        p.tableName(table)
                            .item(patient("bob", 1))
                            .conditionExpression("attribute_not_exists(customer)")))));
  }

  private void transactGet(DynamoDbClient ddb) {
    assertThat(
            ddb.transactGetItems(r ->
                    r.transactItems(
                        i -> i.get(g -> g.tableName(table).key(key("bob", 1))),
                        i -> i.get(g -> g.tableName(table).key(key("bob", 2)))))
                .responses())
        .extracting(response -> response.item())
        .containsExactly(patient("bob", 1), patient("bob", 2));
  }

  private void delete(DynamoDbClient ddb) {
    ddb.deleteItem(r -> r.tableName(table).key(key("ann", PATIENTS)));
    assertThat(ddb.getItem(r -> r.tableName(table).key(key("ann", PATIENTS))).hasItem()).isFalse();
  }

  /// Whoever can write into the table moves a patient's finding to another.
  private void seesThatItWasTamperedWith(DynamoDbClient ddb) {
    Map<String, AttributeValue> forged = new TreeMap<>(stored(3));
    forged.putAll(key("ann", 4));
    plain.putItem(r -> r.tableName(table).item(forged));
    assertThatThrownBy(() -> ddb.getItem(r -> r.tableName(table).key(key("ann", 4))))
        .hasMessageContaining("unable to decrypt");
  }

  private static Map<String, AttributeValue> patient(String customer, int id) {
    Map<String, AttributeValue> item = new TreeMap<>(key(customer, id));
    item.put("ward", AttributeValue.fromS("east"));
    item.put("finding", AttributeValue.fromS("healthy " + id));
    return item;
  }
}
