package dev.evenkeel.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The attributes that make a primary key, or the key of an index.
///
/// @param partition the partition key
/// @param sort the sort key, or null
public record KeySchema(KeyAttribute partition, @Nullable KeyAttribute sort) {
  /// A key attribute: name and type; the type is S, N or B.
  public record KeyAttribute(String name, AttributeValue.Type type) {
    /// Bytes of a key's value, by which its length is limited; a number is never empty or too long.
    public static int bytes(AttributeValue value) {
      return switch (value) {
        case AttributeValue.S(var text) -> text.getBytes(UTF_8).length;
        case AttributeValue.B(var bytes) -> bytes.length();
        default -> 1;
      };
    }
  }

  public boolean hasSort() {
    return sort != null;
  }

  /// Number of attributes: 1 or 2.
  public int size() {
    return sort == null ? 1 : 2;
  }

  public boolean contains(String name) {
    return partition.name().equals(name) || (sort != null && sort.name().equals(name));
  }

  /// Partition key first.
  public List<KeyAttribute> attributes() {
    return sort == null ? List.of(partition) : List.of(partition, sort);
  }
}
