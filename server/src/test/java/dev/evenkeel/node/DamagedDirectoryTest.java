package dev.evenkeel.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedDirectoryTest {
  @TempDir private Path home;
  private final IOException damage = new IOException("log/7 at offset 9 is rotten");

  @BeforeEach
  void fill() throws IOException {
    fill("first");
  }

  private void fill(String what) throws IOException {
    for (String folder : List.of("log", "store")) {
      Files.createDirectories(home.resolve(folder));
      Files.writeString(home.resolve(folder).resolve("file"), what);
    }
    Files.writeString(home.resolve("node"), what);
    Files.writeString(home.resolve("lock"), "not the node's");
  }

  private DamagedDirectory directory() {
    return directory(3);
  }

  private DamagedDirectory directory(int nodes) {
    return new DamagedDirectory(home, nodes, _ -> {});
  }

  private void isAside(String folder, String what) {
    Path aside = home.resolve(folder);
    assertThat(aside.resolve("log").resolve("file")).hasContent(what);
    assertThat(aside.resolve("store").resolve("file")).hasContent(what);
    assertThat(aside.resolve("node")).hasContent(what);
    assertThat(home.resolve("log")).doesNotExist();
    assertThat(home.resolve("store")).doesNotExist();
    assertThat(home.resolve("node")).doesNotExist();
    assertThat(home.resolve("damaged")).doesNotExist();
    assertThat(home.resolve("lock")).exists();
  }

  @Test
  void whatIsSoundStaysWhereItIs() throws IOException {
    directory().setAside();
    assertThat(home.resolve("node")).hasContent("first");
    assertThat(directory().isMarked()).isFalse();
  }

  @Test
  void whatIsDamagedIsSetAsideAtTheNextStart() throws IOException {
    assertThat(directory().found(damage))
        .hasMessageContaining("log/7 at offset 9")
        .hasMessageContaining("at the next start")
        .hasMessageContaining("damaged-1");
    assertThat(home.resolve("node")).as("as yet").hasContent("first");
    assertThat(directory().isMarked()).isTrue();
    directory().setAside();
    isAside("damaged-1", "first");
  }

  @Test
  void whatWasFoundFirstIsWhy() throws IOException {
    directory().found(damage);
    directory().found(new IOException("something later"));
    assertThat(home.resolve("damaged")).content().contains("log/7");
  }

  @Test
  void theNextDamageGoesToAFolderOfItsOwn() throws IOException {
    directory().found(damage);
    directory().setAside();
    fill("second");
    directory().found(damage);
    directory().setAside();
    isAside("damaged-2", "second");
    assertThat(home.resolve("damaged-1").resolve("node")).hasContent("first");
  }

  /// However far it came: what is left of a node is never without its identity, and follows.
  @Test
  void goesOnWhereATryEnded() throws IOException {
    directory().found(damage);
    Path aside = Files.createDirectory(home.resolve("damaged-1"));
    Files.move(home.resolve("log"), aside.resolve("log"));
    assertThat(home.resolve("node")).exists();
    directory().setAside();
    isAside("damaged-1", "first");
  }

  @Test
  void aTryThatEndedBeforeTheMarkWasGoneLeavesNothingToDo() throws IOException {
    directory().found(damage);
    directory().setAside();
    Files.writeString(home.resolve("damaged"), "still there");
    directory().setAside();
    isAside("damaged-1", "first");
    assertThat(home.resolve("damaged-2")).doesNotExist();
  }

  @Test
  void aNodeStopsAlsoWhereTheMarkCannotBeWritten() throws IOException {
    Files.createDirectory(home.resolve("damaged.new"));
    List<String> reasons = new ArrayList<>();
    new DamagedDirectory(home, 3, reasons::add).stop(damage);
    assertThat(reasons).singleElement().asString().contains("log/7", "cannot be written down");
  }

  @Test
  void withoutPeersNothingIsSetAside() throws IOException {
    assertThat(directory(1).found(damage)).isSameAs(damage);
    assertThat(directory(1).isMarked()).isFalse();
  }
}
