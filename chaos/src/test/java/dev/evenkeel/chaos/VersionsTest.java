package dev.evenkeel.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The judge of what consumers got.
class VersionsTest {
  private static final int KEYS = 2;
  private static final int ROUNDS = 3;

  private final List<StreamConsumer.Line> all = new ArrayList<>();

  VersionsTest() {
    for (int round = 1; round <= ROUNDS; round++) {
      for (int key = 0; key < KEYS; key++) {
        all.add(new StreamConsumer.Line("0" + all.size(), "key-" + key, Integer.toString(round)));
      }
    }
  }

  private static void assertRefused(List<StreamConsumer.Line> lines) {
    assertThatThrownBy(() -> Versions.verify(lines, KEYS, ROUNDS))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void eachVersionOnceIsRight() {
    assertThat(Versions.verify(all, KEYS, ROUNDS)).isZero();
    assertThat(Versions.hasAll(all, all.size())).isTrue();
    assertThat(Versions.hasAll(all, all.size() + 1)).isFalse();
  }

  @Test
  void aMissingVersionIsFound() {
    for (int i = 0; i < all.size(); i++) {
      List<StreamConsumer.Line> lines = new ArrayList<>(all);
      lines.remove(i);
      assertRefused(lines);
    }
  }

  @Test
  void versionsOutOfOrderAreFound() {
    List<StreamConsumer.Line> lines = new ArrayList<>(all);
    lines.add(lines.remove(2));
    assertRefused(lines);
  }

  @Test
  void goingBackIsCountedAndMustLeaveNothingOut() {
    List<StreamConsumer.Line> lines = new ArrayList<>(all.subList(0, 4));
    lines.addAll(all.subList(2, all.size()));
    assertThat(Versions.verify(lines, KEYS, ROUNDS)).isEqualTo(1);
    lines.remove(5);
    assertRefused(lines);
  }
}
