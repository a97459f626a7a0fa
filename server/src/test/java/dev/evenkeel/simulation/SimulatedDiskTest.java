package dev.evenkeel.simulation;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.environment.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SimulatedDiskTest {
  private final SimulatedDisk disk = SimulatedDisk.inline(1);

  @Test
  void whatWasNotSyncedIsGoneAfterACrash() throws IOException {
    Disk.File file = created("f");
    write(file, 0, "old");
    sync(file);
    write(file, 0, "new");
    assertThat(text("f")).isEqualTo("new");
    disk.crash(CrashLoss.EVERYTHING);
    assertThat(text("f")).isEqualTo("old");
  }

  @Test
  void aProcessThatDiesLeavesThePageCache() throws IOException {
    write(created("f"), 0, "new");
    disk.kill();
    assertThat(text("f")).isEqualTo("new");
    disk.crash(CrashLoss.EVERYTHING);
    assertThat(text("f")).isEmpty();
  }

  @Test
  void aNameIsGoneUnlessItsFolderWasSynced() throws IOException {
    created("a/g");
    sync(disk.open("a/f"));
    disk.rename("a/g", "a/h");
    disk.crash(CrashLoss.EVERYTHING);
    assertThat(disk.list("a")).containsExactly("g");
    disk.delete("a/g");
    disk.crash(CrashLoss.EVERYTHING);
    assertThat(disk.list("a")).containsExactly("g");
  }

  @Test
  void namesSurviveAsAPrefixOfTheirChanges() {
    Set<List<String>> seen = new HashSet<>();
    for (int seed = 0; seed < 200; seed++) {
      SimulatedDisk each = SimulatedDisk.inline(seed);
      assertThat(List.of("a", "b")).allSatisfy(each::open);
      each.crash(CrashLoss.ARBITRARY);
      seen.add(each.list(""));
    }
    assertThat(seen).containsExactlyInAnyOrder(List.of(), List.of("a"), List.of("a", "b"));
  }

  @Test
  void aFailedSyncLosesItsSectorsAndTakesThemForClean() throws IOException {
    Disk.File file = created("f");
    write(file, 0, "x".repeat(64 * 512));
    disk.faults().failNext(DiskFaults.Operation.SYNC);
    assertThat(problemOfSync(file)).hasMessageContaining("Input/output error");
    assertThat(text("f")).doesNotContain("\0");
    assertThat(problemOfSync(file)).isNull();
    disk.crash(CrashLoss.EVERYTHING);
    assertThat(text("f")).contains("\0").contains("x");
  }

  @Test
  void aSyncCoversWhatWasWrittenBeforeItBegan() throws IOException {
    Queue<Runnable> pending = new ArrayDeque<>();
    SimulatedDisk late = new SimulatedDisk(new SplittableRandom(1), pending::add);
    Disk.File file = late.open("f");
    late.syncFolder("");
    write(file, 0, "before");
    List<String> ended = new ArrayList<>();
    file.sync(problem -> ended.add("sync"));
    write(file, 0, "after");
    assertThat(ended).isEmpty();
    pending.remove().run();
    assertThat(ended).containsExactly("sync");
    assertThat(new String(late.durableCopy().contents("f"), US_ASCII)).isEqualTo("before");
    file.sync(problem -> ended.add("too late"));
    late.crash(CrashLoss.EVERYTHING);
    pending.remove().run();
    assertThat(ended).containsExactly("sync");
  }

  @Test
  void unsyncedSectorsAreKeptDroppedTornOrGarbage() throws IOException {
    Disk.File file = created("f");
    write(file, 0, "o".repeat(1000 * 512));
    sync(file);
    write(file, 0, "n".repeat(1000 * 512));
    disk.crash(CrashLoss.ARBITRARY);
    String after = text("f");
    int[] counts = new int[4];
    for (int sector = 0; sector < 1000; sector++) {
      String part = after.substring(sector * 512, sector * 512 + 512);
      boolean old = part.contains("o");
      boolean written = part.contains("n");
      boolean other = !part.replace("o", "").replace("n", "").isEmpty();
      counts[other ? 3 : old && written ? 2 : old ? 1 : 0]++;
    }
    assertThat(counts[0]).isBetween(300, 500);
    assertThat(counts[1]).isBetween(300, 500);
    assertThat(counts[2]).isBetween(50, 150);
    assertThat(counts[3]).isBetween(50, 150);
  }

  @Test
  void aFullDiskRefusesGrowthAndTakesOverwrites() throws IOException {
    Disk.File file = created("f");
    write(file, 0, "12345678");
    disk.faults().capacityBytes(10);
    assertThat(disk.freeBytes()).isEqualTo(2);
    write(file, 0, "abcdefgh");
    assertThatThrownBy(() -> write(file, 8, "xyz")).hasMessageContaining("No space left on device");
    assertThat(text("f")).isEqualTo("abcdefgh");
    disk.faults().capacityBytes(11);
    write(file, 8, "xyz");
  }

  @Test
  void powerCanBeLostAtAnyOperation() throws IOException {
    Disk.File file = created("f");
    disk.faults().powerLossAtOperation(2);
    write(file, 0, "one");
    assertThatThrownBy(() -> write(file, 0, "two")).isInstanceOf(PowerLoss.class);
    assertThatThrownBy(() -> disk.open("g")).isInstanceOf(PowerLoss.class);
    disk.crash(CrashLoss.NOTHING);
    assertThat(text("f")).isEqualTo("one");
    assertThatThrownBy(() -> write(file, 0, "three")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aFlippedBitIsThereAfterACrashToo() throws IOException {
    Disk.File file = created("f");
    write(file, 0, "a".repeat(600));
    sync(file);
    disk.flip("f", 599, 1);
    disk.crash(CrashLoss.EVERYTHING);
    assertThat(text("f")).isEqualTo("a".repeat(599) + "c");
  }

  @Test
  void behavesLikeAFileWhileNothingFails() throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    byte[] model = new byte[5000];
    Disk.File file = created("f");
    for (int i = 0; i < 1000; i++) {
      int from = random.nextInt(model.length);
      byte[] bytes = new byte[random.nextInt(model.length - from + 1)];
      if (random.nextBoolean()) {
        random.nextBytes(bytes);
      }
      System.arraycopy(bytes, 0, model, from, bytes.length);
      file.write(from, ByteBuffer.wrap(bytes));
      if (random.nextInt(10) == 0) {
        sync(file);
        disk.crash(random.nextBoolean() ? CrashLoss.EVERYTHING : CrashLoss.ARBITRARY);
        file = disk.open("f");
      }
    }
    byte[] read = disk.contents("f");
    assertThat(read).isEqualTo(Arrays.copyOf(model, read.length));
  }

  private Disk.File created(String name) throws IOException {
    Disk.File file = disk.open(name);
    int slash = name.lastIndexOf('/');
    disk.syncFolder(slash < 0 ? "" : name.substring(0, slash));
    return file;
  }

  private static void write(Disk.File file, long position, String text) throws IOException {
    file.write(position, ByteBuffer.wrap(text.getBytes(US_ASCII)));
  }

  private static void sync(Disk.File file) {
    assertThat(problemOfSync(file)).isNull();
  }

  private static @Nullable IOException problemOfSync(Disk.File file) {
    List<@Nullable IOException> problems = new ArrayList<>();
    file.sync(problems::add);
    return problems.getFirst();
  }

  private String text(String name) throws IOException {
    return new String(disk.contents(name), java.nio.charset.StandardCharsets.ISO_8859_1);
  }
}
