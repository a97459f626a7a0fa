package dev.evenkeel.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.AttributeValue.Bytes;
import dev.evenkeel.replica.Mark;
import dev.evenkeel.replica.Transaction;
import dev.evenkeel.replica.TransactionId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What the ledger says of one transaction.
class LedgerEntryTest {
  private static final Transaction ONE = new Transaction(new TransactionId(1_000, -1), "token/a");
  private static final LedgerEntry BEGUN =
      LedgerEntry.begun(
          ONE,
          new Bytes(new byte[] {1, 2}),
          new LedgerEntry.Scope(List.of(3L, Long.MAX_VALUE), false, 0));
  private static final LedgerEntry ALONE =
      LedgerEntry.begun(
          ONE, new Bytes(new byte[] {1}), new LedgerEntry.Scope(List.of(3L), true, 17));

  @Test
  void anItemSaysAllOfAnEntryThatBegins() {
    assertThat(LedgerEntry.of(BEGUN.item())).isEqualTo(BEGUN);
    assertThat(LedgerEntry.of(ALONE.item())).isEqualTo(ALONE);
  }

  @Test
  void anEntryIsOfItsTransactionOnly() {
    Transaction sameToken = new Transaction(new TransactionId(1_000, 2), ONE.ledgerKey());
    assertThat(BEGUN.isOf(ONE)).isTrue();
    assertThat(BEGUN.isOf(sameToken)).isFalse();
  }

  @Test
  void theMarkOfATransactionOfOneGroupNamesItsEpoch() {
    assertThat(ALONE.mark()).isEqualTo(new Mark(ONE, 17));
  }

  @Test
  void aCommitKeepsAllButStateAndTime() {
    LedgerEntry committed = BEGUN.committed(5);
    assertThat(committed)
        .isEqualTo(
            new LedgerEntry(ONE, BEGUN.digest(), LedgerEntry.State.COMMITTED, BEGUN.scope(), 5));
  }

  @Test
  void whatIsNoEntryIsRefused() {
    assertThatThrownBy(
            () -> LedgerEntry.of(BinaryItem.of(Map.of("k", new AttributeValue.S("token/a")))))
        .isInstanceOf(IllegalStateException.class);
  }
}
