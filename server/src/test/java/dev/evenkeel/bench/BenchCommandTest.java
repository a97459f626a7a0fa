package dev.evenkeel.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class BenchCommandTest {
  @Test
  void flagsBecomeOptions() {
    BenchOptions options =
        parse("-w", "d", "--rate", "2500", "--duration", "2m", "--warmup", "500ms", "--eventual")
            .options(Map.of("AWS_ACCESS_KEY_ID", "id", "AWS_SECRET_ACCESS_KEY", "secret"));
    assertThat(options.workload()).isEqualTo(Workload.D);
    assertThat(options.distribution()).isEqualTo(Distribution.LATEST);
    assertThat(options.pace().rate()).isEqualTo(2_500);
    assertThat(options.pace().duration()).isEqualTo(Duration.ofMinutes(2));
    assertThat(options.pace().warmup()).isEqualTo(Duration.ofMillis(500));
    assertThat(options.data().eventual()).isTrue();
    assertThat(options.target().credentials()).isEqualTo(new Credentials("id", "secret", null));
  }

  @Test
  void requestsAreUnsignedWithoutCredentials() {
    assertThat(parse().options(Map.of()).target().credentials()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "--workload, z, '--workload z is none of load, a, b, c, d, e, f, get, write, query, batch, transact, spread, scan'",
    "--endpoint, localhost:8000, --endpoint localhost:8000 is not like http://host:port",
    "--endpoint, http://h/path, --endpoint http://h/path is not like http://host:port",
    "--duration, soon, '--duration soon is not a time such as 500ms, 30s or 2m'",
    "--item-bytes, 20, an item with 10 fields needs at least 88 bytes (--item-bytes 20)",
    "--connections, 0, --connections must be 1 to 10000",
    "--table, a b, --table a b is not a table's name",
    "--distribution, hot, '--distribution hot is none of uniform, zipfian, latest'"
  })
  void wrongFlagsAreExplainedInALine(String flag, String value, String message) {
    BenchCommand command = parse(flag, value);
    assertThatThrownBy(() -> command.options(Map.of()))
        .isInstanceOf(CommandLine.ParameterException.class)
        .hasMessage(message);
  }

  private static BenchCommand parse(String... arguments) {
    BenchCommand command = new BenchCommand();
    new CommandLine(command).parseArgs(arguments);
    return command;
  }
}
