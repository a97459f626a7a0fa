package dev.evenkeel.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.environment.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessKeysTest {
  private static final String SECRET = "0123456789abcdef";
  private static final Clock CLOCK =
      new Clock() {
        @Override
        public long monotonicNanos() {
          return 0;
        }

        @Override
        public long wallMicros() {
          return 1_764_000_000_500_000L;
        }
      };

  @TempDir private Path data;
  private Path folder;

  @BeforeEach
  void nameTheFolder() {
    folder = data.resolve("keys");
  }

  @Test
  void serverWithoutFilesHasNoKeysAndMakesNoFolder() throws IOException {
    AccessKeys keys = AccessKeys.open(folder, CLOCK);
    assertThat(keys.isEmpty()).isTrue();
    assertThat(keys.list()).isEmpty();
    assertThat(keys.remove("AKIANONE")).isFalse();
    assertThat(folder.resolve("access-keys.json")).doesNotExist();
  }

  @Test
  void generatedKeyLooksLikeAws() throws IOException {
    AccessKey key = AccessKeys.open(folder, CLOCK).add();
    assertThat(key.id()).matches("AKIA[A-Z2-7]{16}");
    assertThat(key.secret()).matches("[A-Za-z0-9+/]{40}");
    assertThat(key.created()).isEqualTo(Instant.ofEpochSecond(1_764_000_000));
    assertThat(key.toString()).doesNotContain(key.secret());
  }

  @Test
  void keysSurviveReopenInTheOrderAdded() throws IOException {
    AccessKeys keys = AccessKeys.open(folder, CLOCK);
    AccessKey first = keys.add("ZZZZ", SECRET);
    AccessKey second = keys.add("AAAA", SECRET);
    AccessKeys reopened = AccessKeys.open(folder, CLOCK);
    assertThat(reopened.list()).containsExactly(first, second);
    assertThat(reopened.find("AAAA")).isEqualTo(second);
    assertThat(reopened.remove("ZZZZ")).isTrue();
    assertThat(AccessKeys.open(folder, CLOCK).list()).containsExactly(second);
  }

  @Test
  void runningServerSeesWhatAnotherProcessChanged() throws IOException {
    AccessKeys running = AccessKeys.open(folder, CLOCK);
    AccessKeys commandLine = AccessKeys.open(folder, CLOCK);
    commandLine.add("AAAA", SECRET);
    assertThat(running.find("AAAA")).isNull();
    assertThat(running.refresh()).isTrue();
    assertThat(running.find("AAAA")).isNotNull();
    assertThat(running.refresh()).isFalse();
    commandLine.remove("AAAA");
    assertThat(running.refresh()).isTrue();
    assertThat(running.isEmpty()).isTrue();
  }

  @Test
  void secretsAreNotReadableInTheFileAndFilesArePrivate() throws IOException {
    AccessKeys.open(folder, CLOCK).add("AAAA", SECRET);
    assertThat(Files.readString(folder.resolve("access-keys.json")))
        .contains("AAAA")
        .doesNotContain(SECRET);
    for (String file : new String[] {"access-keys.json", "master.key"}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file))))
          .isEqualTo("rw-------");
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
  }

  @Test
  void secretOfAnotherKeyDoesNotOpen() throws IOException {
    AccessKeys.open(folder, CLOCK).add("AAAA", SECRET);
    Path file = folder.resolve("access-keys.json");
    Files.writeString(file, Files.readString(file).replace("AAAA", "BBBB"));
    assertThatThrownBy(() -> AccessKeys.open(folder, CLOCK))
        .isInstanceOf(IOException.class)
        .hasMessage(file + " cannot be used: the secret of BBBB does not open with the master key");
  }

  @Test
  void brokenFilesAreNamedAndARunningServerKeepsItsKeys() throws IOException {
    AccessKeys running = AccessKeys.open(folder, CLOCK);
    running.add("AAAA", SECRET);
    Path file = folder.resolve("access-keys.json");
    Files.writeString(file, "{\"version\":1,\"keys\":[{\"id\"");
    assertThatThrownBy(running::refresh).hasMessageContaining(file + " cannot be used");
    assertThat(running.find("AAAA")).isNotNull();
    Files.writeString(file, "{\"version\":2,\"keys\":[]}");
    assertThatThrownBy(running::refresh).hasMessageContaining("format version 2");
    Files.delete(folder.resolve("master.key"));
    assertThatThrownBy(() -> AccessKeys.open(folder, CLOCK)).hasMessageContaining("is missing");
  }

  @Test
  void badIdsSecretsAndDuplicatesAreRefused() throws IOException {
    AccessKeys keys = AccessKeys.open(folder, CLOCK);
    keys.add("AAAA", SECRET);
    assertThatThrownBy(() -> keys.add("AAAA", SECRET))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is an access key AAAA already");
    assertThatThrownBy(() -> keys.add("a/b/c", SECRET))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> keys.add("BBBB", "")).isInstanceOf(IllegalArgumentException.class);
    assertThat(keys.list()).hasSize(1);
  }
}
