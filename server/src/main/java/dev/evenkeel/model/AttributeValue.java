package dev.evenkeel.model;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// A value of an attribute, as a tree.
///
/// Equality is DynamoDB's: numbers by value, sets without regard to order, lists with it, maps by
/// their entries.
///
/// Source: [Naming rules and data
/// types](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html)
public sealed interface AttributeValue {
  /// The type as the wire and `attribute_type` name it.
  Type type();

  /// The ten types; `name()` is the wire's descriptor.
  enum Type {
    S,
    N,
    B,
    SS,
    NS,
    BS,
    M,
    L,
    NULL,
    BOOL
  }

  record S(String value) implements AttributeValue {
    @Override
    public Type type() {
      return Type.S;
    }
  }

  /// Invariant: `value` is canonical (see [Numbers#canonical]), so that equal numbers are equal
  /// records.
  record N(BigDecimal value) implements AttributeValue {
    public N {
      value = Numbers.canonical(value);
    }

    @Override
    public Type type() {
      return Type.N;
    }

    public static N of(String text) {
      return new N(Numbers.parse(text));
    }

    public static N of(long value) {
      return new N(BigDecimal.valueOf(value));
    }
  }

  /// Bytes with equality by content and unsigned lexicographic order. The array is never changed.
  record B(Bytes value) implements AttributeValue {
    public static B of(byte... bytes) {
      return new B(new Bytes(bytes));
    }

    @Override
    public Type type() {
      return Type.B;
    }
  }

  record Bool(boolean value) implements AttributeValue {
    @Override
    public Type type() {
      return Type.BOOL;
    }
  }

  record Null() implements AttributeValue {
    public static final Null INSTANCE = new Null();

    @Override
    public Type type() {
      return Type.NULL;
    }
  }

  /// Invariant: not empty, no duplicates, in natural order.
  record SS(List<String> values) implements AttributeValue {
    public SS {
      values = sorted(values);
    }

    @Override
    public Type type() {
      return Type.SS;
    }
  }

  /// Invariant: not empty, no duplicates, canonical numbers in numeric order.
  record NS(List<BigDecimal> values) implements AttributeValue {
    public NS {
      values = sorted(values.stream().map(Numbers::canonical).toList());
    }

    @Override
    public Type type() {
      return Type.NS;
    }
  }

  /// Invariant: not empty, no duplicates, in unsigned byte order.
  record BS(List<Bytes> values) implements AttributeValue {
    public BS {
      values = sorted(values);
    }

    @Override
    public Type type() {
      return Type.BS;
    }
  }

  record L(List<AttributeValue> values) implements AttributeValue {
    public L {
      values = List.copyOf(values);
    }

    @Override
    public Type type() {
      return Type.L;
    }
  }

  /// Keeps the order in which the entries were given; equality does not look at it.
  record M(SequencedMap<String, AttributeValue> values) implements AttributeValue {
    public M {
      values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
    }

    public static M of(Map<String, AttributeValue> values) {
      return new M(new LinkedHashMap<>(values));
    }

    @Override
    public Type type() {
      return Type.M;
    }
  }

  /// Immutable bytes, compared as unsigned.
  final class Bytes implements Comparable<Bytes> {
    private final byte[] bytes;

    /// Takes the array over; the caller must not change it afterwards.
    @SuppressWarnings("ArrayIsStoredDirectly")
    public Bytes(byte[] bytes) {
      this.bytes = bytes;
    }

    /// The array itself, not a copy: read only.
    public byte[] array() {
      return bytes;
    }

    public int length() {
      return bytes.length;
    }

    @Override
    public int compareTo(Bytes other) {
      return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
      return java.util.HexFormat.of().formatHex(bytes);
    }
  }

  private static <T extends Comparable<? super T>> List<T> sorted(Collection<T> values) {
    return values.stream().sorted().distinct().toList();
  }
}
