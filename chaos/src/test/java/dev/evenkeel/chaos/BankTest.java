package dev.evenkeel.chaos;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Transactions of one and of two replication groups while their coordinators, the groups' leaders
/// and the ledger's leader are killed and stand still.
@Tag("chaos")
class BankTest {
  private static final boolean LONG = Boolean.getBoolean("chaos.long");
  private static final int ROUNDS = LONG ? 3 : 1;

  @TempDir private Path folder;

  @Test
  void moneyIsNeitherMadeNorLost() throws Exception {
    RegionRun.of(
        BankTest.class,
        new RegionProcesses(folder, RegionSetup.plain().withTables(Account.TABLES.size())),
        BankLoad::new,
        faults -> {
          for (int i = 0; i < ROUNDS; i++) {
            faults.killEach();
            faults.pauseLeader();
          }
          faults.awaitWhole();
        });
  }
}
