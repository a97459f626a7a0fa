package dev.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.ApiException;
import dev.evenkeel.replica.WriteOutcome;
import org.junit.jupiter.api.Test;

class WriteFailuresTest {
  @Test
  void aReplicaThatDoesNotLeadIsAnErrorThatClientsRetry() {
    ApiException error = WriteFailures.error(new WriteOutcome.NotLeader(3));
    assertThat(error.kind()).isEqualTo(ApiException.Kind.SERVICE_UNAVAILABLE);
    assertThat(error.kind().status()).isEqualTo(503);
    assertThat(error.members()).isEmpty();
  }

  @Test
  void anUnknownOutcomeIsNotTakenForAFailure() {
    ApiException error = WriteFailures.error(new WriteOutcome.Unknown("the log failed"));
    assertThat(error.kind()).isEqualTo(ApiException.Kind.INTERNAL);
    assertThat(error).hasMessageContaining("may have happened: the log failed");
  }
}
