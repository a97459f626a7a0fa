package dev.evenkeel.conformance.clients;

import com.amazonaws.services.dynamodbv2.datamodeling.DynamoDBHashKey;
import com.amazonaws.services.dynamodbv2.datamodeling.DynamoDBIndexRangeKey;
import com.amazonaws.services.dynamodbv2.datamodeling.DynamoDBRangeKey;
import com.amazonaws.services.dynamodbv2.datamodeling.DynamoDBTable;
import com.amazonaws.services.dynamodbv2.datamodeling.DynamoDBTypeConvertedEnum;
import com.amazonaws.services.dynamodbv2.datamodeling.DynamoDBVersionAttribute;
import java.util.Date;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A class of the mapper of AWS's SDK for Java, version 1: an order, with a local index.
// The mapper knows no newer type of time.
@SuppressWarnings("JavaUtilDate")
@DynamoDBTable(tableName = "orders")
public class MappedOrder {
  private @Nullable String customer;
  private @Nullable Integer id;
  private @Nullable Date placed;
  private @Nullable State state;
  private @Nullable Set<String> tags;
  private @Nullable Long version;

  /// Of an order.
  public enum State {
    OPEN,
    SENT
  }

  public static MappedOrder of(String customer, int id) {
    MappedOrder order = new MappedOrder();
    order.setCustomer(customer);
    order.setId(id);
    order.setPlaced(new Date(1_000_000L * (1_000_000 - id)));
    order.setState(State.OPEN);
    return order;
  }

  @DynamoDBHashKey
  public @Nullable String getCustomer() {
    return customer;
  }

  public void setCustomer(@Nullable String customer) {
    this.customer = customer;
  }

  @DynamoDBRangeKey
  public @Nullable Integer getId() {
    return id;
  }

  public void setId(@Nullable Integer id) {
    this.id = id;
  }

  @DynamoDBIndexRangeKey(localSecondaryIndexName = "by-placed")
  public @Nullable Date getPlaced() {
    return placed;
  }

  public void setPlaced(@Nullable Date placed) {
    this.placed = placed;
  }

  @DynamoDBTypeConvertedEnum
  public @Nullable State getState() {
    return state;
  }

  public void setState(@Nullable State state) {
    this.state = state;
  }

  public @Nullable Set<String> getTags() {
    return tags;
  }

  public void setTags(@Nullable Set<String> tags) {
    this.tags = tags;
  }

  @DynamoDBVersionAttribute
  public @Nullable Long getVersion() {
    return version;
  }

  public void setVersion(@Nullable Long version) {
    this.version = version;
  }
}
