package dev.evenkeel.simulation.invariant;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The check itself: histories that no order of transactions explains are refused.
class SerializabilityTest {
  private final Serializability order = new Serializability();

  private void append(String element, long invoked, long returned) {
    order.append(element, invoked);
    order.appended(element, returned);
  }

  private void refused(String why) {
    assertThatThrownBy(order::check).isInstanceOf(AssertionError.class).hasMessageContaining(why);
  }

  @Test
  void anOrderThatExistsIsFound() {
    append("a", 1, 5);
    append("b", 2, 6);
    order.read(Map.of("x", List.of("b"), "y", List.of("b")), 3, 4);
    order.read(Map.of("x", List.of("b", "a"), "y", List.of("b")), 7, 8);
    assertThatCode(order::check).doesNotThrowAnyException();
  }

  @Test
  void halfOfATransactionIsRefused() {
    append("a", 1, 2);
    append("b", 3, 9);
    order.read(Map.of("x", List.of("a", "b"), "y", List.of("a")), 4, 5);
    order.read(Map.of("x", List.of("a", "b"), "y", List.of("a", "b")), 10, 11);
    refused("a cycle");
  }

  @Test
  void appendsInDifferentOrdersAreRefused() {
    append("a", 1, 5);
    append("b", 1, 5);
    order.read(Map.of("x", List.of("a", "b"), "y", List.of("b", "a")), 6, 7);
    refused("a cycle");
  }

  @Test
  void readsThatSeeDifferentOrdersAreRefused() {
    append("a", 1, 9);
    append("b", 1, 9);
    order.read(Map.of("x", List.of("a"), "y", List.of()), 2, 8);
    order.read(Map.of("x", List.of(), "y", List.of("b")), 2, 8);
    order.read(Map.of("x", List.of("a"), "y", List.of("b")), 10, 11);
    refused("a cycle");
  }

  @Test
  void whatWasAcknowledgedAndIsNotSeenIsRefused() {
    append("a", 1, 2);
    order.read(Map.of("x", List.of()), 3, 4);
    order.read(Map.of("x", List.of("a")), 5, 6);
    refused("a cycle");
  }

  @Test
  void whatWasRefusedAndIsSeenIsRefused() {
    order.append("a", 1);
    order.notAppended("a");
    order.read(Map.of("x", List.of("a")), 3, 4);
    refused("appended by nobody");
  }

  @Test
  void whatIsThereTwiceIsRefused() {
    append("a", 1, 2);
    order.read(Map.of("x", List.of("a", "a")), 3, 4);
    refused("twice");
  }

  @Test
  void aListThatLosesAnElementIsRefused() {
    append("a", 1, 2);
    append("b", 3, 4);
    order.read(Map.of("x", List.of("a")), 5, 6);
    assertThatThrownBy(() -> order.read(Map.of("x", List.of("b")), 7, 8))
        .isInstanceOf(AssertionError.class);
  }
}
