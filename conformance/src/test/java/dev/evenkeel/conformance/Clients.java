package dev.evenkeel.conformance;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/// Clients as applications make them: no special settings but the endpoint. Shared by all tests.
public final class Clients {
  public static final DynamoDbClient SYNC = sync(Endpoint.uri());
  public static final DynamoDbAsyncClient ASYNC =
      DynamoDbAsyncClient.builder()
          .endpointOverride(Endpoint.uri())
          .region(Region.of(Endpoint.region()))
          .credentialsProvider(credentials())
          .build();
  public static final DynamoDbEnhancedClient ENHANCED =
      DynamoDbEnhancedClient.builder().dynamoDbClient(SYNC).build();

  static final DynamoDbStreamsClient STREAMS =
      DynamoDbStreamsClient.builder()
          .endpointOverride(Endpoint.uri())
          .region(Region.of(Endpoint.region()))
          .credentialsProvider(credentials())
          .build();

  private Clients() {}

  public static DynamoDbClient sync(URI endpoint) {
    return DynamoDbClient.builder()
        .endpointOverride(endpoint)
        .region(Region.of(Endpoint.region()))
        .credentialsProvider(credentials())
        .build();
  }

  /// Those of the environment where an endpoint was named that asks for some, else any.
  public static AwsCredentialsProvider credentials() {
    return System.getenv("AWS_ACCESS_KEY_ID") == null
        ? StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any"))
        : DefaultCredentialsProvider.builder().build();
  }
}
