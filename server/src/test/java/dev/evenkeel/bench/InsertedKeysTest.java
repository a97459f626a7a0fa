package dev.evenkeel.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InsertedKeysTest {
  @Test
  void countGrowsOnlyOverAnUnbrokenRunOfAnswers() {
    InsertedKeys keys = new InsertedKeys(10);
    long first = keys.take();
    long second = keys.take();
    long third = keys.take();
    assertThat(first).isEqualTo(10);
    keys.answered(third);
    keys.answered(second);
    assertThat(keys.count()).isEqualTo(10);
    keys.answered(first);
    assertThat(keys.count()).isEqualTo(13);
  }
}
