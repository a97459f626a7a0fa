package dev.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.auth.AccessKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramTest {
  private static final String SECRET = "0123456789abcdef";

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private FakeLauncher launcher;

  @BeforeEach
  void makeLauncher() {
    launcher = new FakeLauncher(folder);
  }

  @Test
  void helpAndVersionEndWithZero() {
    assertThat(run("--help")).isEqualTo(ExitCodes.DONE);
    assertThat(out()).contains("start", "keys", "bench").doesNotContain("rehearse");
    assertThat(run("--version")).isEqualTo(ExitCodes.DONE);
    assertThat(out()).contains("evenkeel ", "(Java 25");
    assertThat(run("start", "--help")).isEqualTo(ExitCodes.DONE);
    assertThat(out()).contains("--port", "--bind", "--data-dir", "--in-memory", "--region");
  }

  @Test
  void unknownFlagIsOneLineAndCodeTwo() {
    assertThat(run("start", "--prot", "1")).isEqualTo(ExitCodes.MISUSE);
    assertThat(err())
        .isEqualTo("evenkeel: Unknown options: '--prot', '1' (see evenkeel start --help)\n");
  }

  @Test
  void unknownCommandIsOneLineAndCodeTwo() {
    assertThat(run("strat")).isEqualTo(ExitCodes.MISUSE);
    assertThat(err()).startsWith("evenkeel: ").hasLineCount(1).contains("strat");
  }

  @Test
  void refusalIsOneLineAndCodeOne() {
    launcher.refusal = Refusal.because("port 8000 is in use");
    assertThat(run("start")).isEqualTo(ExitCodes.REFUSED);
    assertThat(err()).isEqualTo("evenkeel: port 8000 is in use\n");
  }

  @Test
  void bugShowsItsStackTraceAndIsCode70() {
    launcher.bug = new IllegalStateException("impossible");
    assertThat(run("start")).isEqualTo(ExitCodes.BUG);
    assertThat(err()).contains("this is a bug", "IllegalStateException: impossible");
  }

  @Test
  void bannerShowsEndpointDataAndALineToCopy() {
    assertThat(run("start", "--region", "eu-1", "--data-dir", "x")).isEqualTo(ExitCodes.DONE);
    assertThat(out())
        .contains(
            "endpoint   http://127.0.0.1:4711",
            "data       " + Path.of("x").toAbsolutePath(),
            "no access keys: accepts any credentials, loopback only",
            "aws dynamodb list-tables --endpoint-url http://127.0.0.1:4711 --region eu-1");
  }

  @Test
  void bannerOfNodeInMemorySaysThatNothingIsKept() {
    run("start", "--in-memory");
    assertThat(out()).contains("in memory: gone when this process ends");
  }

  @Test
  void nodeThatStopsByItselfEndsWithCodeOne() {
    launcher.failure = Optional.of("the log cannot be synced");
    assertThat(run("start")).isEqualTo(ExitCodes.REFUSED);
    assertThat(err()).isEqualTo("evenkeel: stopped: the log cannot be synced\n");
  }

  @Test
  void keysAreAddedListedAndRemoved() throws IOException {
    assertThat(run("keys", "add")).isEqualTo(ExitCodes.DONE);
    String id = launcher.accessKeys().list().getFirst().id();
    assertThat(out()).contains("AWS_ACCESS_KEY_ID=" + id, "AWS_SECRET_ACCESS_KEY=");
    assertThat(run("keys", "list")).isEqualTo(ExitCodes.DONE);
    assertThat(out()).contains(id);
    assertThat(run("keys", "remove", id)).isEqualTo(ExitCodes.DONE);
    assertThat(launcher.accessKeys().isEmpty()).isTrue();
    assertThat(run("keys", "remove", id)).isEqualTo(ExitCodes.REFUSED);
    assertThat(err()).contains("there is no access key " + id);
  }

  @Test
  void keyOfOnesChoiceIsAdded() throws IOException {
    assertThat(run("keys", "add", "--id", "builder", "--secret-env", "SECRET"))
        .isEqualTo(ExitCodes.DONE);
    assertThat(launcher.accessKeys().list()).extracting(AccessKey::secret).contains(SECRET);
    assertThat(out()).doesNotContain(SECRET);
    assertThat(run("keys", "add", "--id", "builder")).isEqualTo(ExitCodes.MISUSE);
    assertThat(run("keys", "add", "--id", "b", "--secret-env", "SECRET"))
        .isEqualTo(ExitCodes.MISUSE);
    assertThat(run("keys")).isEqualTo(ExitCodes.MISUSE);
  }

  @Test
  void anyAddressIsShownAsLoopback() throws IOException {
    InetAddress any = InetAddress.getByAddress(new byte[4]);
    assertThat(Banner.endpoint(new InetSocketAddress(any, 80))).isEqualTo("http://127.0.0.1:80");
    InetAddress six = InetAddress.ofLiteral("::1");
    assertThat(Banner.endpoint(new InetSocketAddress(six, 80)))
        .isEqualTo("http://[0:0:0:0:0:0:0:1]:80");
  }

  private int run(String... args) {
    out.reset();
    err.reset();
    Surroundings surroundings =
        new Surroundings(
            Map.of("SECRET", SECRET),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return Program.run(args, launcher, surroundings);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
