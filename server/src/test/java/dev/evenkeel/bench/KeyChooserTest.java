package dev.evenkeel.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KeyChooserTest {
  private static final int DRAWS = 400_000;
  private static final int KEYS = 1_000;

  @Test
  void zetaMatchesTheSumAndYcsbsConstant() {
    Zipfian zipfian = new Zipfian(Zipfian.EXPONENT);
    double sum = 0;
    for (int i = 1; i <= 1_000_000; i++) {
      sum += Math.pow(i, -Zipfian.EXPONENT);
    }
    assertThat(zipfian.zeta(1_000_000)).isCloseTo(sum, within(1e-9));
    assertThat(zipfian.zeta(10_000_000_000L)).isCloseTo(26.46902820178302, within(1e-6));
  }

  @Test
  void zipfianRanksFollowThePowerLaw() {
    SplittableRandom random = new SplittableRandom(1);
    Zipfian zipfian = new Zipfian(Zipfian.EXPONENT);
    int[] counts = new int[KEYS];
    for (int i = 0; i < DRAWS; i++) {
      counts[(int) zipfian.next(random, KEYS)]++;
    }
    double zeta = zipfian.zeta(KEYS);
    assertThat(counts[0] / (double) DRAWS).isCloseTo(1 / zeta, within(0.005));
    assertThat(counts[1] / (double) DRAWS)
        .isCloseTo(Math.pow(2, -Zipfian.EXPONENT) / zeta, within(0.005));
    double expectedHead = zipfian.zeta(100) / zeta;
    int head = Arrays.stream(counts, 0, 100).sum();
    assertThat(head / (double) DRAWS).isCloseTo(expectedHead, within(0.02));
  }

  @Test
  void scrambledZipfianIsHotButSpread() {
    int[] counts = counts(KeyChooser.of(Distribution.ZIPFIAN));
    int hottest = Arrays.stream(counts).max().orElseThrow();
    assertThat(hottest / (double) DRAWS).isCloseTo(1 / 26.469, within(0.006));
    int[] hotKeys = new int[KEYS];
    int hot = 0;
    for (int key = 0; key < KEYS; key++) {
      if (counts[key] > DRAWS / 250) {
        hotKeys[hot++] = key;
      }
    }
    assertThat(hot).isBetween(5, 30);
    assertThat(hotKeys[hot - 1] - hotKeys[0]).isGreaterThan(KEYS / 3);
    assertThat(Arrays.stream(counts).filter(count -> count == 0).count()).isZero();
  }

  @Test
  void latestPrefersTheNewest() {
    int[] counts = counts(KeyChooser.of(Distribution.LATEST));
    int newest = Arrays.stream(counts, KEYS - 10, KEYS).sum();
    int oldest = Arrays.stream(counts, 0, 10).sum();
    assertThat(newest).isGreaterThan(20 * oldest);
    assertThat(counts[KEYS - 1]).isEqualTo(Arrays.stream(counts).max().orElseThrow());
  }

  @Test
  void uniformIsUniform() {
    for (int count : counts(KeyChooser.of(Distribution.UNIFORM))) {
      assertThat(count).isBetween(DRAWS / KEYS * 6 / 10, DRAWS / KEYS * 14 / 10);
    }
  }

  @Test
  void everyChooserStaysInRangeFromOneKeyOn() {
    for (Distribution distribution : Distribution.values()) {
      SplittableRandom random = new SplittableRandom(3);
      KeyChooser chooser = KeyChooser.of(distribution);
      for (int count = 1; count < 2_000; count++) {
        assertThat(chooser.next(random, count)).isBetween(0L, count - 1L);
      }
    }
  }

  private static int[] counts(KeyChooser chooser) {
    SplittableRandom random = new SplittableRandom(2);
    int[] counts = new int[KEYS];
    for (int i = 0; i < DRAWS; i++) {
      counts[(int) chooser.next(random, KEYS)]++;
    }
    return counts;
  }
}
