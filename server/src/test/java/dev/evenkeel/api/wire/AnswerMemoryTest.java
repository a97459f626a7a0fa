package dev.evenkeel.api.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnswerMemoryTest {
  private static final int LARGE = 50_000;

  @Test
  void arraysAreOneAnswersAtATime() {
    Set<byte[]> taken = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 40; i++) {
        assertThat(taken.add(AnswerMemory.take(LARGE))).isTrue();
      }
      taken.forEach(AnswerMemory::giveBack);
      taken.clear();
    }
  }

  @Test
  void anArrayIsLargeEnoughAndASmallAnswerHasItsOwn() {
    for (int bytes : new int[] {0, 1_000, LARGE, AnswerMemory.ARRAY_BYTES, 1 << 20}) {
      assertThat(AnswerMemory.take(bytes)).hasSizeGreaterThanOrEqualTo(bytes);
    }
    assertThat(AnswerMemory.take(1_000)).hasSize(1_000);
  }

  @Test
  void anAnswerInUsedMemoryHasNothingOfTheFormerOne() {
    JsonOut former = JsonOut.start(LARGE).string("A", "x".repeat(LARGE)).finish();
    JsonOut.recycle(former.bytes());
    JsonOut out = JsonOut.start(LARGE).number("B", 1).finish();
    assertThat(new String(out.bytes(), 0, out.length(), UTF_8)).isEqualTo("{\"B\":1}");
  }
}
