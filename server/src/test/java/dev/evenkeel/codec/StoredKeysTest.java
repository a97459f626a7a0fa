package dev.evenkeel.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.AttributeValue;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StoredKeysTest {
  private static final AttributeValue PARTITION = new AttributeValue.S("p");

  @Test
  void sortKeysOrderAsTheApiOrdersThem() {
    for (long seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      BigDecimal a = RandomItems.number(random);
      BigDecimal b = random.nextInt(4) == 0 ? a.add(BigDecimal.ONE) : RandomItems.number(random);
      check(seed, new AttributeValue.N(a), new AttributeValue.N(b), a.compareTo(b));
      AttributeValue.Bytes x = RandomItems.blob(random);
      AttributeValue.Bytes y = RandomItems.blob(random);
      check(seed, new AttributeValue.B(x), new AttributeValue.B(y), x.compareTo(y));
    }
  }

  @Test
  void extremeNumbersKeepTheirOrder() {
    List<String> ascending =
        List.of(
            "-9.9999999999999999999999999999999999999E+125",
            "-1E+125",
            "-100",
            "-99",
            "-10",
            "-9.5",
            "-1",
            "-0.1",
            "-1E-130",
            "0",
            "1E-130",
            "0.1",
            "1",
            "1.01",
            "1.1",
            "9.5",
            "10",
            "99",
            "100",
            "9.9999999999999999999999999999999999999E+125");
    for (int i = 0; i + 1 < ascending.size(); i++) {
      check(
          i, AttributeValue.N.of(ascending.get(i)), AttributeValue.N.of(ascending.get(i + 1)), -1);
    }
  }

  @Test
  void aCollectionHoldsItsItemsAndNoOthers() {
    StoredKeys.Range collection = StoredKeys.collection(7, PARTITION);
    for (long seed = 0; seed < 500; seed++) {
      AttributeValue sort = new AttributeValue.B(RandomItems.blob(new Random(seed)));
      assertThat(holds(collection, StoredKeys.item(7, PARTITION, sort))).isTrue();
      assertThat(holds(collection, StoredKeys.item(8, PARTITION, sort))).isFalse();
      assertThat(holds(collection, StoredKeys.item(7, new AttributeValue.S("p\0"), sort)))
          .isFalse();
    }
  }

  @Test
  void aPrefixRangeHoldsExactlyWhatBeginsWithIt() {
    StoredKeys.Range collection = StoredKeys.collection(7, PARTITION);
    for (long seed = 0; seed < 5_000; seed++) {
      Random random = new Random(seed);
      AttributeValue.Bytes prefix = RandomItems.blob(random);
      AttributeValue.Bytes value = RandomItems.blob(random);
      StoredKeys.Range range = StoredKeys.beginningWith(collection, new AttributeValue.B(prefix));
      boolean begins =
          value.length() >= prefix.length()
              && Arrays.equals(
                  value.array(), 0, prefix.length(), prefix.array(), 0, prefix.length());
      byte[] key = StoredKeys.item(7, PARTITION, new AttributeValue.B(value));
      assertThat(holds(range, key)).as("seed %d", seed).isEqualTo(begins);
    }
  }

  @Test
  void aBoundedRangeHoldsExactlyWhatLiesWithin() {
    StoredKeys.Range collection = StoredKeys.collection(7, PARTITION);
    for (long seed = 0; seed < 5_000; seed++) {
      Random random = new Random(seed);
      AttributeValue.N low = AttributeValue.N.of(random.nextInt(7));
      AttributeValue.N high = AttributeValue.N.of(random.nextInt(7));
      AttributeValue.N value = AttributeValue.N.of(random.nextInt(7));
      boolean lowIncluded = random.nextBoolean();
      boolean highIncluded = random.nextBoolean();
      int above = value.value().compareTo(low.value());
      int below = value.value().compareTo(high.value());
      boolean within =
          (lowIncluded ? above >= 0 : above > 0) && (highIncluded ? below <= 0 : below < 0);
      StoredKeys.Range range = StoredKeys.between(collection, low, lowIncluded, high, highIncluded);
      assertThat(holds(range, StoredKeys.item(7, PARTITION, value))).isEqualTo(within);
    }
  }

  @Test
  void segmentsCoverTheTableWithoutOverlap() {
    for (int segments : new int[] {1, 2, 3, 7, 1000, 1_000_000}) {
      StoredKeys.Range all = StoredKeys.all(7, StoredKeys.Kind.ITEM);
      byte[] end = null;
      for (int i = 0; i < Math.min(segments, 50); i++) {
        StoredKeys.Range range = StoredKeys.segment(7, i, segments);
        if (end != null) {
          assertThat(range.from()).isEqualTo(end);
        }
        end = range.to();
      }
      assertThat(StoredKeys.segment(7, segments - 1, segments).to()).isEqualTo(all.to());
    }
  }

  @Test
  void segmentsOfAnIndexHoldItsEntriesAndNoOthers() {
    StoredKeys.Range whole = StoredKeys.segment(7, 2, 0, 1);
    for (int index = 1; index <= 5; index++) {
      byte[] key = StoredKeys.localIndexEntry(7, PARTITION, index, PARTITION, null);
      assertThat(holds(whole, key)).isEqualTo(index == 2);
    }
  }

  private static void check(long seed, AttributeValue a, AttributeValue b, int order) {
    byte[] keyA = StoredKeys.item(7, PARTITION, a);
    byte[] keyB = StoredKeys.item(7, PARTITION, b);
    assertThat(Integer.signum(Arrays.compareUnsigned(keyA, keyB)))
        .as("seed %d: %s against %s", seed, a, b)
        .isEqualTo(Integer.signum(order));
  }

  private static boolean holds(StoredKeys.Range range, byte[] key) {
    return Arrays.compareUnsigned(range.from(), key) <= 0
        && Arrays.compareUnsigned(key, range.to()) < 0;
  }
}
