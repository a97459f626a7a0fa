package dev.evenkeel.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.environment.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskTest {
  /// What both kinds of disk do alike.
  abstract static class Contract {
    abstract Disk disk() throws IOException;

    @Test
    void whatWasWrittenIsReadBack() throws IOException {
      Disk disk = disk();
      disk.createFolder("wal/old");
      try (Disk.File file = disk.open("wal/old/a")) {
        file.write(100_000, bytes("tail"));
        file.write(0, bytes("head"));
        assertThat(file.size()).isEqualTo(100_004);
      }
      try (Disk.File file = disk.open("wal/old/a")) {
        assertThat(read(file, 0, 5)).isEqualTo("head\0");
        assertThat(read(file, 99_999, 10)).isEqualTo("\0tail");
        assertThat(read(file, 200_000, 10)).isEmpty();
      }
    }

    @Test
    void writeAcrossBlocksIsReadBack() throws IOException {
      byte[] pattern = new byte[300_000];
      for (int i = 0; i < pattern.length; i++) {
        pattern[i] = (byte) (i * 31 / 7);
      }
      try (Disk.File file = disk().open("a")) {
        file.write(70_001, ByteBuffer.wrap(pattern));
        ByteBuffer into = ByteBuffer.allocate(pattern.length);
        assertThat(file.read(70_001, into)).isEqualTo(pattern.length);
        assertThat(into.array()).isEqualTo(pattern);
      }
    }

    @Test
    void folderListsItsFilesInOrder() throws IOException {
      Disk disk = disk();
      disk.createFolder("wal/deep");
      disk.open("wal/b").close();
      disk.open("wal/a").close();
      disk.open("wal/deep/c").close();
      disk.syncFolder("wal");
      assertThat(disk.list("wal")).containsExactly("a", "b");
      assertThat(disk.list("nowhere")).isEmpty();
    }

    @Test
    void renameReplacesItsTarget() throws IOException {
      Disk disk = disk();
      try (Disk.File file = disk.open("from")) {
        file.write(0, bytes("new"));
      }
      try (Disk.File file = disk.open("to")) {
        file.write(0, bytes("longer"));
      }
      disk.rename("from", "to");
      assertThat(disk.exists("from")).isFalse();
      try (Disk.File file = disk.open("to")) {
        assertThat(read(file, 0, 10)).isEqualTo("new");
      }
    }

    @Test
    void deletedFileIsGone() throws IOException {
      Disk disk = disk();
      disk.open("a").close();
      disk.delete("a");
      assertThat(disk.exists("a")).isFalse();
      assertThatThrownBy(() -> disk.delete("a")).isInstanceOf(IOException.class);
    }

    @Test
    void syncReportsBack() throws IOException {
      AtomicBoolean synced = new AtomicBoolean();
      try (Disk.File file = disk().open("a")) {
        file.write(0, bytes("x"));
        file.sync(failure -> synced.set(failure == null));
      }
      assertThat(synced).isTrue();
    }

    @Test
    void diskKnowsItsFreeBytes() throws IOException {
      assertThat(disk().freeBytes()).isPositive();
    }
  }

  @Nested
  class OnFiles extends Contract {
    @TempDir Path root;

    @Override
    Disk disk() throws IOException {
      return FileDisk.open(root);
    }

    @Test
    void failureNamesTheFile() throws IOException {
      Disk disk = disk();
      assertThatThrownBy(() -> disk.open("missing/file")).hasMessageContaining("missing/file");
      Files.createFile(root.resolve("plain"));
      assertThatThrownBy(() -> disk.createFolder("plain")).hasMessageContaining("plain");
    }

    @Test
    void namesCannotLeaveTheDataDirectory() throws IOException {
      Disk disk = disk();
      assertThatThrownBy(() -> disk.open("../outside"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Nested
  class InMemory extends Contract {
    private final MemoryDisk disk = new MemoryDisk(1 << 20);

    @Override
    Disk disk() {
      return disk;
    }

    @Test
    void zerosTakeNoMemory() throws IOException {
      try (Disk.File file = disk.open("a")) {
        file.write(0, ByteBuffer.allocate(8 << 20));
        assertThat(file.size()).isEqualTo(8 << 20);
      }
      assertThat(disk.freeBytes()).isEqualTo(1 << 20);
    }

    @Test
    void fullDiskRefusesWritesAndDeletionMakesRoom() throws IOException {
      byte[] ones = new byte[(1 << 20) + 1];
      java.util.Arrays.fill(ones, (byte) 1);
      try (Disk.File file = disk.open("a")) {
        assertThatThrownBy(() -> file.write(0, ByteBuffer.wrap(ones)))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("no space");
      }
      disk.delete("a");
      assertThat(disk.freeBytes()).isEqualTo(1 << 20);
    }
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  private static String read(Disk.File file, long position, int length) throws IOException {
    ByteBuffer into = ByteBuffer.allocate(length);
    int count = file.read(position, into);
    return new String(into.array(), 0, count, UTF_8);
  }
}
