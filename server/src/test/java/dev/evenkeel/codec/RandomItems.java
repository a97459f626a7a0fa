package dev.evenkeel.codec;

import dev.evenkeel.model.AttributeValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/// Items of every type, small, with awkward names and values.
public final class RandomItems {
  private static final int DEPTH_MAX = 4;

  private RandomItems() {}

  public static Map<String, AttributeValue> item(Random random) {
    return map(random, 0);
  }

  public static AttributeValue value(Random random) {
    return value(random, 0);
  }

  public static BigDecimal number(Random random) {
    int digits = 1 + random.nextInt(38);
    BigInteger unscaled = new BigInteger(digits * 3, random).mod(BigInteger.TEN.pow(digits));
    int exponent = random.nextInt(40) - 20;
    BigDecimal number = new BigDecimal(unscaled, -exponent);
    return random.nextBoolean() ? number : number.negate();
  }

  public static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(8); left > 0; left--) {
      switch (random.nextInt(5)) {
        case 0 -> text.append((char) random.nextInt(3));
        case 1 -> text.appendCodePoint(0x1F600 + random.nextInt(16));
        case 2 -> text.append((char) (0xE0 + random.nextInt(30)));
        default -> text.append((char) ('a' + random.nextInt(4)));
      }
    }
    return text.toString();
  }

  public static AttributeValue.Bytes blob(Random random) {
    byte[] bytes = new byte[random.nextInt(6)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (random.nextBoolean() ? random.nextInt(3) : 253 + random.nextInt(3));
    }
    return new AttributeValue.Bytes(bytes);
  }

  private static Map<String, AttributeValue> map(Random random, int depth) {
    Map<String, AttributeValue> map = new LinkedHashMap<>();
    for (int left = random.nextInt(6); left > 0; left--) {
      map.put(text(random) + (char) ('a' + random.nextInt(4)), value(random, depth + 1));
    }
    return map;
  }

  private static AttributeValue value(Random random, int depth) {
    return switch (random.nextInt(depth >= DEPTH_MAX ? 8 : 10)) {
      case 0 -> new AttributeValue.S(text(random));
      case 1 -> new AttributeValue.N(number(random));
      case 2 -> new AttributeValue.B(blob(random));
      case 3 -> new AttributeValue.Bool(random.nextBoolean());
      case 4 -> AttributeValue.Null.INSTANCE;
      case 5 -> new AttributeValue.SS(some(random, () -> text(random)));
      case 6 -> new AttributeValue.NS(some(random, () -> number(random)));
      case 7 -> new AttributeValue.BS(some(random, () -> blob(random)));
      case 8 -> AttributeValue.M.of(map(random, depth));
      default -> {
        List<AttributeValue> values = new ArrayList<>();
        for (int left = random.nextInt(4); left > 0; left--) {
          values.add(value(random, depth + 1));
        }
        yield new AttributeValue.L(values);
      }
    };
  }

  private static <T> List<T> some(Random random, Supplier<T> element) {
    List<T> values = new ArrayList<>();
    for (int left = 1 + random.nextInt(4); left > 0; left--) {
      values.add(element.get());
    }
    return values;
  }
}
