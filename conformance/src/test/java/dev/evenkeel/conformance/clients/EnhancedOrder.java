package dev.evenkeel.conformance.clients;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.extensions.annotations.DynamoDbVersionAttribute;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbBean;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbPartitionKey;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbSecondaryPartitionKey;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbSecondarySortKey;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbSortKey;

/// A bean of the enhanced client: an order, with an index of each kind.
@DynamoDbBean
public class EnhancedOrder {
  static final String BY_PLACED = "by-placed";
  static final String BY_STATE = "by-state";

  private String customer = "";
  private int id;
  private @Nullable String state;
  private @Nullable Instant placed;
  private @Nullable Set<String> tags;
  private @Nullable Long version;

  public static EnhancedOrder of(String customer, int id) {
    EnhancedOrder order = new EnhancedOrder();
    order.setCustomer(customer);
    order.setId(id);
    order.setPlaced(Instant.ofEpochSecond(1_000_000_000L - id));
    return order;
  }

  @DynamoDbPartitionKey
  public String getCustomer() {
    return customer;
  }

  public void setCustomer(String customer) {
    this.customer = customer;
  }

  @DynamoDbSortKey
  @DynamoDbSecondarySortKey(indexNames = BY_STATE)
  public int getId() {
    return id;
  }

  public void setId(int id) {
    this.id = id;
  }

  @DynamoDbSecondaryPartitionKey(indexNames = BY_STATE)
  public @Nullable String getState() {
    return state;
  }

  public void setState(@Nullable String state) {
    this.state = state;
  }

  @DynamoDbSecondarySortKey(indexNames = BY_PLACED)
  public @Nullable Instant getPlaced() {
    return placed;
  }

  public void setPlaced(@Nullable Instant placed) {
    this.placed = placed;
  }

  public @Nullable Set<String> getTags() {
    return tags;
  }

  public void setTags(@Nullable Set<String> tags) {
    this.tags = tags;
  }

  @DynamoDbVersionAttribute
  public @Nullable Long getVersion() {
    return version;
  }

  public void setVersion(@Nullable Long version) {
    this.version = version;
  }
}
