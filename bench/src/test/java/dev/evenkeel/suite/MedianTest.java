package dev.evenkeel.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MedianTest {
  @Test
  void isTheMiddleOrTheMeanOfTheTwoInTheMiddle() {
    assertThat(Median.of(List.of(9, 1, 5), Integer::doubleValue)).isEqualTo(5);
    assertThat(Median.of(List.of(9, 1, 5, 7), Integer::doubleValue)).isEqualTo(6);
  }

  @Test
  void ratiosArePairedBeforeTheMedian() {
    double[] above = {2, 40, 3};
    double[] below = {1, 20, 1};
    assertThat(Median.ofRatios(above, below)).isEqualTo(2);
  }
}
